package dev.occ.anchor;

import com.google.errorprone.annotations.CheckReturnValue;
import dev.occ.anchor.BlockHeaderException.Reason;
import dev.occ.json.JsonNumber;
import dev.occ.proof.Bytes;
import java.util.List;

/**
 * What an EVM block's header says (spec 10): keccak-256 of its RLP is the block's hash, item 8 the
 * number, item 11 the time. All three come from the same bytes.
 *
 * @param number the block's number, at most 2^53-1
 * @param timestamp the block's time, seconds since 1970, at most 2^53-1
 * @param hash the block's hash, 32 bytes
 */
@CheckReturnValue
public record BlockHeader(long number, long timestamp, Bytes hash) {
  /** The longest header that is read; real ones have some 600 bytes. */
  public static final int MAX_LENGTH = 4096;

  private static final int HASH_LENGTH = 32;
  private static final int MIN_ITEMS = 15;
  private static final int PARENT_HASH = 0;
  private static final int NUMBER = 8;
  private static final int TIMESTAMP = 11;
  private static final int MAX_INTEGER_BYTES = 7;

  /**
   * Checks the values.
   *
   * @param number the block's number
   * @param timestamp the block's time
   * @param hash the block's hash
   * @throws IllegalArgumentException if a number is out of range or the hash has not 32 bytes
   */
  public BlockHeader {
    if (!isExact(number) || !isExact(timestamp)) {
      throw new IllegalArgumentException("number and time of a block are 0 to 2^53-1");
    }
    if (hash.size() != HASH_LENGTH) {
      throw new IllegalArgumentException("a block hash has 32 bytes, not " + hash.size());
    }
  }

  private static boolean isExact(long value) {
    return value >= 0 && value <= JsonNumber.MAX_EXACT_INTEGER;
  }

  /**
   * Reads a header.
   *
   * @param rlp the header's RLP, at most {@value #MAX_LENGTH} bytes
   * @param keccak hashes it
   * @return its typed form
   * @throws BlockHeaderException if it is too long, is not strict RLP, or is not a header: a list
   *     of at least 15 byte strings, of which the first is a hash
   */
  public static BlockHeader read(Bytes rlp, Keccak256 keccak) throws BlockHeaderException {
    if (rlp.size() > MAX_LENGTH) {
      throw new BlockHeaderException(
          Reason.TOO_LONG, "a block header has at most " + MAX_LENGTH + " bytes");
    }
    byte[] bytes = rlp.toByteArray();
    List<byte[]> items = RlpList.read(bytes);
    if (items.size() < MIN_ITEMS) {
      throw notHeader("it has " + items.size() + " items instead of " + MIN_ITEMS + " or more");
    }
    if (items.get(PARENT_HASH).length != HASH_LENGTH) {
      throw notHeader("its first item is not a hash");
    }
    return new BlockHeader(
        integer(items.get(NUMBER), "number"),
        integer(items.get(TIMESTAMP), "time"),
        Bytes.of(keccak.digest(bytes)));
  }

  /** An RLP integer: big-endian, without leading zeros. */
  private static long integer(byte[] bytes, String what) throws BlockHeaderException {
    if (bytes.length > 0 && bytes[0] == 0) {
      throw notHeader("its " + what + " begins with a zero");
    }
    long value = 0;
    for (int i = 0; i < bytes.length && i <= MAX_INTEGER_BYTES; i++) {
      value = (value << Byte.SIZE) | (bytes[i] & 0xFF);
    }
    if (bytes.length > MAX_INTEGER_BYTES || !isExact(value)) {
      throw notHeader("its " + what + " is more than 2^53-1");
    }
    return value;
  }

  private static BlockHeaderException notHeader(String why) {
    return new BlockHeaderException(Reason.NOT_A_HEADER, "this is not a block header: " + why);
  }
}
