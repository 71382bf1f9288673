package dev.occ.verifier.chain;

import com.google.errorprone.annotations.CheckReturnValue;
import dev.occ.json.JsonException;
import dev.occ.proof.Attribution;
import dev.occ.proof.Bytes;
import dev.occ.proof.Counter;
import dev.occ.proof.Proof;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What a proof says that anchors its chain in Ethereum (spec 10): the hash of a block, and its
 * number.
 *
 * <p>Nobody can know a block's hash before the block, so the anchor, and whatever names it by
 * {@code prevB64} directly or through others, was made after that block. What the anchor names in
 * the same way was sealed before the anchor; when that was, the anchor does not show: it may have
 * been made long after its block. That hash and number belong together only an Ethereum node can
 * say.
 *
 * @param blockNumber the block's number, as the signer's caller states it
 * @param blockHash the block's hash, 32 bytes
 */
@CheckReturnValue
public record EthereumAnchor(Counter blockNumber, Bytes blockHash) implements AnchorReading {
  /** The attribution name of an anchor. */
  public static final String NAME = "Ethereum Anchor";

  private static final String HEX_PREFIX = "0x";
  private static final String BLOCK = "/block/";
  private static final int HASH_LENGTH = 32;

  /**
   * Checks the hash's length.
   *
   * @param blockNumber the block's number
   * @param blockHash the block's hash
   * @throws IllegalArgumentException if the hash has not 32 bytes
   */
  public EthereumAnchor {
    if (blockHash.size() != HASH_LENGTH) {
      throw new IllegalArgumentException("a block hash has 32 bytes, not " + blockHash.size());
    }
  }

  /**
   * Reads a proof as an anchor. Nothing is verified but what spec 10 asks for beyond an ordinary
   * proof.
   *
   * @param proof any proof
   * @return the anchor, or that it is none
   */
  public static AnchorReading read(Proof proof) {
    Optional<Attribution> attribution = proof.attribution();
    if (attribution.isEmpty() || !attribution.get().name().equals(Optional.of(NAME))) {
      return new AnchorReading.NotAnAnchor();
    }
    String message = attribution.get().message().orElse("");
    String title = attribution.get().title().orElse("");
    Optional<Bytes> hash = hash(message);
    if (hash.isEmpty()) {
      return new AnchorReading.Malformed(AnchorReading.Problem.MESSAGE);
    }
    int digits = title.lastIndexOf(BLOCK) + BLOCK.length();
    if (!isUrl(title) || digits < BLOCK.length() || !isDigits(title, digits)) {
      return new AnchorReading.Malformed(AnchorReading.Problem.TITLE);
    }
    Optional<Counter> number = number(title.substring(digits));
    if (number.isEmpty()) {
      return new AnchorReading.Malformed(AnchorReading.Problem.NUMBER);
    }
    EthereumAnchor anchor = new EthereumAnchor(number.get(), hash.get());
    return anchor.digest().equals(proof.artifactDigest())
        ? anchor
        : new AnchorReading.Malformed(AnchorReading.Problem.DIGEST);
  }

  /**
   * The artifact digest of the anchor's proof: SHA-256 of the hash's text.
   *
   * @return 32 bytes
   */
  public Bytes digest() {
    return Bytes.sha256(message().getBytes(StandardCharsets.UTF_8));
  }

  /**
   * The attribution of the anchor's proof.
   *
   * @param explorer a URL without a slash at its end, for instance {@code https://etherscan.io}
   * @return name, title and message as spec 10 has them
   */
  public Attribution attribution(String explorer) {
    return new Attribution(
        Optional.of(NAME), Optional.of(explorer + BLOCK + blockNumber), Optional.of(message()));
  }

  private String message() {
    return HEX_PREFIX + blockHash.toHex();
  }

  private static Optional<Bytes> hash(String message) {
    if (!message.startsWith(HEX_PREFIX)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Bytes.fromHex(message.substring(HEX_PREFIX.length())))
          .filter(hash -> hash.size() == HASH_LENGTH);
    } catch (JsonException e) {
      return Optional.empty(); // what is no hex is no hash; the caller gives the reason
    }
  }

  /** Only what a browser would take for one: no white space, nothing outside ASCII. */
  private static boolean isUrl(String title) {
    return (title.startsWith("https://") || title.startsWith("http://"))
        && title.chars().allMatch(c -> c > ' ' && c < 0x7F);
  }

  private static boolean isDigits(String title, int from) {
    return from < title.length()
        && title.substring(from).chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private static Optional<Counter> number(String digits) {
    try {
      return Optional.of(Counter.parse(digits));
    } catch (JsonException e) {
      return Optional.empty(); // digits, yet no counter: the caller gives the reason
    }
  }
}
