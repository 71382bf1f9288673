package dev.occ.signer.soft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;

/** Shows that faults of CBOR and COSE are there, by Jackson's judgement or in the bytes. */
class FaultEncodingTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "document-truncated",
        "document-huge-length",
        "document-huge-array",
        "payload-truncated",
        "payload-duplicate-key",
        "payload-duplicate-key-other-value",
        "payload-duplicate-key-other-encoding",
        "payload-invalid-utf8",
        "payload-reserved-head",
        "payload-nesting-1000",
        "unprotected-header-duplicate-key",
        "pcrs-duplicate-index",
        "pcrs-duplicate-index-other-encoding"
      })
  void payload_malformed_isRefusedByJackson(String fault) {
    byte[] document = FaultFixture.document(fault);
    assertThatThrownBy(() -> AttestationReader.payload(document))
        .isInstanceOf(JacksonException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"document-trailing-byte", "payload-trailing-byte"})
  void payload_withAByteMore_isRefusedByOurReader(String fault) {
    byte[] document = FaultFixture.document(fault);
    assertThatThrownBy(() -> AttestationReader.payload(document))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("follows");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"protected-header-duplicate-alg", "protected-header-duplicate-alg-other-value"})
  void protectedHeader_duplicate_isRefusedByJackson(String fault) {
    byte[] header = CborItems.content(FaultFixture.raw(fault).element(0));
    assertThatThrownBy(() -> AttestationReader.decode(header)).isInstanceOf(JacksonException.class);
  }

  @Test
  void payloadNesting17_always_isOneLevelTooDeep() {
    Object deep = AttestationReader.field(FaultFixture.document("payload-nesting-17"), "deep");
    int levels = 1;
    while (deep instanceof List<?> list) {
      levels++;
      deep = list.isEmpty() ? "innermost" : list.get(0);
    }
    assertThat(levels).isEqualTo(17);
  }

  @ParameterizedTest
  @CsvSource({
    "alg-es256, 43a10126, a0",
    "alg-es512, 44a1013823, a0",
    "alg-as-text, 48a101654553333834, a0",
    "alg-key-as-text, 45a161313822, a0",
    "alg-missing, 41a0, a0",
    "alg-only-unprotected, 41a0, a1013822",
    "alg-only-unprotected-header-empty, 40, a1013822",
    "alg-also-unprotected, 44a1013822, a10126",
    "alg-also-unprotected-same, 44a1013822, a1013822",
    "protected-header-empty, 40, a0",
    "protected-header-array, 4482013822, a0",
    "protected-header-trailing-byte, 45a101382200, a0",
    "protected-header-critical-unknown, 4ba301382202811863186300, a0",
    "protected-header-not-bytes, a1013822, a0",
    "unprotected-header-array, 44a1013822, 80",
    "unprotected-header-null, 44a1013822, f6",
  })
  void headers_eachFault_areEncodedAsIs(String fault, String inside, String outside) {
    RawDocument document = FaultFixture.raw(fault);
    assertThat(HexFormat.of().formatHex(document.element(0))).isEqualTo(inside);
    assertThat(HexFormat.of().formatHex(document.element(1))).isEqualTo(outside);
    assertThat(document.size()).isEqualTo(4);
  }

  @Test
  void protectedHeader_withCriticalUnknown_isWellFormed() {
    byte[] header =
        CborItems.content(FaultFixture.raw("protected-header-critical-unknown").element(0));
    assertThat((Map<?, ?>) AttestationReader.decode(header)).hasSize(3);
  }

  @ParameterizedTest
  @CsvSource({"message-0-elements, 0", "message-3-elements, 3", "message-5-elements, 5"})
  void message_always_hasTheNumberOfElements(String fault, int elements) {
    assertThat(FaultFixture.raw(fault).size()).isEqualTo(elements);
  }

  @ParameterizedTest
  @CsvSource({
    "tag-17, d184",
    "tag-18, d284",
    "tag-18-twice, d2d284",
    "tag-98, d86284",
    "document-truncated, 8444",
  })
  void document_tagged_startsWithTheTag(String fault, String start) {
    assertThat(FaultFixture.document(fault)).startsWith(HexFormat.of().parseHex(start));
  }

  @ParameterizedTest
  @CsvSource({
    "signature-empty, 0",
    "signature-95, 95",
    "signature-97, 97",
    "signature-98, 98",
    "signature-flipped-r, 96",
    "signature-flipped-s, 96",
    "signature-zero, 96",
    "signature-order, 96",
    "signature-by-other-key, 96",
    "signature-context-signature, 96",
    "signature-external-data, 96",
    "signature-over-payload-only, 96",
    "signature-over-other-header, 96",
  })
  void signature_always_hasTheLengthThatTheNameSays(String fault, int length) {
    assertThat(CborItems.content(FaultFixture.raw(fault).element(3))).hasSize(length);
  }

  @Test
  void itemsInDisguise_always_areTakenForWhatTheyAreNotByJackson() {
    byte[] good = AttestationFaults.document(FaultFixture.AUTHORITY).build();
    for (String fault :
        List.of("payload-tagged", "payload-timestamp-tagged", "payload-key-as-bytes")) {
      byte[] document = FaultFixture.document(fault);
      for (String field : List.of("module_id", "timestamp")) {
        assertThat(AttestationReader.field(document, field))
            .as("%s in %s", field, fault)
            .isEqualTo(AttestationReader.field(good, field));
      }
    }
    assertThat(FaultFixture.raw("payload-tagged").payload()).startsWith(0xd8, 24, 0xa9);
    assertThat(FaultFixture.raw("payload-timestamp-tagged").field("timestamp")).startsWith(0xc1);
    assertThat(FaultFixture.raw("payload-key-as-bytes").payload()).startsWith(0xa9, 0x49);
  }

  @Test
  void indefiniteLengths_always_areThere() {
    byte[] payload = FaultFixture.raw("payload-indefinite-length").payload();
    assertThat(payload).startsWith(0xbf).endsWith(0xff);
    byte[] pcrs = FaultFixture.raw("pcrs-indefinite-length").field("pcrs");
    assertThat(pcrs).startsWith(0xbf).endsWith(0xff);
  }
}
