package dev.occ.verifier;

import com.google.errorprone.annotations.CheckReturnValue;
import dev.occ.json.JsonObject;
import dev.occ.proof.Bytes;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** What a checked attestation says about where and when a proof was made (spec 12). Immutable. */
@CheckReturnValue
public final class AttestedFacts {
  private final String format;
  private final Instant time;
  private final Platform platform;
  private final SortedMap<Integer, Bytes> pcrs;
  private final List<X509Certificate> chain;

  /**
   * Facts that a report verifier has established.
   *
   * @param format as the proof names it
   * @param time when the attestation was made
   * @param platform where
   * @param pcrs unmodifiable
   * @param chain the pinned root first
   */
  AttestedFacts(
      String format,
      Instant time,
      Platform platform,
      SortedMap<Integer, Bytes> pcrs,
      List<X509Certificate> chain) {
    this.format = format;
    this.time = time;
    this.platform = platform;
    this.pcrs = pcrs;
    this.chain = List.copyOf(chain);
  }

  /** Where the attested code runs, and under whose root that is known. */
  record Platform(
      String moduleId, @Nullable String instanceId, boolean isAwsRoot, boolean isDebug) {}

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
    return platform.isAwsRoot();
  }

  /**
   * The enclave that asked for the attestation.
   *
   * @return its module id, not empty
   */
  public String moduleId() {
    return platform.moduleId();
  }

  /**
   * The EC2 instance that ran the enclave.
   *
   * @return its id, if the module id has AWS's form
   */
  public Optional<String> instanceId() {
    return Optional.ofNullable(platform.instanceId());
  }

  /**
   * When the attestation was made, by the hypervisor's clock.
   *
   * @return the document's timestamp, in milliseconds
   */
  public Instant time() {
    return time;
  }

  /**
   * Every platform configuration register in the document.
   *
   * @return an unmodifiable map from index to value of 32, 48 or 64 bytes
   */
  public SortedMap<Integer, Bytes> pcrs() {
    return pcrs;
  }

  /**
   * Whether the enclave ran in debug mode, in which the parent can read its memory.
   *
   * @return true only if the policy allowed it
   */
  public boolean isDebug() {
    return platform.isDebug();
  }

  /**
   * The certificate path.
   *
   * @return the pinned root first, the certificate that signed the document last
   */
  public List<X509Certificate> chain() {
    return chain;
  }

  /**
   * The facts for programs.
   *
   * @return an object; registers and fingerprints of certificates in lower-case hex
   */
  public JsonObject toJson() {
    return AttestedFactsJson.of(this);
  }
}
