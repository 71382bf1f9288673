package dev.occ.verifier.attestation;

import static dev.occ.verifier.attestation.AttestationRejection.DOCUMENT_TOO_LARGE;
import static dev.occ.verifier.attestation.AttestationRejection.SIGNATURE_LENGTH;

import com.google.errorprone.annotations.CheckReturnValue;
import dev.occ.proof.Bytes;
import dev.occ.verifier.crypto.Es384Key;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An AWS Nitro attestation document, decoded and nothing more: what it says is <em>not</em> to be
 * believed before an {@link AttestationVerifier} has answered {@link AttestationResult.Trusted}.
 *
 * <p>Immutable and thread-safe. The format is a COSE_Sign1 (RFC 9052) over a CBOR map (RFC 8949);
 * the rules are those of the specification's section 12, after AWS's attestation process.
 */
@CheckReturnValue
public final class NitroAttestation {
  /**
   * The longest document that is read, in bytes. The Nitro Security Module makes 12 KiB at most.
   */
  public static final int MAX_DOCUMENT_LENGTH = 32 * 1024;

  /** The most certificates in {@code cabundle}, the root included. AWS's documents have four. */
  public static final int MAX_CABUNDLE_ENTRIES = 8;

  private static final Pattern MODULE_ID = Pattern.compile("(i-[0-9a-f]{1,32})-enc[0-9a-f]{1,32}");

  private final CoseSign1 cose;
  private final NitroPayload payload;

  private NitroAttestation(CoseSign1 cose, NitroPayload payload) {
    this.cose = cose;
    this.payload = payload;
  }

  /**
   * Decodes a document, checking its form: CBOR, COSE headers, lengths, and AWS's rules for each
   * field. No certificate is looked into and no signature is checked.
   *
   * @param document the bytes of a COSE_Sign1, with tag 18 or without; at most {@link
   *     #MAX_DOCUMENT_LENGTH}
   * @return the document
   * @throws AttestationException with the rule that is broken, for any other bytes
   */
  public static NitroAttestation decode(byte[] document) throws AttestationException {
    return decode(document, false);
  }

  /**
   * Decodes a document as {@link #decode(byte[])} does, and takes that of a NitroTPM too ({@code
   * nitrotpm_pcrs}). {@link #isNitroTpm()} tells them; no proof may rest on one.
   *
   * @param document the bytes of a COSE_Sign1, with tag 18 or without; at most {@link
   *     #MAX_DOCUMENT_LENGTH}
   * @return the document
   * @throws AttestationException with the rule that is broken, for any other bytes
   */
  public static NitroAttestation decodeWithNitroTpm(byte[] document) throws AttestationException {
    return decode(document, true);
  }

  private static NitroAttestation decode(byte[] document, boolean nitroTpmAllowed)
      throws AttestationException {
    if (document.length > MAX_DOCUMENT_LENGTH) {
      throw new AttestationException(
          DOCUMENT_TOO_LARGE, "the document has more than " + MAX_DOCUMENT_LENGTH + " bytes");
    }
    CoseSign1 cose = CoseSign1.read(document);
    NitroPayload payload = NitroPayload.read(cose.payload(), nitroTpmAllowed);
    CoseHeaders.check(cose);
    if (cose.signature().size() != Es384Key.SIGNATURE_LENGTH) {
      throw new AttestationException(
          SIGNATURE_LENGTH, "the signature has " + cose.signature().size() + " bytes, not 96");
    }
    return new NitroAttestation(cose, payload);
  }

  /**
   * The Nitro Security Module's name for the enclave: {@code module_id}.
   *
   * @return non-empty text, as {@code i-0650273423ff67567-enc019d11662832e8ff}
   */
  public String moduleId() {
    return payload.moduleId();
  }

  /**
   * The EC2 instance that runs the enclave, taken from {@link #moduleId()}.
   *
   * @return the instance id, as {@code i-0650273423ff67567}; empty when the module id is not of the
   *     form {@code i-<hex>-enc<hex>}
   */
  public Optional<String> instanceId() {
    Matcher matcher = MODULE_ID.matcher(payload.moduleId());
    return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  /**
   * When the hypervisor made the document.
   *
   * @return a time after 1970, in milliseconds
   */
  public Instant timestamp() {
    return payload.timestamp();
  }

  /**
   * The platform configuration registers by index.
   *
   * @return an unmodifiable map of 1 to 32 entries, indexes 0 to 31, values of 32, 48 or 64 bytes
   */
  public SortedMap<Integer, Bytes> pcrs() {
    return payload.pcrs();
  }

  /**
   * One platform configuration register.
   *
   * @param index which one; 0 is the measurement of the enclave image
   * @return 32, 48 or 64 bytes; empty when the document does not have it
   */
  public Optional<Bytes> pcr(int index) {
    return Optional.ofNullable(payload.pcrs().get(index));
  }

  /**
   * The certificate whose key signed the document.
   *
   * @return 1 to 1024 bytes, meant to be DER
   */
  public Bytes certificate() {
    return payload.certificate();
  }

  /**
   * The certificates that lead to {@link #certificate()}, the root first.
   *
   * @return 1 to {@link #MAX_CABUNDLE_ENTRIES} certificates of 1 to 1024 bytes, meant to be DER
   */
  public List<Bytes> caBundle() {
    return payload.caBundle();
  }

  /**
   * The public key that the enclave put into the document.
   *
   * @return at most 1024 bytes; empty when the field is absent or null
   */
  public Optional<Bytes> publicKey() {
    return Optional.ofNullable(payload.publicKey());
  }

  /**
   * What the enclave had attested: for a proof, the hash of its signed body.
   *
   * @return at most 1024 bytes; empty when the field is absent or null
   */
  public Optional<Bytes> userData() {
    return Optional.ofNullable(payload.userData());
  }

  /**
   * The challenge that the enclave put into the document.
   *
   * @return at most 1024 bytes; empty when the field is absent or null
   */
  public Optional<Bytes> nonce() {
    return Optional.ofNullable(payload.nonce());
  }

  /**
   * Whether the enclave ran in debug mode, where its memory and console are open to its owner: the
   * hypervisor then reports zero for PCR0, 1 and 2.
   *
   * @return true when each of the three is zero or absent: an enclave without any of them is not
   *     measured either; false for a NitroTPM, which has no such mode
   */
  public boolean isDebug() {
    return !isNitroTpm() && isZero(0) && isZero(1) && isZero(2);
  }

  /**
   * Whether a NitroTPM of an EC2 instance made the document, and not an enclave's security module.
   *
   * @return true when the registers stand in {@code nitrotpm_pcrs}
   */
  public boolean isNitroTpm() {
    return payload.nitroTpm();
  }

  private boolean isZero(int index) {
    return pcr(index).map(Bytes::isAllZero).orElse(true);
  }

  /** The bytes that {@link #signature()} covers (RFC 9052 section 4.4). */
  byte[] toBeSigned() {
    return cose.toBeSigned();
  }

  /** The signature, r and s of 48 bytes each. */
  byte[] signature() {
    return cose.signature().toByteArray();
  }
}
