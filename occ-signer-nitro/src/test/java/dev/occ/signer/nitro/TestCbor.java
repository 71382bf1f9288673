package dev.occ.signer.nitro;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A small CBOR codec (RFC 8949) of the tests' own, so that the one under test does not vouch for
 * itself, and so that wrong documents can be built: definite lengths, integers, text, bytes,
 * booleans, null, arrays, maps, and {@link Raw} bytes in between.
 */
final class TestCbor {
  private final byte[] data;
  private int position;

  private TestCbor(byte[] data) {
    this.data = data;
  }

  /** Bytes that are put into a document as they are. */
  static final class Raw {
    private final byte[] bytes;

    Raw(byte... bytes) {
      this.bytes = bytes;
    }
  }

  static byte[] encode(@Nullable Object value) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    write(out, value);
    return out.toByteArray();
  }

  private static void write(ByteArrayOutputStream out, @Nullable Object value) {
    if (value == null) {
      out.write(0xF6);
    } else if (value instanceof Raw raw) {
      out.writeBytes(raw.bytes);
    } else if (value instanceof Boolean flag) {
      out.write(flag ? 0xF5 : 0xF4);
    } else if (value instanceof Number number) {
      long n = number.longValue();
      head(out, n < 0 ? 1 : 0, n < 0 ? -1 - n : n);
    } else if (value instanceof byte[] bytes) {
      head(out, 2, bytes.length);
      out.writeBytes(bytes);
    } else if (value instanceof String text) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      head(out, 3, bytes.length);
      out.writeBytes(bytes);
    } else if (value instanceof List<?> list) {
      head(out, 4, list.size());
      list.forEach(item -> write(out, item));
    } else if (value instanceof Map<?, ?> map) {
      head(out, 5, map.size());
      map.forEach(
          (key, item) -> {
            write(out, key);
            write(out, item);
          });
    } else {
      throw new IllegalArgumentException("no CBOR for " + value.getClass());
    }
  }

  private static void head(ByteArrayOutputStream out, int major, long argument) {
    int size = argument < 24 ? 0 : argument < 0x100 ? 1 : argument < 0x10000 ? 2 : 8;
    int info = size == 0 ? (int) argument : size == 1 ? 24 : size == 2 ? 25 : 27;
    out.write(major << 5 | info);
    for (int i = size - 1; i >= 0; i--) {
      out.write((int) (argument >>> (8 * i)));
    }
  }

  /** Decodes what requests are made of; fails on anything else, indefinite lengths included. */
  static @Nullable Object decode(byte[] document) {
    TestCbor reader = new TestCbor(document);
    Object value = reader.read();
    if (reader.position != document.length) {
      throw new IllegalArgumentException("trailing bytes");
    }
    return value;
  }

  static Map.Entry<?, ?> singleEntry(@Nullable Object map) {
    if (!(map instanceof Map<?, ?> entries) || entries.size() != 1) {
      throw new IllegalArgumentException("expected a map with one entry");
    }
    return entries.entrySet().iterator().next();
  }

  /** The payload map of a COSE_Sign1 document without tag. */
  static Map<?, ?> payloadOf(byte[] document) {
    if (decode(document) instanceof List<?> envelope
        && envelope.get(2) instanceof byte[] payload
        && decode(payload) instanceof Map<?, ?> members) {
      return members;
    }
    throw new IllegalArgumentException("not an attestation document");
  }

  /** The PCRs of a payload, by their numbers. */
  static Map<?, ?> pcrsOf(Map<?, ?> payload) {
    if (payload.get("pcrs") instanceof Map<?, ?> pcrs) {
      return pcrs;
    }
    throw new IllegalArgumentException("no PCRs in the payload");
  }

  static Optional<byte[]> userDataOf(byte[] document) {
    return Optional.ofNullable((byte[]) payloadOf(document).get("user_data"));
  }

  private @Nullable Object read() {
    int initial = data[position++] & 0xFF;
    int info = initial & 0x1F;
    if (initial == 0xF6) {
      return null;
    }
    long argument =
        info < 24
            ? info
            : big(
                switch (info) {
                  case 24 -> 1;
                  case 25 -> 2;
                  case 26 -> 4;
                  case 27 -> 8;
                  default -> throw new IllegalArgumentException("indefinite or reserved length");
                });
    return switch (initial >> 5) {
      case 0 -> argument <= Integer.MAX_VALUE ? (Object) (int) argument : (Object) argument;
      case 1 -> (int) (-1 - argument);
      case 2 -> take((int) argument);
      case 3 -> new String(take((int) argument), StandardCharsets.UTF_8);
      case 4 -> list((int) argument);
      case 5 -> map((int) argument);
      default -> throw new IllegalArgumentException("not in any request");
    };
  }

  private long big(int size) {
    long value = 0;
    for (int i = 0; i < size; i++) {
      value = value << 8 | (data[position++] & 0xFF);
    }
    return value;
  }

  private byte[] take(int length) {
    byte[] bytes = new byte[length];
    System.arraycopy(data, position, bytes, 0, length);
    position += length;
    return bytes;
  }

  private List<@Nullable Object> list(int size) {
    List<@Nullable Object> items = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      items.add(read());
    }
    return items;
  }

  private Map<@Nullable Object, @Nullable Object> map(int size) {
    Map<@Nullable Object, @Nullable Object> entries = new LinkedHashMap<>();
    for (int i = 0; i < size; i++) {
      Object key = read();
      entries.put(key, read());
    }
    return entries;
  }
}
