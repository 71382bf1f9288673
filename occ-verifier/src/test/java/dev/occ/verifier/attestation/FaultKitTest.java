package dev.occ.verifier.attestation;

import static dev.occ.verifier.attestation.Verdicts.assertRefused;
import static dev.occ.verifier.attestation.Verdicts.assertTrusted;
import static org.assertj.core.api.Assertions.assertThat;

import dev.occ.proof.Bytes;
import dev.occ.signer.soft.AttestationFaults;
import dev.occ.signer.soft.Fault;
import dev.occ.signer.soft.SoftAttestationAuthority;
import dev.occ.verifier.crypto.CryptoProvider;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The fault kit of the software authority, each fault with the reason that it must meet. */
final class FaultKitTest {
  private static final String UNBOUND = "UNBOUND";
  private static final String TRUSTED = "TRUSTED";
  private static final SoftAttestationAuthority AUTHORITY =
      SoftAttestationAuthority.create(
          Clock.fixed(Instant.parse("2026-03-21T10:00:00.123Z"), ZoneOffset.UTC));
  private static final Map<String, String> EXPECTED = expected();

  private final AttestationVerifier verifier = verifier(CryptoProvider.bouncyCastle());

  private static AttestationVerifier verifier(CryptoProvider crypto) {
    return AttestationVerifier.builder()
        .root(Bytes.of(AUTHORITY.rootCertificate()))
        .crypto(crypto)
        .build();
  }

  static List<Fault> faults() {
    return AttestationFaults.all();
  }

  @ParameterizedTest
  @MethodSource("faults")
  void verify_fault_givesItsReason(Fault fault) throws Exception {
    byte[] document = fault.document(AUTHORITY);
    String expected = Objects.requireNonNull(EXPECTED.get(fault.name()), fault.name());

    AttestationResult result = verifier.verify(document);

    switch (expected) {
      case TRUSTED, UNBOUND -> {
        assertTrusted(result);
        assertThat(isBound(fault, result.orElseThrow().document()))
            .isEqualTo(expected.equals(TRUSTED));
      }
      default -> assertRefused(result, AttestationRejection.valueOf(expected));
    }
  }

  /** Where Corretto's native code loads, through it. */
  @ParameterizedTest
  @MethodSource("faults")
  void verify_faultByTheAutomaticProvider_givesTheSame(Fault fault) {
    byte[] document = fault.document(AUTHORITY);
    AttestationVerifier automatic = verifier(CryptoProvider.automatic());

    if (verifier.verify(document) instanceof AttestationResult.Rejected refused) {
      assertRefused(automatic.verify(document), refused.reason());
    } else {
      assertTrusted(automatic.verify(document));
    }
  }

  /** Under AWS's root everything of the soft authority is refused, its good documents too. */
  @ParameterizedTest
  @MethodSource("faults")
  void verify_faultUnderAwsRoot_isRefused(Fault fault) {
    assertThat(AttestationVerifier.aws().verify(fault.document(AUTHORITY)))
        .isInstanceOf(AttestationResult.Rejected.class);
  }

  @Test
  void expected_table_agreesWithTheKit() {
    assertThat(EXPECTED.keySet())
        .isEqualTo(faults().stream().map(Fault::name).collect(Collectors.toSet()));
    for (Fault fault : faults()) {
      assertThat(Objects.equals(EXPECTED.get(fault.name()), TRUSTED)).isEqualTo(fault.isValid());
    }
  }

  @Test
  void verify_goodDocument_isTrustedButNotAws() throws Exception {
    byte[] document = AttestationFaults.document(AUTHORITY).build();

    AttestationResult.Trusted trusted = verifier.verify(document).orElseThrow();

    assertThat(trusted.isAwsRoot()).isFalse();
    assertThat(trusted.document().userData()).hasValue(Bytes.of(AttestationFaults.userData()));
  }

  /** What a proof's verification compares (spec 12, the last sentence). */
  private static boolean isBound(Fault fault, NitroAttestation document) throws Exception {
    return document.pcr(0).equals(Optional.of(Bytes.fromHex(fault.measurement())))
        && document.userData().equals(Optional.of(Bytes.of(AttestationFaults.userData())));
  }

  private static Map<String, String> expected() {
    Map<String, String> expected = new HashMap<>();
    try (InputStream in = FaultKitTest.class.getResourceAsStream("fault-kit.tsv")) {
      String table = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      table
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split("\t", -1))
          .forEach(row -> expected.put(row[0], row[1]));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Map.copyOf(expected);
  }
}
