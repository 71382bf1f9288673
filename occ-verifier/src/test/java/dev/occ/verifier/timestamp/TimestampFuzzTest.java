package dev.occ.verifier.timestamp;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.occ.json.JsonException;
import dev.occ.proof.Bytes;
import dev.occ.verifier.timestamp.TimestampResult.Stamped;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Encoding;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Fuzz targets for everything that reads a timestamp token. In the usual build each runs over its
 * seeds only; to fuzz one for its 60 seconds:
 *
 * <pre>{@code
 * JAZZER_FUZZ=1 ./mvnw -pl occ-verifier -am test -Djacoco.skip=true -Djazzer.hooks=true \
 *   -Dsurefire.failIfNoSpecifiedTests=false -Dtest='TimestampFuzzTest#token'
 * }</pre>
 *
 * <p>and the same with {@code der}. Findings appear under {@code src/test/resources} and stay there
 * as regression inputs.
 */
final class TimestampFuzzTest {
  private static final Bytes OWN = new TestToken().build();
  private static final TimestampVerifier VERIFIER = verifier();

  /** Any bytes give a value, and nothing is believed that no authority has signed. */
  @MethodSource("seeds")
  @FuzzTest(maxDuration = "60s")
  void token(byte[] input) {
    for (Bytes digest : digests()) {
      if (VERIFIER.verify(Bytes.of(input), digest) instanceof Stamped stamped) {
        assertThat(stamped.digest()).isEqualTo(digest);
        assertThat(Set.of("Test Authority", "www.freetsa.org")).contains(stamped.authority());
        assertThat(Set.of(TestToken.TIME.toString(), "2026-03-21T17:30:53Z"))
            .contains(stamped.time().toString());
      }
    }
  }

  /** What the guard lets through is written again as the same bytes. */
  @MethodSource("seeds")
  @FuzzTest(maxDuration = "60s")
  void der(byte[] input) throws IOException {
    try {
      assertThat(DerGuard.read(input).getEncoded(ASN1Encoding.DL)).isEqualTo(input);
    } catch (TimestampException e) {
      assertThat(e.reason()).isNotNull();
    }
  }

  static Stream<byte[]> seeds() throws JsonException {
    List<byte[]> seeds = new ArrayList<>();
    seeds.add(OWN.toByteArray());
    seeds.add(new byte[] {0x30, 0});
    if (Vectors.present()) {
      seeds.add(RealTokensTest.token(Vectors.proof(Vectors.PROOF_18)).toByteArray());
    }
    return seeds.stream();
  }

  private static List<Bytes> digests() {
    return Vectors.present()
        ? List.of(TestToken.DIGEST, Vectors.proof(Vectors.PROOF_18).artifactDigest())
        : List.of(TestToken.DIGEST);
  }

  private static TimestampVerifier verifier() {
    try {
      return TimestampVerifier.builder()
          .root(TestToken.ROOT.der())
          .rootSha256(Bytes.fromHex(Vectors.FREETSA_ROOT))
          .build();
    } catch (JsonException e) {
      throw new AssertionError(e);
    }
  }
}
