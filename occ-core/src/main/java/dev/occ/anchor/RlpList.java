package dev.occ.anchor;

import dev.occ.anchor.BlockHeaderException.Reason;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Strict RLP (Ethereum yellow paper, appendix B) of one list of byte strings: every length in its
 * shortest form, nothing left over. Lists within the list are refused; no header has one.
 */
final class RlpList {
  private static final int SHORT_STRING = 0x80;
  private static final int LONG_STRING = 0xB7;
  private static final int SHORT_LIST = 0xC0;
  private static final int LONG_LIST = 0xF7;
  private static final int MAX_SHORT = 55;

  private final byte[] bytes;
  private int position;

  private RlpList(byte[] bytes) {
    this.bytes = bytes;
  }

  static List<byte[]> read(byte[] bytes) throws BlockHeaderException {
    RlpList reader = new RlpList(bytes);
    reader.enterList();
    List<byte[]> items = new ArrayList<>();
    while (reader.position < bytes.length) {
      items.add(reader.string());
    }
    return items;
  }

  private void enterList() throws BlockHeaderException {
    int first = next();
    if (first < SHORT_LIST) {
      throw notRlp("it is not a list");
    }
    int length = first <= LONG_LIST ? first - SHORT_LIST : longLength(first - LONG_LIST);
    if (length != bytes.length - position) {
      throw notRlp("the list's length is not that of the bytes");
    }
  }

  private byte[] string() throws BlockHeaderException {
    int first = next();
    if (first < SHORT_STRING) {
      return new byte[] {(byte) first};
    }
    if (first >= SHORT_LIST) {
      throw notRlp("a list stands where a byte string must");
    }
    if (first > LONG_STRING) {
      return take(longLength(first - LONG_STRING));
    }
    byte[] string = take(first - SHORT_STRING);
    if (string.length == 1 && (string[0] & 0xFF) < SHORT_STRING) {
      throw notRlp("a byte is not written as itself");
    }
    return string;
  }

  private int longLength(int lengthOfLength) throws BlockHeaderException {
    byte[] digits = take(lengthOfLength);
    if (digits[0] == 0) {
      throw notRlp("a length begins with a zero");
    }
    if (digits.length > Short.BYTES) {
      throw notRlp("a length is more than the bytes"); // which are BlockHeader.MAX_LENGTH at most
    }
    int length = 0;
    for (byte digit : digits) {
      length = (length << Byte.SIZE) | (digit & 0xFF);
    }
    if (length <= MAX_SHORT) {
      throw notRlp("a length is not written in its shortest form");
    }
    return length;
  }

  private int next() throws BlockHeaderException {
    return take(1)[0] & 0xFF;
  }

  private byte[] take(int count) throws BlockHeaderException {
    if (count > bytes.length - position) {
      throw notRlp("it ends too early");
    }
    position += count;
    return Arrays.copyOfRange(bytes, position - count, position);
  }

  private static BlockHeaderException notRlp(String why) {
    return new BlockHeaderException(Reason.NOT_RLP, "this is not strict RLP: " + why);
  }
}
