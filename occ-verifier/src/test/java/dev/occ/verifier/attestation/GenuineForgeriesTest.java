package dev.occ.verifier.attestation;

import static dev.occ.verifier.attestation.AttestationRejection.CBOR_TRAILING_BYTES;
import static dev.occ.verifier.attestation.AttestationRejection.CERTIFICATE_SIGNATURE_INVALID;
import static dev.occ.verifier.attestation.AttestationRejection.CERTIFICATE_TRAILING_BYTES;
import static dev.occ.verifier.attestation.AttestationRejection.COSE_ALGORITHM_UNPROTECTED;
import static dev.occ.verifier.attestation.AttestationRejection.PATH_NAME_CHAINING;
import static dev.occ.verifier.attestation.AttestationRejection.ROOT_NOT_PINNED;
import static dev.occ.verifier.attestation.AttestationRejection.SIGNATURE_INVALID;
import static dev.occ.verifier.attestation.Verdicts.assertRefused;
import static dev.occ.verifier.attestation.Verdicts.assertTrusted;
import static org.assertj.core.api.Assertions.assertThat;

import dev.occ.signer.soft.GenuineForgeries;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The kit's forgeries around genuine documents, each with the reason that it must meet. */
final class GenuineForgeriesTest {
  private static final Map<String, AttestationRejection> EXPECTED =
      Map.ofEntries(
          Map.entry("own-leaf-under-genuine-bundle", CERTIFICATE_SIGNATURE_INVALID),
          Map.entry("own-instance-under-genuine-zonal", CERTIFICATE_SIGNATURE_INVALID),
          Map.entry("own-root-with-genuine-names", ROOT_NOT_PINNED),
          Map.entry("genuine-root-then-own-chain", PATH_NAME_CHAINING),
          Map.entry("genuine-root-then-self-signed-ca", PATH_NAME_CHAINING),
          Map.entry("trailing-byte-after-message", CBOR_TRAILING_BYTES),
          Map.entry("trailing-byte-after-payload", CBOR_TRAILING_BYTES),
          Map.entry("trailing-byte-after-certificate", CERTIFICATE_TRAILING_BYTES),
          Map.entry("trailing-byte-after-ca-0", ROOT_NOT_PINNED),
          Map.entry("trailing-byte-after-ca-1", CERTIFICATE_TRAILING_BYTES),
          Map.entry("trailing-byte-after-ca-2", CERTIFICATE_TRAILING_BYTES),
          Map.entry("trailing-byte-after-ca-3", CERTIFICATE_TRAILING_BYTES),
          Map.entry("alg-es384-also-unprotected", COSE_ALGORITHM_UNPROTECTED),
          Map.entry("alg-es256-also-unprotected", COSE_ALGORITHM_UNPROTECTED),
          Map.entry("signed-by-own-key", SIGNATURE_INVALID),
          Map.entry("pcr0-replaced", SIGNATURE_INVALID),
          Map.entry("user-data-replaced", SIGNATURE_INVALID));

  @ParameterizedTest
  @ValueSource(strings = {Vectors.PRODUCTION, "a72552688ab6.cose", "72ffd835a669.cose"})
  void verify_forgeryOfGenuine_isRefused(String name) {
    AttestationVerifier aws = AttestationVerifier.aws();
    GenuineForgeries forgeries = GenuineForgeries.of(Vectors.attestation(name));
    Map<String, byte[]> all = forgeries.all();

    assertThat(all.keySet()).isEqualTo(EXPECTED.keySet());
    all.forEach(
        (forgery, document) ->
            assertRefused(aws.verify(document), Objects.requireNonNull(EXPECTED.get(forgery))));
    assertTrusted(aws.verify(forgeries.rebuilt()));
    all.forEach(
        (forgery, document) ->
            assertRefused(aws.verify(document), Objects.requireNonNull(EXPECTED.get(forgery))));
  }
}
