package dev.occ.verifier.attestation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.occ.proof.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.dataformat.cbor.CBORMapper;

/** What is written is read, and Jackson reads the same. */
final class CborReaderPropertyTest {
  private static final CBORMapper JACKSON = new CBORMapper();
  private static final byte[] BREAK = Cbor.hex("ff");

  @Property(tries = 200)
  void read_definiteLengths_givesWhatWasWritten(@ForAll("values") CborValue value)
      throws Exception {
    assertThat(CborReader.read(write(value, false))).isEqualTo(value);
  }

  @Property(tries = 200)
  void read_indefiniteLengths_givesWhatWasWritten(@ForAll("values") CborValue value)
      throws Exception {
    assertThat(CborReader.read(write(value, true))).isEqualTo(value);
  }

  @Property(tries = 200)
  void read_anyItem_readsAsJackson(@ForAll("values") CborValue value) throws Exception {
    byte[] cbor = write(value, false);
    assertSame(CborReader.read(cbor), JACKSON.readTree(cbor));
  }

  private static void assertSame(CborValue value, JsonNode json) {
    if (value instanceof CborValue.Int number) {
      assertThat(json.longValue()).isEqualTo(number.value());
    } else if (value instanceof CborValue.Text text) {
      assertThat(json.stringValue()).isEqualTo(text.value());
    } else if (value instanceof CborValue.ByteString bytes) {
      assertThat(json.binaryValue()).isEqualTo(bytes.value().toByteArray());
    } else if (value instanceof CborValue.Bool bool) {
      assertThat(json.booleanValue()).isEqualTo(bool.value());
    } else if (value instanceof CborValue.Null) {
      assertThat(json.isNull()).isTrue();
    } else if (value instanceof CborValue.Array array) {
      assertThat(json).isInstanceOf(ArrayNode.class).hasSize(array.items().size());
      for (int i = 0; i < array.items().size(); i++) {
        assertSame(array.items().get(i), json.get(i));
      }
    } else {
      Map<CborValue, CborValue> entries = ((CborValue.Mapping) value).entries();
      assertThat(json.isObject()).isTrue();
      assertThat(json.size()).isEqualTo(entries.size());
      // Jackson gives an integer key as text; the generated texts are no numbers.
      entries.forEach((key, entry) -> assertSame(entry, json.get(name(key))));
    }
  }

  private static String name(CborValue key) {
    return key instanceof CborValue.Int number
        ? Long.toString(number.value())
        : ((CborValue.Text) key).value();
  }

  private static byte[] write(CborValue value, boolean indefinite) {
    if (value instanceof CborValue.Int number) {
      return Cbor.integer(number.value());
    }
    if (value instanceof CborValue.Text text) {
      return Cbor.text(text.value());
    }
    if (value instanceof CborValue.ByteString bytes) {
      return Cbor.bytes(bytes.value().toByteArray());
    }
    if (value instanceof CborValue.Bool bool) {
      return Cbor.hex(bool.value() ? "f5" : "f4");
    }
    if (value instanceof CborValue.Null) {
      return Cbor.NULL;
    }
    List<byte[]> parts = new ArrayList<>();
    if (value instanceof CborValue.Array array) {
      array.items().forEach(item -> parts.add(write(item, indefinite)));
    } else {
      ((CborValue.Mapping) value)
          .entries()
          .forEach(
              (key, entry) -> {
                parts.add(write(key, indefinite));
                parts.add(write(entry, indefinite));
              });
    }
    boolean list = value instanceof CborValue.Array;
    byte[] items = Cbor.join(parts.toArray(byte[][]::new));
    return indefinite
        ? Cbor.join(Cbor.hex(list ? "9f" : "bf"), items, BREAK)
        : Cbor.join(Cbor.head(list ? 4 : 5, parts.size() / (list ? 1 : 2)), items);
  }

  @Provide
  Arbitrary<CborValue> values() {
    Arbitrary<CborValue> numbers = Arbitraries.longs().map(CborValue.Int::new);
    Arbitrary<CborValue> texts =
        Arbitraries.strings()
            .ofMaxLength(300)
            .filter(text -> text.codePoints().noneMatch(c -> c >= 0xD800 && c <= 0xDFFF))
            .map(text -> new CborValue.Text("t" + text));
    Arbitrary<CborValue> bytes =
        Arbitraries.bytes()
            .array(byte[].class)
            .ofMaxSize(300)
            .map(value -> new CborValue.ByteString(Bytes.of(value)));
    Arbitrary<CborValue> others =
        Arbitraries.of(new CborValue.Bool(true), new CborValue.Bool(false), new CborValue.Null());
    Arbitrary<CborValue> keys = Arbitraries.oneOf(List.of(numbers, texts));
    return Arbitraries.recursive(
        () -> Arbitraries.oneOf(List.of(numbers, texts, bytes, others)),
        inner ->
            Arbitraries.oneOf(
                List.of(
                    inner,
                    inner.list().ofMaxSize(30).map(CborValue.Array::new),
                    Arbitraries.maps(keys, inner).ofMaxSize(30).map(CborValue.Mapping::new))),
        0,
        3);
  }
}
