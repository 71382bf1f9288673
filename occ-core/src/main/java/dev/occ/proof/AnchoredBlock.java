package dev.occ.proof;

import com.google.errorprone.annotations.CheckReturnValue;
import dev.occ.json.JsonException;
import dev.occ.json.JsonNumber;
import dev.occ.json.JsonObject;
import dev.occ.json.JsonView;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The Ethereum block that an anchor names (spec 10).
 *
 * @param number the block's number, 1 to 2^53-1
 * @param hash the block's hash, 32 bytes
 */
@CheckReturnValue
public record AnchoredBlock(long number, Bytes hash) {
  /** The attribution name of an anchor, which an epoch reserves for authenticated ones. */
  public static final String ATTRIBUTION_NAME = "Ethereum Anchor";

  private static final String NUMBER = "blockNumber";
  private static final String HASH = "blockHash";
  private static final String TITLE_END = "/block/";

  /**
   * Checks number and hash.
   *
   * @param number the block's number
   * @param hash the block's hash
   * @throws IllegalArgumentException if the number is out of range or the hash has not 32 bytes
   */
  public AnchoredBlock {
    if (number < 1 || number > JsonNumber.MAX_EXACT_INTEGER) {
      throw new IllegalArgumentException("a block number is 1 to 2^53-1, not " + number);
    }
    BlockHash.require(hash);
  }

  /**
   * Reads the members {@code blockNumber} and {@code blockHash}.
   *
   * @param view an object that has them; others are ignored
   * @return the block
   * @throws JsonException if one is missing or malformed
   */
  public static AnchoredBlock read(JsonView view) throws JsonException {
    return new AnchoredBlock(number(view), view.text(HASH, BlockHash::parse));
  }

  static long number(JsonView view) throws JsonException {
    return view.optionalInteger(NUMBER, 1, JsonNumber.MAX_EXACT_INTEGER)
        .orElseThrow(() -> view.problem(NUMBER, JsonException.Reason.MISSING_MEMBER, "is missing"));
  }

  /**
   * The hash as an anchor and its claim write it.
   *
   * @return {@code 0x} and 64 lower-case hex digits
   */
  public String hashText() {
    return BlockHash.text(hash);
  }

  /**
   * The artifact digest of the anchor's proof.
   *
   * @return SHA-256 of {@link #hashText()}, 32 bytes
   */
  public Bytes digest() {
    return Bytes.sha256(hashText().getBytes(StandardCharsets.UTF_8));
  }

  /**
   * The attribution of the anchor's proof.
   *
   * @param explorer a URL without a slash at its end, for instance {@code https://etherscan.io}
   * @return name, title and message as spec 10 has them
   */
  public Attribution attribution(String explorer) {
    return new Attribution(
        Optional.of(ATTRIBUTION_NAME),
        Optional.of(explorer + TITLE_END + number),
        Optional.of(hashText()));
  }

  /**
   * Whether an attribution is that of an anchor on this block: a reader of the attribution alone
   * finds the same number and the same hash.
   *
   * @param attribution of a proof, or of a request for one
   * @return true if name, title and message are as {@link #attribution} has them, whatever the
   *     explorer
   */
  public boolean isNamedBy(Attribution attribution) {
    return attribution.name().equals(Optional.of(ATTRIBUTION_NAME))
        && attribution.message().equals(Optional.of(hashText()))
        && attribution.title().filter(this::isTitle).isPresent();
  }

  private boolean isTitle(String title) {
    return (title.startsWith("https://") || title.startsWith("http://"))
        && title.endsWith(TITLE_END + number)
        && title.chars().allMatch(c -> c > ' ' && c < 0x7F);
  }

  /**
   * The block as {@code commit.anchor} has it.
   *
   * @return an object that {@link #read} reads
   */
  public JsonObject toJson() {
    return JsonObject.builder().put(NUMBER, JsonNumber.of(number)).put(HASH, hashText()).build();
  }
}
