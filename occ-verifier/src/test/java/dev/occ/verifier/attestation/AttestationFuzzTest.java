package dev.occ.verifier.attestation;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.occ.json.JsonString;
import dev.occ.proof.Bytes;
import dev.occ.verifier.attestation.AttestationResult.Rejected;
import dev.occ.verifier.attestation.AttestationResult.Trusted;
import dev.occ.verifier.crypto.CryptoProvider;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.core.JacksonException;

/**
 * Fuzz targets for everything that reads an attestation document. In the usual build each runs over
 * its seeds only; to fuzz one for its 60 seconds:
 *
 * <pre>{@code
 * JAZZER_FUZZ=1 ./mvnw -pl occ-verifier -am test -Djacoco.skip=true -Djazzer.hooks=true \
 *   -Dsurefire.failIfNoSpecifiedTests=false -Dtest='AttestationFuzzTest#cbor'
 * }</pre>
 *
 * <p>and the same with {@code document} and {@code certificates}: Jazzer fuzzes one target a run.
 * Findings appear under {@code src/test/resources} and stay there as regression inputs.
 */
final class AttestationFuzzTest {
  private static final TestDocument OWN = new TestDocument();
  private static final List<byte[]> SEEDS = seeds();
  private static final Set<Bytes> SIGNED = signed();
  private static final AttestationVerifier VERIFIER =
      AttestationVerifier.builder()
          .awsRoot()
          .root(Bytes.of(OWN.ders()[0]))
          .allowDebugEnclave()
          .build();

  /** Anything the profile lets through is read, and the parser never decides on a refusal. */
  @MethodSource("cborSeeds")
  @FuzzTest(maxDuration = "60s")
  void cbor(byte[] input) {
    try {
      assertThat(CborReader.read(input)).isNotNull();
    } catch (AttestationException e) {
      assertThat(e.getCause() instanceof JacksonException).isFalse();
    }
  }

  /** Any bytes give a value, and nothing is trusted whose payload nobody has signed. */
  @MethodSource("documentSeeds")
  @FuzzTest(maxDuration = "60s")
  void document(byte[] input) {
    AttestationResult result = VERIFIER.verify(input);
    if (result instanceof Trusted) {
      assertThat(SIGNED).contains(payload(input));
    } else if (result instanceof Rejected refused) {
      assertThat(new JsonString(refused.text()).text()).isNotEmpty();
    }
  }

  /** Any certificates below a pinned root; each with its length in two bytes before it. */
  @MethodSource("certificateSeeds")
  @FuzzTest(maxDuration = "60s")
  void certificates(byte[] input) {
    List<Bytes> path = new ArrayList<>(List.of(Bytes.of(OWN.ders()[0])));
    ByteBuffer in = ByteBuffer.wrap(input);
    while (in.remaining() >= 2) {
      byte[] certificate = new byte[Math.min(in.getShort() & 0x7FF, in.remaining())];
      in.get(certificate);
      path.add(Bytes.of(certificate));
    }
    NitroPathValidation validation =
        new NitroPathValidation(
            Map.of(path.get(0), PinnedRoot.of(path.get(0))), CryptoProvider.bouncyCastle());
    try {
      ValidatedPath valid = validation.validate(path, TestDocument.TIME);
      assertThat(valid.chain()).hasSize(path.size());
      assertThat(path).containsExactlyElementsOf(good());
    } catch (AttestationException e) {
      assertThat(e.reason()).isNotNull();
    }
  }

  static Stream<byte[]> documentSeeds() {
    return SEEDS.stream();
  }

  static Stream<byte[]> cborSeeds() {
    return Stream.concat(SEEDS.stream(), SEEDS.stream().map(seed -> payload(seed).toByteArray()));
  }

  static Stream<byte[]> certificateSeeds() {
    byte[][] ders = OWN.ders();
    byte[] path = {};
    for (int i = 1; i < ders.length; i++) {
      byte[] length = {(byte) (ders[i].length >>> 8), (byte) ders[i].length};
      path = Cbor.join(path, length, ders[i]);
    }
    return Stream.of(path, new byte[0]);
  }

  private static List<Bytes> good() {
    return Stream.of(OWN.ders()).map(Bytes::of).toList();
  }

  /** One genuine document where the vectors are at hand, and some of our own. */
  private static List<byte[]> seeds() {
    List<byte[]> seeds = new ArrayList<>();
    seeds.add(OWN.build());
    seeds.add(Cbor.join(Cbor.hex("d2"), OWN.build()));
    seeds.add(new TestDocument().member("pcrs", TestDocument.pcrs(0)).build());
    for (String name : List.of(Vectors.PRODUCTION, Vectors.DEBUG)) {
      Vectors.attestationIfPresent(name).ifPresent(seeds::add);
    }
    return List.copyOf(seeds);
  }

  private static Set<Bytes> signed() {
    Set<Bytes> payloads = new HashSet<>();
    SEEDS.forEach(seed -> payloads.add(payload(seed)));
    return Set.copyOf(payloads);
  }

  private static Bytes payload(byte[] document) {
    try {
      return CoseSign1.read(document).payload();
    } catch (AttestationException e) {
      throw new IllegalArgumentException("not a document", e);
    }
  }
}
