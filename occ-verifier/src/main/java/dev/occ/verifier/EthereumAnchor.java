package dev.occ.verifier;

import com.google.errorprone.annotations.CheckReturnValue;
import dev.occ.json.JsonBoolean;
import dev.occ.json.JsonException;
import dev.occ.json.JsonNumber;
import dev.occ.json.JsonObject;
import dev.occ.proof.AnchoredBlock;
import dev.occ.proof.Attribution;
import dev.occ.proof.Bytes;
import dev.occ.proof.Counter;
import dev.occ.proof.Proof;
import java.util.Objects;
import java.util.Optional;

/**
 * A proof that anchors its chain in Ethereum (spec 10): it names a block by hash and number.
 *
 * <p>Nobody can know a block's hash before the block. The anchor, and whatever names it by {@code
 * prevB64} directly or through others, was therefore made after that block. What the anchor names
 * in the same way was sealed before the anchor. The time of the sealing does not follow: an anchor
 * may be made long after its block. Only an Ethereum node can say whether hash and number belong
 * together.
 *
 * <p>An authenticated anchor stands in {@code commit.anchor}, which an enclave writes only for a
 * claim signed with the anchor key of its measured configuration. Every other anchor is an
 * attribution, which anyone may write who may commit.
 *
 * @param block the block
 * @param authenticated whether {@code commit.anchor} names the block
 */
@CheckReturnValue
public record EthereumAnchor(AnchoredBlock block, boolean authenticated) implements AnchorReading {
  private static final String HEX_PREFIX = "0x";
  private static final String BLOCK = "/block/";
  private static final int HASH_LENGTH = 32;

  /**
   * Checks that there is a block.
   *
   * @param block the block
   * @param authenticated whether {@code commit.anchor} names the block
   */
  public EthereumAnchor {
    Objects.requireNonNull(block, "block");
  }

  /**
   * Reads a proof as an anchor. Only what spec 10 requires of an anchor is checked; the proof
   * itself is not verified.
   *
   * @param proof any proof
   * @return the anchor, or that the proof is none
   */
  public static AnchorReading read(Proof proof) {
    Optional<Attribution> attribution = proof.attribution().filter(EthereumAnchor::isOfAnAnchor);
    Optional<AnchoredBlock> signed = proof.commit().anchor();
    if (signed.isPresent()) {
      return attribution.filter(named -> !signed.get().isNamedBy(named)).isPresent()
          ? new Malformed(Reason.ATTRIBUTION)
          : anchor(proof, signed.get(), true);
    }
    return attribution.isPresent() ? claimed(proof, attribution.get()) : new NotAnAnchor();
  }

  private static boolean isOfAnAnchor(Attribution attribution) {
    return attribution.name().equals(Optional.of(AnchoredBlock.ATTRIBUTION_NAME));
  }

  private static AnchorReading anchor(Proof proof, AnchoredBlock block, boolean authenticated) {
    return block.digest().equals(proof.artifactDigest())
        ? new EthereumAnchor(block, authenticated)
        : new Malformed(Reason.DIGEST);
  }

  private static AnchorReading claimed(Proof proof, Attribution attribution) {
    String title = attribution.title().orElse("");
    Optional<Bytes> hash = hash(attribution.message().orElse(""));
    if (hash.isEmpty()) {
      return new Malformed(Reason.MESSAGE);
    }
    int digits = title.lastIndexOf(BLOCK) + BLOCK.length();
    if (!isUrl(title) || digits < BLOCK.length() || !isDigits(title, digits)) {
      return new Malformed(Reason.TITLE);
    }
    Optional<Counter> number = number(title.substring(digits));
    return number.isEmpty()
        ? new Malformed(Reason.NUMBER)
        : anchor(proof, new AnchoredBlock(number.get().bits(), hash.get()), false);
  }

  /**
   * The block's number.
   *
   * @return 1 to 2^53-1
   */
  public Counter blockNumber() {
    return Counter.of(block.number());
  }

  /**
   * The block's hash.
   *
   * @return 32 bytes
   */
  public Bytes blockHash() {
    return block.hash();
  }

  /**
   * What a valid proof shows by this anchor, for people.
   *
   * @return a sentence without its full stop
   */
  public String shows() {
    String after =
        "made after Ethereum block "
            + block.number()
            + ", if Ethereum has that block: only a node can say";
    return authenticated
        ? after + "; the signer checked a claim of its anchor key for this block"
        : after + "; written by whoever committed, nothing shows who anchored";
  }

  /** The anchor as it stands in results for programs. */
  JsonObject toJson() {
    return JsonObject.builder()
        .put("authenticated", JsonBoolean.of(authenticated))
        .put("blockNumber", blockNumber().toString())
        .put("blockHash", block.hashText())
        .put("shows", shows())
        .build();
  }

  private static Optional<Bytes> hash(String message) {
    if (!message.startsWith(HEX_PREFIX)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Bytes.fromHex(message.substring(HEX_PREFIX.length())))
          .filter(hash -> hash.size() == HASH_LENGTH);
    } catch (JsonException e) {
      return Optional.empty(); // the caller gives the reason
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
      return Optional.of(Counter.parse(digits))
          .filter(number -> !number.equals(Counter.ZERO))
          .filter(number -> number.compareTo(Counter.of(JsonNumber.MAX_EXACT_INTEGER)) <= 0);
    } catch (JsonException e) {
      return Optional.empty(); // the caller gives the reason
    }
  }
}
