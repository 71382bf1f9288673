package dev.occ.signer.nitro;

import com.google.errorprone.annotations.CheckReturnValue;
import dev.occ.signer.EnforcementTier;
import dev.occ.signer.Signer;
import dev.occ.signer.SignerException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Objects;
import java.util.Optional;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.jspecify.annotations.Nullable;

/**
 * The signer of an OCC epoch inside an AWS Nitro enclave: tier {@code measured-tee}, measurement
 * PCR0, attestations by the Nitro Secure Module (spec 6 and 12).
 *
 * <p>The Ed25519 key is made when the signer opens, from the module's and the JDK's entropy (HKDF,
 * RFC 5869; either alone keeps it secret), lives only in the enclave's memory, and is destroyed
 * when it closes. Random bytes come from the module alone. An attestation document is handed out
 * only if it holds the user data asked for and the PCR0 found at opening; its signature is for
 * verifiers to check.
 *
 * <p>Safe for use by many threads. Signing runs in parallel; the module does one call at a time.
 */
@CheckReturnValue
public final class NitroSigner implements Signer {
  /** The format of Nitro attestations in proofs (spec 12). */
  public static final String ATTESTATION_FORMAT = "aws-nitro";

  private final Nsm nsm;
  private final NsmPcr pcr0;
  private final EpochKey key;

  private NitroSigner(Nsm nsm, NsmPcr pcr0, EpochKey key) {
    this.nsm = nsm;
    this.pcr0 = pcr0;
    this.key = key;
  }

  /**
   * Opens the signer of this enclave with {@link NitroSignerOptions#defaults()}.
   *
   * @return a signer with a fresh key, which the caller must close
   * @throws SignerException as {@link #open(NitroSignerOptions)} does
   */
  public static NitroSigner open() throws SignerException {
    return open(NitroSignerOptions.defaults());
  }

  /**
   * Opens the signer of this enclave.
   *
   * @param options the device and whether a debug enclave will do
   * @return a signer with a fresh key, which the caller must close
   * @throws SignerException with {@link SignerException.Reason#UNAVAILABLE} if there is no usable
   *     NSM, {@link SignerException.Reason#UNTRUSTED_ENVIRONMENT} if the enclave is in debug mode
   *     or its PCR0 is zero or not locked, {@link SignerException.Reason#DEVICE_FAILURE} if the NSM
   *     fails; the cause is then an {@link NsmException} with the details
   */
  public static NitroSigner open(NitroSignerOptions options) throws SignerException {
    Objects.requireNonNull(options, "options");
    Nsm nsm;
    try {
      nsm = Nsm.open(options.device());
    } catch (NsmException e) {
      throw new SignerException(
          SignerException.Reason.UNAVAILABLE, "no usable NSM: " + e.getMessage(), e);
    }
    return open(nsm, options.allowDebug(), new SecureRandom());
  }

  /** Takes over the module, which is closed if opening fails. */
  static NitroSigner open(Nsm nsm, boolean allowDebug, SecureRandom platform)
      throws SignerException {
    boolean opened = false;
    try {
      NsmPcr pcr0 = EnclaveMeasurement.read(nsm, allowDebug);
      byte[] secret = EntropyMixer.secret(new NsmRandom(nsm), platform, Ed25519.SECRET_KEY_SIZE);
      NitroSigner signer = new NitroSigner(nsm, pcr0, new EpochKey(secret));
      opened = true;
      return signer;
    } catch (NsmException e) {
      throw failure(e);
    } finally {
      if (!opened) {
        nsm.close();
      }
    }
  }

  @Override
  public EnforcementTier enforcement() {
    return EnforcementTier.MEASURED_TEE;
  }

  /**
   * PCR0 as it was when the signer opened.
   *
   * @return 96 lower-case hex digits
   */
  @Override
  public String measurement() {
    return pcr0.toHex();
  }

  @Override
  public byte[] publicKey() {
    return key.publicKey();
  }

  @Override
  public byte[] sign(byte[] message) throws SignerException {
    return key.sign(Objects.requireNonNull(message, "message"));
  }

  /** {@inheritDoc} The bytes are the NSM's, 256 of them a call. */
  @Override
  public byte[] random(int length) throws SignerException {
    if (length < 1 || length > MAX_RANDOM_LENGTH) {
      throw new IllegalArgumentException(
          "length " + length + " is not between 1 and " + MAX_RANDOM_LENGTH);
    }
    try {
      return new NsmRandom(nsm).bytes(length);
    } catch (NsmException e) {
      throw failure(e);
    }
  }

  /**
   * {@inheritDoc}
   *
   * @return {@value #ATTESTATION_FORMAT}
   */
  @Override
  public Optional<String> attestationFormat() {
    return Optional.of(ATTESTATION_FORMAT);
  }

  /**
   * {@inheritDoc}
   *
   * @return a COSE_Sign1 (RFC 9052)
   * @throws SignerException also with {@link SignerException.Reason#ATTESTATION_INVALID} if the
   *     document is malformed, or does not hold the user data and PCR0
   */
  @Override
  public byte[] attest(byte[] userData) throws SignerException {
    if (userData.length < 1 || userData.length > MAX_USER_DATA_LENGTH) {
      throw new IllegalArgumentException(
          userData.length + " bytes of user data, not between 1 and " + MAX_USER_DATA_LENGTH);
    }
    // One copy is asked for and compared, whatever the caller does to its array meanwhile.
    byte[] bound = userData.clone();
    byte[] document;
    try {
      document = nsm.attestation(NsmAttestationRequest.empty().withUserData(bound));
    } catch (NsmException e) {
      throw failure(e);
    }
    requireBinding(document, bound);
    return document;
  }

  private void requireBinding(byte[] document, byte[] userData) throws SignerException {
    AttestationContent content;
    try {
      content = AttestationContent.read(document);
    } catch (CborException e) {
      throw new SignerException(
          SignerException.Reason.ATTESTATION_INVALID, "the attestation is malformed", e);
    }
    if (!holds(content.userData().orElse(null), userData)) {
      throw new SignerException(
          SignerException.Reason.ATTESTATION_INVALID,
          "the attestation does not hold the user data");
    }
    if (!holds(content.pcr0().orElse(null), pcr0.value())) {
      throw new SignerException(
          SignerException.Reason.ATTESTATION_INVALID, "the attestation does not hold this PCR0");
    }
  }

  private static boolean holds(byte @Nullable [] member, byte[] expected) {
    return member != null && MessageDigest.isEqual(member, expected);
  }

  private static SignerException failure(NsmException e) {
    SignerException.Reason reason =
        e.reason() == NsmException.Reason.CLOSED
            ? SignerException.Reason.CLOSED
            : SignerException.Reason.DEVICE_FAILURE;
    return new SignerException(reason, "the NSM failed: " + e.getMessage(), e);
  }

  /** Destroys the key and closes the NSM, after the calls under way. */
  @Override
  public void close() {
    key.destroy();
    nsm.close();
  }

  @Override
  public String toString() {
    return "NitroSigner[PCR0 " + measurement() + "]";
  }
}
