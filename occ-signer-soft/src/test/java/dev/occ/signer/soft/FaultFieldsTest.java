package dev.occ.signer.soft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.occ.signer.soft.Fault.Clause;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Shows that faults in the payload are in the field that their name begins with, and nowhere else.
 */
class FaultFieldsTest {
  private static final RawDocument GOOD =
      RawDocument.of(AttestationFaults.document(FaultFixture.AUTHORITY).build());

  static List<Fault> ofFields() {
    return AttestationFaults.all().stream()
        .filter(f -> f.clause() == Clause.PAYLOAD || f.clause() == Clause.BINDING)
        .toList();
  }

  @ParameterizedTest
  @MethodSource("ofFields")
  void fields_eachFault_differInTheOneThatIsNamed(Fault fault) {
    RawDocument document = RawDocument.of(fault.document(FaultFixture.AUTHORITY));
    assertThat(document.element(0)).isEqualTo(GOOD.element(0));
    assertThat(document.element(1)).isEqualTo(GOOD.element(1));
    Set<String> different = different(document.fields());
    if (fault.name().startsWith("certificate") || fault.name().startsWith("cabundle")) {
      assertThat(different).isEmpty();
    } else {
      assertThat(different).isEqualTo(named(fault.name()));
    }
  }

  /** Certificates are fresh in every document, so they are looked at one by one below. */
  private static Set<String> different(Map<String, byte[]> fields) {
    Set<String> names = new TreeSet<>(GOOD.fields().keySet());
    names.addAll(fields.keySet());
    names.removeIf(name -> Arrays.equals(fields.get(name), GOOD.fields().get(name)));
    names.removeAll(Set.of("certificate", "cabundle"));
    return names;
  }

  private static Set<String> named(String fault) {
    if (fault.startsWith("pcr") || fault.startsWith("debug")) {
      return Set.of("pcrs");
    } else if (fault.equals("user-data-in-nonce")) {
      return Set.of("user_data", "nonce");
    }
    String field = fault.replace('-', '_');
    return GOOD.fields().keySet().stream().filter(field::startsWith).collect(Collectors.toSet());
  }

  @ParameterizedTest
  @CsvSource({
    "module-id-empty, module_id, 60",
    "digest-sha256, digest, 66534841323536",
    "digest-lower-case, digest, 66736861333834",
    "timestamp-zero, timestamp, 00",
    "timestamp-negative, timestamp, 20",
    "timestamp-float, timestamp, fb4279d109e7e84000",
    "timestamp-2-pow-63, timestamp, 1b8000000000000000",
    "timestamp-bignum, timestamp, c249010000000000000000",
    "pcrs-empty, pcrs, a0",
    "cabundle-empty, cabundle, 80",
    "certificate-0-bytes, certificate, 40",
    "certificate-null, certificate, f6",
    "cabundle-null, cabundle, f6",
    "cabundle-entry-wrong-type, cabundle, 816161",
    "user-data-null, user_data, f6",
    "user-data-0-bytes, user_data, 40",
  })
  void field_smallFault_isEncodedAsIs(String fault, String field, String hex) {
    assertThat(HexFormat.of().formatHex(FaultFixture.raw(fault).field(field))).isEqualTo(hex);
  }

  @ParameterizedTest
  @CsvSource({
    "module-id-missing, module_id",
    "digest-missing, digest",
    "timestamp-missing, timestamp",
    "pcrs-missing, pcrs",
    "certificate-missing, certificate",
    "cabundle-missing, cabundle",
    "public-key-absent, public_key",
    "nonce-absent, nonce",
    "user-data-absent, user_data",
  })
  void field_missing_isNotThere(String fault, String field) {
    Map<String, byte[]> fields = FaultFixture.raw(fault).fields();
    assertThat(fields).doesNotContainKey(field).hasSize(8);
  }

  @ParameterizedTest
  @CsvSource({
    "public-key-1025-bytes, public_key, 1025",
    "public-key-1024-bytes, public_key, 1024",
    "user-data-1025-bytes, user_data, 1025",
    "nonce-1025-bytes, nonce, 1025",
    "certificate-1025-bytes, certificate, 1025",
    "certificate-1024-bytes, certificate, 1024",
  })
  void field_ofASize_hasThatSize(String fault, String field, int size) {
    assertThat(CborItems.content(FaultFixture.raw(fault).field(field))).hasSize(size);
  }

  @Test
  void cabundleEntry_ofASize_hasThatSize() {
    for (int size : new int[] {0, 1024, 1025}) {
      List<byte[]> bundle = FaultFixture.raw("cabundle-entry-" + size + "-bytes").cabundle();
      assertThat(bundle).hasSize(4);
      assertThat(bundle.get(2)).hasSize(size);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "pcrs-33-entries, 33",
    "pcrs-32-entries, 32",
    "pcrs-1-entry, 1",
    "pcrs-index-32, 17",
    "pcrs-index-negative, 17",
    "pcrs-index-text, 1",
    "pcrs-index-2-pow-32, 2",
    "pcrs-value-31-bytes, 16",
  })
  void pcrs_always_haveTheNumberOfEntries(String fault, int entries) {
    assertThat(CborItems.children(FaultFixture.raw(fault).field("pcrs"))).hasSize(2 * entries);
  }

  @Test
  void debugEnclave_always_hasZerosAsGenuineOnesDo() {
    Map<?, ?> pcrs = AttestationReader.pcrs(FaultFixture.document("debug-enclave"));
    for (int index = 0; index < 16; index++) {
      byte[] value = (byte[]) pcrs.get(Integer.toString(index));
      assertThat(Arrays.equals(value, new byte[48])).isEqualTo(index != 3 && index != 4);
    }
    assertThat(AttestationFaults.named("debug-enclave").measurement()).isEqualTo("0".repeat(96));
  }
}
