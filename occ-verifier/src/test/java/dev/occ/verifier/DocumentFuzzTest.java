package dev.occ.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.occ.json.JsonException;
import dev.occ.json.JsonObject;
import dev.occ.json.JsonString;
import dev.occ.proof.Bytes;
import dev.occ.proof.Proof;
import dev.occ.proof.ProofDraft;
import dev.occ.signer.soft.SoftAttestationAuthority;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
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
  private static final byte[] X509_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");
  private static final List<byte[]> PROOFS = proofs();
  private static final Set<Bytes> SIGNED = signed();
  private static final ProofVerifier VERIFIER =
      ProofVerifier.create(VerificationPolicy.builder().skipAttestation().historical().build());

  /**
   * Any bytes give a result, and nothing is verified that no key has signed. Of documents that are
   * no seeds, as a corpus of earlier fuzzing may hold, the JDK's Ed25519 says so.
   */
  @MethodSource("proofSeeds")
  @FuzzTest(maxDuration = "60s") // Jazzer wants it last
  void proof(byte[] input) {
    VerificationResult result = VERIFIER.verify(input);
    if (result instanceof Verified verified) {
      assertThat(SIGNED.contains(verified.proofHash()) || isSigned(input)).isTrue();
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

  private static boolean isSigned(byte[] input) {
    try {
      Proof proof = Proof.read(input);
      byte[] key = Arrays.copyOf(X509_PREFIX, X509_PREFIX.length + 32);
      System.arraycopy(proof.publicKey().toByteArray(), 0, key, X509_PREFIX.length, 32);
      Signature signature = Signature.getInstance("Ed25519");
      signature.initVerify(
          KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(key)));
      signature.update(ProofDraft.of(proof.json()).signedBytes());
      return signature.verify(proof.signature().toByteArray());
    } catch (GeneralSecurityException | JsonException e) {
      throw new AssertionError("what was verified can be checked by the JDK", e);
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

  private static Set<Bytes> signed() {
    Set<Bytes> hashes = new HashSet<>();
    for (byte[] proof : PROOFS) {
      try {
        hashes.add(Proof.read(proof).proofHash());
      } catch (JsonException e) {
        throw new AssertionError("a seed is not a proof", e);
      }
    }
    return Set.copyOf(hashes);
  }
}
