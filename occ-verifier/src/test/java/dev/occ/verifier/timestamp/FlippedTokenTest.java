package dev.occ.verifier.timestamp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.occ.proof.Bytes;
import dev.occ.verifier.timestamp.TimestampResult.Stamped;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Tokens with bytes changed, cut out and put in: none is believed that says anything else than the
 * authority signed. What nobody signs (the outer list of digest algorithms, for example) may
 * change.
 */
class FlippedTokenTest {
  private static final Bytes GOOD = new TestToken().build();
  private static final TimestampVerifier VERIFIER = TestToken.verifier();

  @Property(tries = 1500)
  void verify_oneBitFlipped_refusedOrTheSame(@ForAll("places") int place, @ForAll("bits") int bit) {
    byte[] token = GOOD.toByteArray();
    token[place] ^= (byte) (1 << bit);
    assertRefusedOrTheSame(token);
  }

  @Property(tries = 500)
  void verify_piecePutIn_refusedOrTheSame(
      @ForAll("places") int place, @ForAll("pieces") byte[] piece) {
    byte[] good = GOOD.toByteArray();
    byte[] token = new byte[good.length + piece.length];
    System.arraycopy(good, 0, token, 0, place);
    System.arraycopy(piece, 0, token, place, piece.length);
    System.arraycopy(good, place, token, place + piece.length, good.length - place);
    assertThat(VERIFIER.verify(Bytes.of(token), TestToken.DIGEST))
        .isInstanceOf(TimestampResult.Rejected.class);
  }

  @Property(tries = 300)
  void verify_anyBytes_refused(@ForAll byte[] token) {
    assertThat(VERIFIER.verify(Bytes.of(token), TestToken.DIGEST))
        .isInstanceOf(TimestampResult.Rejected.class);
  }

  /** Every byte of the signed content, the signed attributes and the signature counts. */
  @Property(tries = 300)
  void verify_bitOfTheSignersPartFlipped_refused(@ForAll("signersPart") int place) {
    byte[] token = GOOD.toByteArray();
    token[place] ^= 1;
    assertThat(VERIFIER.verify(Bytes.of(token), TestToken.DIGEST))
        .isInstanceOf(TimestampResult.Rejected.class);
  }

  private static void assertRefusedOrTheSame(byte[] token) {
    if (VERIFIER.verify(Bytes.of(token), TestToken.DIGEST) instanceof Stamped stamped) {
      assertThat(stamped.time()).isEqualTo(TestToken.TIME);
      assertThat(stamped.authority()).isEqualTo("Test Authority");
      assertThat(stamped.serialNumber()).isEqualTo(77);
      assertThat(stamped.chain()).hasSize(3);
    }
  }

  @Provide
  Arbitrary<Integer> places() {
    return Arbitraries.integers()
        .between(0, GOOD.size() - 1)
        .withDistribution(net.jqwik.api.RandomDistribution.uniform());
  }

  /** The last 120 bytes: message digest, ESS attribute's end and the signature. */
  @Provide
  Arbitrary<Integer> signersPart() {
    return Arbitraries.integers().between(GOOD.size() - 120, GOOD.size() - 1);
  }

  @Provide
  Arbitrary<Integer> bits() {
    return Arbitraries.integers().between(0, 7);
  }

  @Provide
  Arbitrary<byte[]> pieces() {
    return Combinators.combine(
            Arbitraries.of(0x02, 0x04, 0x05, 0x30, 0x31, 0xA0),
            Arbitraries.integers().between(0, 3))
        .as(
            (tag, length) -> {
              byte[] value = new byte[2 + length];
              value[0] = tag.byteValue();
              value[1] = length.byteValue();
              return value;
            });
  }
}
