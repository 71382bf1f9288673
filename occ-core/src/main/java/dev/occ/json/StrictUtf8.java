package dev.occ.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Whether bytes are UTF-8 as Unicode has it: no overlong forms, no encoded surrogates. Decides
 * without keeping the characters.
 */
final class StrictUtf8 {
  private static final int SCRATCH_CHARS = 1024;
  private static final long HIGH_BITS = 0x8080808080808080L;
  private static final VarHandle EIGHT_BYTES =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private StrictUtf8() {}

  static boolean isValid(byte[] bytes) {
    int ascii = asciiPrefix(bytes);
    return ascii == bytes.length || decodes(ByteBuffer.wrap(bytes, ascii, bytes.length - ascii));
  }

  private static int asciiPrefix(byte[] bytes) {
    int i = 0;
    while (i + Long.BYTES <= bytes.length && ((long) EIGHT_BYTES.get(bytes, i) & HIGH_BITS) == 0) {
      i += Long.BYTES;
    }
    while (i < bytes.length && bytes[i] >= 0) {
      i++;
    }
    return i;
  }

  static boolean startsWithByteOrderMark(byte[] bytes) {
    for (int i = 0; i < BYTE_ORDER_MARK.length; i++) {
      if (i == bytes.length || bytes[i] != BYTE_ORDER_MARK[i]) {
        return false;
      }
    }
    return true;
  }

  private static boolean decodes(ByteBuffer bytes) {
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    CharBuffer scratch = CharBuffer.allocate(SCRATCH_CHARS);
    CoderResult result = CoderResult.OVERFLOW;
    while (result.isOverflow()) {
      result = decoder.decode(bytes, scratch.clear(), true);
    }
    return result.isUnderflow();
  }
}
