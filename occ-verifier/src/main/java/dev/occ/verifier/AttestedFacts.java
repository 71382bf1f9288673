package dev.occ.verifier;

import com.google.errorprone.annotations.CheckReturnValue;
import dev.occ.proof.Bytes;
import dev.occ.verifier.attestation.AttestationResult.Trusted;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** What a checked attestation says about where and when a proof was made (spec 12). Immutable. */
@CheckReturnValue
public final class AttestedFacts {
  private final String format;
  private final Trusted trusted;

  AttestedFacts(String format, Trusted trusted) {
    this.format = format;
    this.trusted = trusted;
  }

  /**
   * The attestation's format.
   *
   * @return {@code aws-nitro}, or another one for which the caller pinned a root
   */
  public String format() {
    return format;
  }

  /**
   * Whether the pinned root at the chain's end is AWS's.
   *
   * @return false for a root of the caller's, a test authority for example
   */
  public boolean isAwsRoot() {
    return trusted.isAwsRoot();
  }

  /**
   * The enclave that asked for the attestation.
   *
   * @return its module id, not empty
   */
  public String moduleId() {
    return trusted.document().moduleId();
  }

  /**
   * The EC2 instance that ran the enclave.
   *
   * @return its id, if the module id has AWS's form
   */
  public Optional<String> instanceId() {
    return trusted.document().instanceId();
  }

  /**
   * When the attestation was made, by the hypervisor's clock.
   *
   * @return the document's timestamp, in milliseconds
   */
  public Instant time() {
    return trusted.document().timestamp();
  }

  /**
   * Every platform configuration register in the document.
   *
   * @return an unmodifiable map from index to value of 32, 48 or 64 bytes
   */
  public SortedMap<Integer, Bytes> pcrs() {
    return trusted.document().pcrs();
  }

  /**
   * Whether the enclave ran in debug mode, in which the parent can read its memory.
   *
   * @return true only if the policy allowed it
   */
  public boolean isDebug() {
    return trusted.document().isDebug();
  }

  /**
   * The certificate path.
   *
   * @return the pinned root first, the certificate that signed the document last
   */
  public List<X509Certificate> chain() {
    return trusted.chain();
  }
}
