package dev.occ.proof;

import com.google.errorprone.annotations.CheckReturnValue;
import dev.occ.json.JsonException;
import dev.occ.json.JsonNumber;
import dev.occ.json.JsonObject;
import dev.occ.json.JsonView;

/**
 * A block of Base that was given when a slot was made (spec 10): {@code commit.slotFloor}. Number,
 * hash and time come from the block's header. Whether the block is one of Base only a node can say.
 *
 * @param number the block's number, 1 to {@value #MAX_NUMBER}
 * @param hash the block's hash, 32 bytes
 */
@CheckReturnValue
public record BaseFloor(long number, Bytes hash) implements Floor {
  /** How {@code key} answers where an enclave takes such floors (spec 13). */
  public static final String CHAIN = "base";

  /** Base's EVM chain id. */
  public static final long EVM_CHAIN_ID = 8453;

  /** The time that block 0 would have by the schedule, in seconds since 1970. */
  public static final long GENESIS_TIME = 1_686_789_347;

  /** Seconds from one block to the next. */
  public static final long BLOCK_SECONDS = 2;

  /** The last number whose time an exact integer of JSON can hold. */
  public static final long MAX_NUMBER =
      (JsonNumber.MAX_EXACT_INTEGER - GENESIS_TIME) / BLOCK_SECONDS;

  static final String IN_COMMIT = "slotFloor";
  static final String IN_ANSWER = "floor";
  private static final String EVM_ID = "evmChainId";
  private static final String TIMESTAMP = "blockTimestamp";

  /**
   * Checks number and hash.
   *
   * @param number the block's number
   * @param hash the block's hash
   * @throws IllegalArgumentException if the number is out of range or the hash has not 32 bytes
   */
  public BaseFloor {
    if (number < 1 || number > MAX_NUMBER) {
      throw new IllegalArgumentException("a block of Base is numbered from 1, not " + number);
    }
    BlockHash.require(hash);
  }

  /**
   * Reads a slot's floor.
   *
   * @param view the object; members that spec 10 does not name are ignored
   * @return its typed form
   * @throws JsonException if a member is missing or malformed, the chain is not Base, or the time
   *     is off Base's schedule
   */
  public static BaseFloor read(JsonView view) throws JsonException {
    if (!view.text("chain").equals(CHAIN)) {
      throw view.problem("chain", JsonException.Reason.INVALID_VALUE, "is not \"base\"");
    }
    requireExactly(view, EVM_ID, EVM_CHAIN_ID);
    AnchoredBlock block = AnchoredBlock.read(view);
    if (block.number() > MAX_NUMBER) {
      throw view.problem(
          "blockNumber", JsonException.Reason.NUMBER_OUT_OF_RANGE, "is more than " + MAX_NUMBER);
    }
    requireExactly(view, TIMESTAMP, timestamp(block.number()));
    return new BaseFloor(block.number(), block.hash());
  }

  private static void requireExactly(JsonView view, String name, long expected)
      throws JsonException {
    long actual =
        view.optionalInteger(name, 0, JsonNumber.MAX_EXACT_INTEGER)
            .orElseThrow(
                () -> view.problem(name, JsonException.Reason.MISSING_MEMBER, "is missing"));
    if (actual != expected) {
      throw view.problem(name, JsonException.Reason.INVALID_VALUE, "is not " + expected);
    }
  }

  /**
   * The time that Base's schedule gives a block.
   *
   * @param number the block's number, at most {@value #MAX_NUMBER}
   * @return seconds since 1970
   */
  static long timestamp(long number) {
    return GENESIS_TIME + BLOCK_SECONDS * number;
  }

  /**
   * The block's time.
   *
   * @return seconds since 1970
   */
  public long timestamp() {
    return timestamp(number);
  }

  /**
   * The floor as it stands in a proof.
   *
   * @return an object that {@link #read} reads
   */
  public JsonObject toJson() {
    return JsonObject.builder()
        .put("chain", CHAIN)
        .put(EVM_ID, JsonNumber.of(EVM_CHAIN_ID))
        .put("blockNumber", JsonNumber.of(number))
        .put("blockHash", BlockHash.text(hash))
        .put(TIMESTAMP, JsonNumber.of(timestamp()))
        .build();
  }

  @Override
  public void addToCommit(JsonObject.Builder commit) {
    commit.put(IN_COMMIT, toJson());
  }

  @Override
  public void addToAnswer(JsonObject.Builder answer) {
    answer.put(IN_ANSWER, toJson());
  }
}
