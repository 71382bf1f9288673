package dev.occ.verifier.crypto;

import com.google.errorprone.annotations.CheckReturnValue;
import dev.occ.agency.Es256Verifier;
import dev.occ.proof.Bytes;
import java.security.Provider;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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

  private final @Nullable Provider preferred;
  private final @Nullable String fallbackReason;

  private CryptoProvider(@Nullable Provider preferred, @Nullable String fallbackReason) {
    this.preferred = preferred;
    this.fallbackReason = fallbackReason;
  }

  /**
   * Amazon Corretto Crypto Provider, if the application has it on its path, its native code loads
   * and it passes the self-test; else BouncyCastle. Looked for once in the life of this class.
   *
   * @return the same object each time
   * @throws UnusableCryptoException if the BouncyCastle on the path cannot be used
   */
  public static CryptoProvider automatic() {
    BouncyCastleCheck.requireUsable();
    return Automatic.CHOICE;
  }

  /**
   * BouncyCastle's lightweight API: pure Java, always there.
   *
   * @return a provider that tries no other
   * @throws UnusableCryptoException if the BouncyCastle on the path cannot be used
   */
  public static CryptoProvider bouncyCastle() {
    BouncyCastleCheck.requireUsable();
    return new CryptoProvider(null, null);
  }

  /**
   * A provider of the application's choice, if it passes the self-test; else BouncyCastle. It needs
   * the signatures {@code Ed25519} and {@code SHA384withECDSAinP1363Format}, and a key factory
   * {@code EC}; it need not be registered.
   *
   * @param provider whom to ask first; trusted to say yes to good signatures only
   * @return the provider, or BouncyCastle with a {@link #fallbackReason()}
   * @throws UnusableCryptoException if the BouncyCastle on the path cannot be used
   */
  public static CryptoProvider preferring(Provider provider) {
    Objects.requireNonNull(provider, "provider");
    BouncyCastleCheck.requireUsable();
    return KnownAnswers.failure(provider)
        .map(failure -> instead(provider.getName() + " " + failure))
        .orElseGet(() -> new CryptoProvider(provider, null));
  }

  static CryptoProvider instead(String fallbackReason) {
    return new CryptoProvider(null, fallbackReason);
  }

  /**
   * Who is asked first.
   *
   * @return {@code BouncyCastle}, or the other provider's name
   */
  public String name() {
    return preferred == null ? BOUNCY_CASTLE : preferred.getName();
  }

  /**
   * Why BouncyCastle stands in for a provider that was preferred.
   *
   * @return a text for people; empty if it was taken, or none was looked for
   */
  public Optional<String> fallbackReason() {
    return Optional.ofNullable(fallbackReason);
  }

  /**
   * An Ed25519 public key for checking signatures.
   *
   * @param encoded a point as RFC 8032 section 5.1.2 encodes it, 32 bytes
   * @return the key; empty if the bytes are not the canonical encoding of a point, or the point is
   *     of small order
   */
  public Optional<Ed25519PublicKey> ed25519Key(Bytes encoded) {
    return Ed25519PublicKey.of(encoded, preferred);
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

  /**
   * Signature checks on P-256, for the authorizations of actors (spec 9). BouncyCastle computes
   * them, whichever provider is preferred, so the runtime needs no elliptic curves of its own.
   *
   * @return a thread-safe check
   */
  public Es256Verifier es256() {
    return new BouncyCastleEs256();
  }

  /** The name, and the reason if there is one. */
  @Override
  public String toString() {
    return name() + fallbackReason().map(reason -> " (" + reason + ")").orElse("");
  }

  /** Made when first asked for. */
  private static final class Automatic {
    static final CryptoProvider CHOICE = CorrettoFinder.find();
  }
}
