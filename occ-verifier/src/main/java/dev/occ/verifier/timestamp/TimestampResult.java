package dev.occ.verifier.timestamp;

import com.google.errorprone.annotations.CheckReturnValue;
import dev.occ.proof.Bytes;
import java.math.BigInteger;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a {@link TimestampVerifier} found: {@link Stamped} or {@link Rejected}, nothing else.
 * Immutable and thread-safe.
 */
@CheckReturnValue
public sealed interface TimestampResult {

  /**
   * The stamp, for those who prefer exceptions.
   *
   * @return what was established
   * @throws TimestampException with the reason when it was refused
   */
  Stamped orElseThrow() throws TimestampException;

  /**
   * A genuine timestamp: an authority under a pinned root signed that it had seen the digest at
   * this time. Only a verifier makes these.
   */
  @CheckReturnValue
  final class Stamped implements TimestampResult {
    private final TstInfo info;
    private final List<X509Certificate> chain;

    Stamped(TstInfo info, List<X509Certificate> chain) {
      this.info = info;
      this.chain = List.copyOf(chain);
    }

    /**
     * When the authority made the token. The digest existed at this time, give or take {@link
     * #accuracy()}; since when is not known.
     *
     * @return the token's {@code genTime}
     */
    public Instant time() {
      return info.time();
    }

    /**
     * How far the authority's clock may have been off, either way.
     *
     * @return absent if the token does not say
     */
    public Optional<Duration> accuracy() {
      return Optional.ofNullable(info.accuracy());
    }

    /**
     * Who made the token, by the certificate that signed it.
     *
     * @return its common name, or its whole subject (RFC 2253) if it has none; what a CA vouches
     *     for, not necessarily printable
     */
    public String authority() {
      return CertificateNames.commonName(chain.get(chain.size() - 1));
    }

    /**
     * The digest that was stamped.
     *
     * @return 32, 48 or 64 bytes, by {@link #digestAlgorithm()}
     */
    public Bytes digest() {
      return info.imprint();
    }

    /**
     * What the digest was made with.
     *
     * @return {@code SHA-256}, {@code SHA-384} or {@code SHA-512}
     */
    public String digestAlgorithm() {
      return info.hash().label();
    }

    /**
     * The token's number, unique for its authority.
     *
     * @return any integer
     */
    public BigInteger serialNumber() {
      return info.serialNumber();
    }

    /**
     * The policy under which the authority made it.
     *
     * @return an object identifier in dotted form
     */
    public String policy() {
      return info.policy();
    }

    /**
     * The number that the request had.
     *
     * @return absent if the request had none
     */
    public Optional<BigInteger> nonce() {
      return Optional.ofNullable(info.nonce());
    }

    /**
     * The certificates of the path.
     *
     * @return the pinned root first, the certificate that signed the token last; unmodifiable
     */
    public List<X509Certificate> chain() {
      return chain;
    }

    @Override
    public Stamped orElseThrow() {
      return this;
    }

    @Override
    public String toString() {
      return "Stamped[" + info.time() + " by " + authority() + "]";
    }
  }

  /**
   * The timestamp shows nothing.
   *
   * @param reason the first rule that is broken
   * @param text a text for people; never to be parsed
   */
  @CheckReturnValue
  record Rejected(TimestampRejection reason, String text) implements TimestampResult {
    /**
     * A refusal.
     *
     * @param reason the first rule that is broken
     * @param text a text for people
     */
    public Rejected {
      Objects.requireNonNull(reason, "reason");
      Objects.requireNonNull(text, "text");
    }

    static Rejected of(TimestampException refusal) {
      return new Rejected(refusal.reason(), Objects.toString(refusal.getMessage()));
    }

    @Override
    public Stamped orElseThrow() throws TimestampException {
      throw new TimestampException(reason, text);
    }
  }
}
