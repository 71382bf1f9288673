package dev.occ.verifier.attestation;

import static dev.occ.verifier.attestation.Verdicts.assertRefused;
import static dev.occ.verifier.attestation.Verdicts.assertTrusted;
import static org.assertj.core.api.Assertions.assertThat;

import dev.occ.proof.Bytes;
import dev.occ.verifier.attestation.AttestationResult.Trusted;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Every document of the shared corpus gives its verdict, and genuine ones give their fields. */
final class GenuineDocumentsTest {
  private static final Map<String, AttestationRejection> INVALID =
      Map.of(
          "invalid: no cabundle", AttestationRejection.CABUNDLE_MISSING,
          "invalid: signature", AttestationRejection.SIGNATURE_INVALID,
          // Five bytes of the leaf were overwritten: the length and head of its tbsCertificate.
          "invalid: certificate", AttestationRejection.CERTIFICATE_MALFORMED);

  private final AttestationVerifier aws = AttestationVerifier.aws();
  private final AttestationVerifier lenient =
      AttestationVerifier.builder().awsRoot().allowDebugEnclave().build();

  static Stream<Arguments> documents() {
    return Vectors.json("attestation/expected.json").properties().stream()
        .map(entry -> Arguments.of(entry.getKey(), entry.getValue()));
  }

  static Stream<Arguments> genuine() {
    return documents()
        .filter(a -> !((JsonNode) a.get()[1]).get("verdict").stringValue().startsWith("invalid"));
  }

  @ParameterizedTest
  @MethodSource("documents")
  void verify_corpus_givesExpectedVerdict(String name, JsonNode expected) {
    byte[] document = Vectors.attestation(name);
    String verdict = expected.get("verdict").stringValue();
    switch (verdict) {
      case "valid" -> {
        assertTrusted(aws.verify(document));
        assertTrusted(lenient.verify(document));
      }
      case "debug" -> {
        assertRefused(aws.verify(document), AttestationRejection.DEBUG_ENCLAVE);
        assertTrusted(lenient.verify(document));
      }
      default -> {
        AttestationRejection reason = Objects.requireNonNull(INVALID.get(verdict));
        assertRefused(aws.verify(document), reason);
        assertRefused(lenient.verify(document), reason);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("genuine")
  void decode_genuine_givesFields(String name, JsonNode expected) throws Exception {
    NitroAttestation document = NitroAttestation.decode(Vectors.attestation(name));

    assertThat(document.timestamp().toString()).startsWith(expected.get("date").stringValue());
    assertThat(document.isDebug()).isEqualTo(expected.get("verdict").stringValue().equals("debug"));
    assertThat(length(document.publicKey())).isEqualTo(length(expected, "publicKeyLength"));
    assertThat(length(document.userData())).isEqualTo(length(expected, "userDataLength"));
    assertThat(length(document.nonce())).isEqualTo(length(expected, "nonceLength"));
    assertThat(document.pcrs().keySet()).startsWith(0, 1, 2).endsWith(15).hasSize(16);
    assertThat(document.pcrs().values()).allMatch(pcr -> pcr.size() == 48);
    assertThat(document.caBundle()).hasSize(4);
    assertThat(document.moduleId()).startsWith(document.instanceId().orElseThrow() + "-enc");
  }

  @ParameterizedTest
  @MethodSource("genuine")
  void verify_genuine_namesPathAndRoot(String name, JsonNode expected) throws Exception {
    Trusted trusted = lenient.verify(Vectors.attestation(name)).orElseThrow();

    assertThat(trusted.isAwsRoot()).isTrue();
    assertThat(trusted.chain()).hasSize(5);
    assertThat(Bytes.sha256(trusted.chain().get(0).getEncoded()).toHex())
        .isEqualTo("641a0321a3e244efe456463195d606317ed7cdcc3c1756e09893f3c68f79bb5b");
    assertThat(trusted.chain().get(4).getEncoded())
        .isEqualTo(trusted.document().certificate().toByteArray());
    assertThat(trusted.judgedAt())
        .isEqualTo(trusted.document().timestamp())
        .isBetween(trusted.notBefore(), trusted.notAfter());
    assertThat(trusted.toString()).contains(trusted.document().moduleId());
  }

  @ParameterizedTest
  @MethodSource("genuine")
  void verify_genuineLater_isExpired(String name, JsonNode expected) throws Exception {
    Trusted trusted = lenient.verify(Vectors.attestation(name)).orElseThrow();
    byte[] document = Vectors.attestation(name);
    Instant first = trusted.notBefore();
    Instant last = trusted.notAfter();

    for (AttestationVerifier verifier :
        new AttestationVerifier[] {
          lenient,
          AttestationVerifier.builder().awsRoot().allowDebugEnclave().cachedPaths(0).build()
        }) {
      assertTrusted(verifier.verify(document, first));
      assertTrusted(verifier.verify(document, last));
      assertRefused(
          verifier.verify(document, first.minusMillis(1)),
          AttestationRejection.CERTIFICATE_NOT_YET_VALID);
      assertRefused(
          verifier.verify(document, last.plusMillis(1)), AttestationRejection.CERTIFICATE_EXPIRED);
      assertRefused(
          verifier.verify(document, Instant.MIN), AttestationRejection.CERTIFICATE_NOT_YET_VALID);
      assertRefused(
          verifier.verify(document, Instant.MAX), AttestationRejection.CERTIFICATE_EXPIRED);
    }
  }

  @Test
  void verify_tagged_isTrusted() {
    byte[] document = Vectors.attestation(Vectors.PRODUCTION);
    byte[] tagged = new byte[document.length + 1];
    tagged[0] = (byte) 0xD2;
    System.arraycopy(document, 0, tagged, 1, document.length);

    assertTrusted(aws.verify(tagged));
  }

  @ParameterizedTest
  @ValueSource(strings = {"nitro-2026-03-21-18.json", "nitro-2026-03-21-policy.json"})
  void verify_reportOfRealProof_isTrusted(String name) throws Exception {
    String report =
        Vectors.json("proofs/" + name).at("/environment/attestation/reportB64").stringValue();

    Trusted trusted = aws.verify(Base64.getDecoder().decode(report)).orElseThrow();

    assertThat(trusted.isAwsRoot()).isTrue();
    JsonNode expected = Vectors.json("expected.json").path(name).path("attestation");
    if (!expected.isMissingNode() && expected.has("moduleId")) {
      assertThat(trusted.document().moduleId()).isEqualTo(expected.get("moduleId").stringValue());
      assertThat(trusted.document().instanceId()).hasValue("i-0650273423ff67567");
      assertThat(trusted.document().timestamp().toEpochMilli())
          .isEqualTo(expected.get("timestampMs").longValue());
      assertThat(trusted.document().pcrs())
          .containsEntry(0, Bytes.fromHex(expected.get("pcr0").stringValue()));
    }
  }

  private static Optional<Integer> length(Optional<Bytes> field) {
    return field.map(Bytes::size);
  }

  private static Optional<Integer> length(JsonNode expected, String name) {
    JsonNode length = expected.get(name);
    return length.isNull() ? Optional.empty() : Optional.of(length.intValue());
  }
}
