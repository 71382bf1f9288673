package dev.occ.verifier.attestation;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Writes CBOR by hand, right or wrong, for documents that no library would write. */
final class Cbor {
  static final byte[] NULL = hex("f6");

  private Cbor() {}

  static byte[] hex(String hex) {
    return HexFormat.of().parseHex(hex);
  }

  static byte[] join(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  static byte[] head(int major, long argument) {
    if (argument >= 0 && argument < 24) {
      return new byte[] {(byte) (major << 5 | (int) argument)};
    }
    int size = argument < 0 || argument > 0xFFFFFFFFL ? 3 : 0;
    if (size == 0) {
      size = argument > 0xFFFF ? 2 : argument > 0xFF ? 1 : 0;
    }
    byte[] out = new byte[1 + (1 << size)];
    out[0] = (byte) (major << 5 | 24 + size);
    for (int i = out.length - 1; i > 0; i--) {
      out[i] = (byte) argument;
      argument >>>= 8;
    }
    return out;
  }

  static byte[] integer(long value) {
    return value < 0 ? head(1, -1 - value) : head(0, value);
  }

  static byte[] bytes(byte[] value) {
    return join(head(2, value.length), value);
  }

  static byte[] zeros(int length) {
    return bytes(new byte[length]);
  }

  static byte[] text(String value) {
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    return join(head(3, utf8.length), utf8);
  }

  static byte[] array(byte[]... items) {
    return join(head(4, items.length), join(items));
  }

  /** Keys and values in turn. */
  static byte[] map(byte[]... entries) {
    return join(head(5, entries.length / 2), join(entries));
  }
}
