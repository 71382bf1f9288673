package dev.occ.verifier.crypto;

import com.google.errorprone.annotations.CheckReturnValue;
import dev.occ.proof.Bytes;
import java.security.Provider;
import java.util.Objects;
import java.util.Optional;

/**
 * Who computes the signature checks of a verification. It decides how long one takes, never how it
 * ends: what is an acceptable key and a well-formed signature is checked in front of every
 * provider, and of another one than BouncyCastle only a yes counts; when it says no or fails,
 * BouncyCastle decides.
 *
 * <p>Immutable and thread-safe. Nothing is registered with {@link java.security.Security}, and
 * nothing is logged.
 */
@CheckReturnValue
public final class CryptoProvider {
  private static final String BOUNCY_CASTLE = "BouncyCastle";

  private final Optional<Provider> preferred;
  private final Optional<String> fallbackReason;

  private CryptoProvider(Optional<Provider> preferred, Optional<String> fallbackReason) {
    this.preferred = preferred;
    this.fallbackReason = fallbackReason;
  }

  /**
   * Amazon Corretto Crypto Provider, if the application has it on its path, its native code loads
   * and it passes the self-test; else BouncyCastle. Looked for once in the life of this class.
   *
   * @return the same object each time
   */
  public static CryptoProvider automatic() {
    return Automatic.CHOICE;
  }

  /**
   * BouncyCastle's lightweight API: pure Java, always there.
   *
   * @return a provider that tries no other
   */
  public static CryptoProvider bouncyCastle() {
    return new CryptoProvider(Optional.empty(), Optional.empty());
  }

  /**
   * A provider of the application's choice, if it passes the self-test; else BouncyCastle. It needs
   * the signatures {@code Ed25519} and {@code SHA384withECDSAinP1363Format}, and a key factory
   * {@code EC}; it need not be registered.
   *
   * @param provider whom to ask first; trusted to say yes to good signatures only
   * @return the provider, or BouncyCastle with a {@link #fallbackReason()}
   */
  public static CryptoProvider preferring(Provider provider) {
    Objects.requireNonNull(provider, "provider");
    return SelfTest.failure(provider)
        .map(failure -> instead(provider.getName() + " " + failure))
        .orElseGet(() -> new CryptoProvider(Optional.of(provider), Optional.empty()));
  }

  static CryptoProvider instead(String fallbackReason) {
    return new CryptoProvider(Optional.empty(), Optional.of(fallbackReason));
  }

  /**
   * Who is asked first.
   *
   * @return {@code BouncyCastle}, or the other provider's name
   */
  public String name() {
    return preferred.map(Provider::getName).orElse(BOUNCY_CASTLE);
  }

  /**
   * Why BouncyCastle stands in for a provider that was preferred.
   *
   * @return a text for people; empty if it was taken, or none was looked for
   */
  public Optional<String> fallbackReason() {
    return fallbackReason;
  }

  /**
   * An Ed25519 public key for checking signatures.
   *
   * @param encoded a point as RFC 8032 section 5.1.2 encodes it, 32 bytes
   * @return the key; empty if the bytes are not the canonical encoding of a point, or the point is
   *     of small order
   */
  public Optional<Ed25519Key> ed25519Key(Bytes encoded) {
    return Ed25519Key.of(encoded, preferred);
  }

  /**
   * A P-384 public key for checking ES384 signatures.
   *
   * @param point an uncompressed point (SEC 1 section 2.3.3), 97 bytes: 4, x, y
   * @return the key; empty if the bytes have another form, or the point is not on the curve
   */
  public Optional<Es384Key> es384Key(Bytes point) {
    return Es384Key.of(point, preferred);
  }

  /** The name, and the reason if there is one. */
  @Override
  public String toString() {
    return name() + fallbackReason.map(reason -> " (" + reason + ")").orElse("");
  }

  /** Made when first asked for. */
  private static final class Automatic {
    static final CryptoProvider CHOICE = CorrettoFinder.find();
  }
}
