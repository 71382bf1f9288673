package dev.occ.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.occ.json.JsonException;
import dev.occ.json.JsonObject;
import dev.occ.json.JsonString;
import dev.occ.proof.Bytes;
import dev.occ.proof.Proof;
import dev.occ.signer.soft.SoftAttestationAuthority;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Fuzz targets for proof and policy documents. In the usual build each runs over its seeds only; to
 * fuzz one for its 60 seconds:
 *
 * <pre>{@code
 * JAZZER_FUZZ=1 ./mvnw -pl occ-verifier -am test -Djacoco.skip=true -Djazzer.hooks=true \
 *   -Dsurefire.failIfNoSpecifiedTests=false -Dtest='DocumentFuzzTest#proof'
 * }</pre>
 *
 * <p>and the same with {@code policy}: Jazzer fuzzes one target a run. Findings appear under {@code
 * src/test/resources} and stay there as regression inputs.
 */
final class DocumentFuzzTest {
  private static final List<byte[]> PROOFS = proofs();
  private static final Set<Bytes> SIGNED = ofSeeds(Proof::proofHash);
  private static final Set<Bytes> KEYS = ofSeeds(Proof::publicKey);

  /** DER of an Ed25519 key's SubjectPublicKeyInfo, up to the key (RFC 8410). */
  private static final byte[] SPKI = HexFormat.of().parseHex("302a300506032b6570032100");

  private static final ProofVerifier VERIFIER =
      ProofVerifier.create(VerificationPolicy.builder().skipAttestation().historical().build());

  /**
   * Any bytes give a result, and nothing is verified that its key has not signed. The JDK's Ed25519
   * judges the signature, so an input may hold a proof of any origin; of the seeds' own keys we
   * know all that they signed.
   */
  @MethodSource("proofSeeds")
  @FuzzTest(maxDuration = "60s") // Jazzer wants it last
  void proof(byte[] input) {
    VerificationResult result = VERIFIER.verifyProofOnly(input);
    if (result instanceof ValidProof verified) {
      assertThat(isSigned(input)).isTrue();
      if (KEYS.contains(verified.publicKey())) {
        assertThat(SIGNED).contains(verified.proofHash());
      }
    } else {
      assertThat(result.checks()).isNotEmpty().extracting(Check::toJson).doesNotContainNull();
    }
  }

  /** A policy that is read says the same when it is written and read again. */
  @MethodSource("policySeeds")
  @FuzzTest(maxDuration = "60s") // Jazzer wants it last
  void policy(byte[] input) {
    try {
      JsonObject document = VerificationPolicy.read(input).toJson();
      assertThat(VerificationPolicy.read(document.toBytes()).toJson()).isEqualTo(document);
    } catch (JsonException e) {
      assertThat(e.reason()).isNotNull();
      assertThat(new JsonString(String.valueOf(e.getMessage())).text()).isNotEmpty();
      assertThat(new JsonString(e.pointer()).toJson()).isNotEmpty();
    }
  }

  static Stream<byte[]> proofSeeds() {
    return PROOFS.stream();
  }

  static Stream<byte[]> policySeeds() {
    return Stream.of(
            "{}",
            "{\"\\ud800\":true}",
            "{\"a\"\ud83d\ude00}",
            "{\"requireSlot\":true,\"allowedMeasurements\":[]}",
            "{\"requirePcrs\":{\"8\":\"" + "ab".repeat(48) + "\"}}",
            VerificationPolicyTest.ALL)
        .map(text -> text.getBytes(StandardCharsets.UTF_8));
  }

  /** Some of our own, and the real ones where the vectors are at hand. */
  private static List<byte[]> proofs() {
    List<byte[]> proofs = new ArrayList<>(Vectors.proofsIfPresent());
    try (Forge forge = Forge.attestedBy(SoftAttestationAuthority.create())) {
      proofs.add(forge.proof().toBytes());
      proofs.add(forge.proofOn(Forge.CHAIN).toPrettyBytes());
    }
    return List.copyOf(proofs);
  }

  private static Set<Bytes> ofSeeds(Function<Proof, Bytes> member) {
    return PROOFS.stream()
        .map(DocumentFuzzTest::read)
        .map(member)
        .collect(Collectors.toUnmodifiableSet());
  }

  private static Proof read(byte[] proof) {
    try {
      return Proof.read(proof);
    } catch (JsonException e) {
      throw new AssertionError("not a proof", e);
    }
  }

  private static boolean isSigned(byte[] document) {
    Proof proof = read(document);
    byte[] key = ByteBuffer.allocate(44).put(SPKI).put(proof.publicKey().toByteArray()).array();
    try {
      Signature ed25519 = Signature.getInstance("Ed25519");
      ed25519.initVerify(
          KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(key)));
      ed25519.update(proof.signedBytes());
      return ed25519.verify(proof.signature().toByteArray());
    } catch (GeneralSecurityException e) {
      throw new AssertionError("the JDK cannot judge the signature", e);
    }
  }
}
