package dev.occ.signer.soft;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.google.errorprone.annotations.CheckReturnValue;
import dev.occ.signer.EnforcementTier;
import dev.occ.signer.Signer;
import dev.occ.signer.SignerException;
import java.security.SecureRandom;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A signer whose key is in this process's memory: for development, tests and CI, never a statement
 * about hardware. Its tier is always {@link EnforcementTier#STUB}.
 *
 * <p>Ed25519 (RFC 8032) by BouncyCastle's lightweight API, random bytes from the platform's {@link
 * SecureRandom}. With a {@link SoftAttestationAuthority} it also makes attestations, which prove
 * nothing about hardware either. Safe for use by many threads at once.
 *
 * <p>{@link #close()} waits for operations under way and overwrites the only copy of the key's seed
 * that this class keeps. What it cannot reach: BouncyCastle derives the secret scalar and nonce
 * prefix into arrays of its own for each signature and leaves them to the garbage collector, and a
 * moving collector or the swap may have left older copies of any array behind. Whoever can read
 * this process's memory can have the key.
 */
@CheckReturnValue
public final class SoftSigner implements Signer {
  /** The measurement of a signer that was not given one. */
  public static final String DEFAULT_MEASUREMENT = "soft:dev";

  private final Ed25519Key key;
  private final Entropy entropy;
  private final String measurement;
  private final @Nullable SoftEnclave enclave;

  SoftSigner(Builder builder, Entropy entropy) {
    this.measurement = builder.measurementToState();
    SoftAttestationAuthority authority = builder.authority;
    this.enclave = authority == null ? null : new SoftEnclave(authority, measurement);
    this.entropy = entropy;
    this.key = new Ed25519Key(entropy);
  }

  /**
   * Opens a signer with a fresh key, the measurement {@value #DEFAULT_MEASUREMENT} and no
   * attestation.
   *
   * @return a signer that the caller must close
   */
  public static SoftSigner open() {
    return builder().open();
  }

  /**
   * Settings for a signer to open.
   *
   * @return a builder with the defaults of {@link #open()}
   */
  public static Builder builder() {
    return new Builder();
  }

  @Override
  public EnforcementTier enforcement() {
    return EnforcementTier.STUB;
  }

  @Override
  public String measurement() {
    return measurement;
  }

  @Override
  public byte[] publicKey() {
    return key.publicKey();
  }

  @Override
  public byte[] sign(byte[] message) throws SignerException {
    Objects.requireNonNull(message, "message");
    return key.sign(message);
  }

  @Override
  public byte[] random(int length) throws SignerException {
    if (length < 1 || length > MAX_RANDOM_LENGTH) {
      throw new IllegalArgumentException(
          "length must be 1 to " + MAX_RANDOM_LENGTH + ", not " + length);
    }
    return key.whileOpen(
        () -> {
          byte[] random = new byte[length];
          entropy.fill(random);
          return random;
        });
  }

  @Override
  public Optional<String> attestationFormat() {
    return enclave == null ? Optional.empty() : Optional.of(SoftAttestationAuthority.FORMAT);
  }

  @Override
  public byte[] attest(byte[] userData) throws SignerException {
    Objects.requireNonNull(userData, "userData");
    if (userData.length < 1 || userData.length > MAX_USER_DATA_LENGTH) {
      throw new IllegalArgumentException(
          "user data has 1 to " + MAX_USER_DATA_LENGTH + " bytes, not " + userData.length);
    }
    SoftEnclave attesting = enclave;
    if (attesting == null) {
      return Signer.super.attest(userData);
    }
    return key.whileOpen(() -> attesting.attest(userData));
  }

  @Override
  public void close() {
    key.destroy();
  }

  /** Names the kind of signer only; neither key nor state. */
  @Override
  public String toString() {
    return "SoftSigner";
  }

  /** Settings for a {@link SoftSigner}. Not safe for use by many threads at once. */
  public static final class Builder {
    private @Nullable String measurement;
    private @Nullable SoftAttestationAuthority authority;

    private Builder() {}

    /**
     * What the signer states as its measurement, {@value SoftSigner#DEFAULT_MEASUREMENT} if not
     * set. With an authority it is PCR0 of the documents: 96 lower-case hex digits.
     *
     * @param measurement 1 to 256 characters of well-formed Unicode
     * @return this builder
     * @throws IllegalArgumentException for other text
     */
    @CanIgnoreReturnValue
    public Builder measurement(String measurement) {
      this.measurement = Measurements.requireValid(measurement);
      return this;
    }

    /**
     * Lets an authority attest what the signer signs. The measurement, if none is set, is then
     * {@link SoftAttestationAuthority#measurementOf} of {@value SoftSigner#DEFAULT_MEASUREMENT}.
     * The tier remains {@link EnforcementTier#STUB}.
     *
     * @param authority the authority, which several signers may share
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder attestedBy(SoftAttestationAuthority authority) {
      this.authority = Objects.requireNonNull(authority, "authority");
      return this;
    }

    /**
     * Makes the key.
     *
     * @return a signer that the caller must close
     * @throws IllegalArgumentException if there is an authority and the measurement is not 96
     *     lower-case hex digits
     */
    public SoftSigner open() {
      SecureRandom random = new SecureRandom();
      return new SoftSigner(this, random::nextBytes);
    }

    private String measurementToState() {
      if (authority == null) {
        return measurement == null ? DEFAULT_MEASUREMENT : measurement;
      }
      return measurement == null
          ? SoftAttestationAuthority.measurementOf(DEFAULT_MEASUREMENT)
          : Measurements.requirePcr(measurement);
    }
  }
}
