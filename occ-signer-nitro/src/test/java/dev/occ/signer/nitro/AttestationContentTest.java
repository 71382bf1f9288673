package dev.occ.signer.nitro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class AttestationContentTest {
  private static final byte[] PCR = new byte[48];
  private static final byte[] USER_DATA = {1, 2, 3};

  @Test
  void read_goodDocument_givesUserDataAndPcr0() throws CborException {
    AttestationContent content = AttestationContent.read(TestCbor.encode(envelope(payload())));
    assertThat(content.userData()).contains(USER_DATA);
    assertThat(content.pcr0()).contains(PCR);
  }

  @Test
  void read_taggedAsCoseSign1_isTaken() throws CborException {
    assertThat(AttestationContent.read(tagged("d2")).pcr0()).isPresent();
    assertThat(AttestationContent.read(tagged("d812")).pcr0()).isPresent();
  }

  @Test
  void read_otherTags_areRefused() {
    assertRefused(tagged("d1"));
    assertRefused(tagged("d83d"));
    assertRefused(tagged("d2d2"));
    assertRefused(tagged("d9d9f7d2"));
  }

  private static byte[] tagged(String tag) {
    byte[] prefix = HexFormat.of().parseHex(tag);
    byte[] document = TestCbor.encode(envelope(payload()));
    byte[] result = Arrays.copyOf(prefix, prefix.length + document.length);
    System.arraycopy(document, 0, result, prefix.length, document.length);
    return result;
  }

  @Test
  void read_nullOrAbsentUserData_isEmpty() throws CborException {
    Map<Object, Object> payload = payload();
    payload.remove("user_data");
    assertThat(AttestationContent.read(TestCbor.encode(envelope(payload))).userData()).isEmpty();
    byte[] withNull = TestCbor.encode(envelope(with("user_data", null)));
    assertThat(AttestationContent.read(withNull).userData()).isEmpty();
  }

  @Test
  void read_indefiniteLengthPayloadMap_isTaken() throws CborException {
    byte[] payload = HexFormat.of().parseHex("bf" + "69757365725f64617461" + "4101" + "ff");
    List<Object> envelope = envelope(payload());
    envelope.set(2, payload);
    assertThat(AttestationContent.read(TestCbor.encode(envelope)).userData())
        .contains(new byte[] {1});
  }

  @Test
  void read_userDataOfAnotherTypeOrTooLong_isRefused() {
    for (Object wrong : List.of("text", 1, true, List.of(), new byte[1025])) {
      assertRefused(TestCbor.encode(envelope(with("user_data", wrong))));
    }
    TestCbor.Raw undefined = new TestCbor.Raw((byte) 0xF7);
    assertRefused(TestCbor.encode(envelope(with("user_data", undefined))));
  }

  @Test
  void read_pcrsOfAnotherShape_areRefused() {
    for (Object wrong :
        List.of(
            List.of(PCR), PCR, Map.of(0, new byte[31]), Map.of(0, new byte[65]), Map.of(0, 1))) {
      assertRefused(TestCbor.encode(envelope(with("pcrs", wrong))));
    }
  }

  @Test
  void read_duplicateKeys_areRefused() {
    TestCbor.Raw twice =
        raw("a2" + "00" + "5820" + "00".repeat(32) + "00" + "5820" + "11".repeat(32));
    assertRefused(TestCbor.encode(envelope(with("pcrs", twice))));
    TestCbor.Raw numberAndText =
        raw("a2" + "00" + "5820" + "00".repeat(32) + "6130" + "5820" + "11".repeat(32));
    assertRefused(TestCbor.encode(envelope(with("pcrs", numberAndText))));
    List<Object> envelope = envelope(payload());
    envelope.set(2, HexFormat.of().parseHex("a2" + "6161" + "01" + "6161" + "02"));
    assertRefused(TestCbor.encode(envelope));
  }

  @Test
  void read_otherEnvelopes_areRefused() {
    List<Object> three = envelope(payload());
    three.remove(3);
    assertRefused(TestCbor.encode(three));
    List<Object> five = envelope(payload());
    five.add(PCR);
    assertRefused(TestCbor.encode(five));
    assertRefused(TestCbor.encode(Map.of("payload", PCR)));
    for (int i = 0; i < 4; i++) {
      for (Object wrong : List.of("text", 1, List.of(), new byte[0])) {
        List<Object> envelope = envelope(payload());
        envelope.set(i, wrong);
        assertRefused(TestCbor.encode(envelope));
      }
    }
  }

  @Test
  void read_bytesAfterDocumentOrPayload_areRefused() {
    byte[] document = TestCbor.encode(envelope(payload()));
    assertRefused(Arrays.copyOf(document, document.length + 1));
    List<Object> envelope = envelope(payload());
    byte[] payload = TestCbor.encode(payload());
    envelope.set(2, Arrays.copyOf(payload, payload.length + 1));
    assertRefused(TestCbor.encode(envelope));
  }

  @Test
  void read_everyCut_isRefused() {
    byte[] document = TestCbor.encode(envelope(payload()));
    for (int i = 0; i < document.length; i++) {
      assertRefused(Arrays.copyOf(document, i));
    }
  }

  @Test
  void read_everyFlip_isRefusedOrRead() {
    byte[] document = TestCbor.encode(envelope(payload()));
    for (int i = 0; i < 8 * document.length; i++) {
      byte[] flipped = document.clone();
      flipped[i / 8] ^= (byte) (1 << (i % 8));
      Throwable thrown =
          org.assertj.core.api.Assertions.catchThrowable(() -> AttestationContent.read(flipped));
      if (thrown != null) {
        assertThat(thrown).isInstanceOf(CborException.class);
      }
    }
  }

  /** Genuine documents of AWS, with their nulls and indefinite lengths, must all be readable. */
  @Test
  void read_genuineDocuments_allHavePcr0() throws Exception {
    Path folder = Path.of(System.getProperty("occ.vectors", "none"), "attestation");
    Path list = folder.resolve("expected.json");
    Assumptions.assumeTrue(
        Files.exists(list), "no test vector " + list + "; OCC_VECTORS names their folder");
    Matcher genuine =
        Pattern.compile("\"([0-9a-f]+\\.cose)\": \\{\\s*\"verdict\": \"(valid|debug)\"")
            .matcher(Files.readString(list));
    int count = 0;
    for (; genuine.find(); count++) {
      Path file = folder.resolve(genuine.group(1));
      Assumptions.assumeTrue(
          Files.exists(file), "no test vector " + file + "; OCC_VECTORS names their folder");
      byte[] document = Files.readAllBytes(file);
      assertThat(AttestationContent.read(document).pcr0()).as(genuine.group(1)).isPresent();
    }
    assertThat(count).isGreaterThan(5);
  }

  private static Map<Object, Object> payload() {
    Map<Object, Object> payload = new LinkedHashMap<>();
    payload.put("module_id", "i-1");
    payload.put("pcrs", Map.of(0, PCR, 31, PCR));
    payload.put("cabundle", List.of(new byte[64]));
    payload.put("user_data", USER_DATA);
    return payload;
  }

  @SuppressWarnings("NullAway") // CBOR's null is a Java null in these maps
  private static Map<Object, Object> with(String name, @Nullable Object value) {
    Map<Object, Object> payload = payload();
    payload.put(name, value);
    return payload;
  }

  private static List<Object> envelope(Map<Object, Object> payload) {
    List<Object> envelope = new ArrayList<>();
    envelope.add(TestCbor.encode(Map.of(1, -35)));
    envelope.add(Map.of());
    envelope.add(TestCbor.encode(payload));
    envelope.add(new byte[96]);
    return envelope;
  }

  private static TestCbor.Raw raw(String hex) {
    return new TestCbor.Raw(HexFormat.of().parseHex(hex));
  }

  private static void assertRefused(byte[] document) {
    assertThatThrownBy(() -> AttestationContent.read(document)).isInstanceOf(CborException.class);
  }
}
