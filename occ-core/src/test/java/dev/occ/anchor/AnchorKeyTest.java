package dev.occ.anchor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.occ.json.JsonException;
import dev.occ.proof.Bytes;
import dev.occ.proof.ProtocolName;
import dev.occ.testing.Blocks;
import dev.occ.testing.Ed25519Check;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnchorKeyTest {
  private static final AnchorScope SCOPE = new AnchorScope(ProtocolName.OCC, "epoch", "global");

  /** RFC 8032 section 7.1, tests 1 to 3. */
  @ParameterizedTest
  @CsvSource({
    "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60,"
        + "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
    "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb,"
        + "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
    "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7,"
        + "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025"
  })
  void publicKey_ofSeed_isThatOfTheStandard(String seed, String publicKey) {
    try (AnchorSigner signer = AnchorSigner.ofSeed(HexFormat.of().parseHex(seed))) {
      assertThat(signer.publicKey().encoded().toHex()).isEqualTo(publicKey);
    }
  }

  @Test
  void verifies_claimOfItsSigner_isThatOfAnotherImplementationToo() {
    try (AnchorSigner signer = AnchorSigner.ofSeed(seed(7))) {
      AnchorClaim claim = signer.claim(Blocks.block(5), SCOPE);
      assertThat(signer.publicKey().verifies(claim, SCOPE)).isTrue();
      assertThat(
              Ed25519Check.verifies(
                  signer.publicKey().encoded(),
                  SCOPE.signedBytes(claim.block()),
                  claim.signature()))
          .isTrue();
    }
  }

  @Test
  void verifies_anythingElse_isFalse() {
    AnchorKey key = Blocks.ANCHORER.publicKey();
    AnchorClaim claim = Blocks.ANCHORER.claim(Blocks.block(5), SCOPE);
    assertThat(key.verifies(new AnchorClaim(Blocks.block(6), claim.signature()), SCOPE)).isFalse();
    for (AnchorScope other :
        new AnchorScope[] {
          new AnchorScope(ProtocolName.BITGRAPH, "epoch", "global"),
          new AnchorScope(ProtocolName.OCC, "epoch2", "global"),
          new AnchorScope(ProtocolName.OCC, "epoch", "other")
        }) {
      assertThat(key.verifies(claim, other)).as(other.toString()).isFalse();
    }
    try (AnchorSigner another = AnchorSigner.ofSeed(seed(1))) {
      assertThat(another.publicKey().verifies(claim, SCOPE)).isFalse();
    }
    for (int i = 0; i < 64; i++) {
      byte[] changed = claim.signature().toByteArray();
      changed[i] ^= 1;
      assertThat(key.verifies(new AnchorClaim(claim.block(), Bytes.of(changed)), SCOPE))
          .as("byte %d", i)
          .isFalse();
    }
  }

  /** S plus the order of the group: the same equation, another text. */
  @Test
  void verifies_signatureNotBelowTheOrder_isFalse() {
    AnchorClaim claim = Blocks.ANCHORER.claim(Blocks.block(5), SCOPE);
    byte[] signature = claim.signature().toByteArray();
    BigInteger order =
        BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));
    byte[] s = reversed(Arrays.copyOfRange(signature, 32, 64));
    byte[] raised = new BigInteger(1, s).add(order).toByteArray();
    byte[] padded = new byte[32];
    System.arraycopy(raised, 0, padded, 32 - raised.length, raised.length);
    System.arraycopy(reversed(padded), 0, signature, 32, 32);
    assertThat(
            Blocks.ANCHORER
                .publicKey()
                .verifies(new AnchorClaim(claim.block(), Bytes.of(signature)), SCOPE))
        .isFalse();
  }

  /** With these, whoever likes can find signatures; and 2 is the y of no point. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "0100000000000000000000000000000000000000000000000000000000000000",
        "0100000000000000000000000000000000000000000000000000000000000080",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0000000000000000000000000000000000000000000000000000000000000080",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
        "0200000000000000000000000000000000000000000000000000000000000000",
        "00",
        ""
      })
  void of_noUsableKey_isRefused(String hex) throws JsonException {
    Bytes encoded = Bytes.fromHex(hex);
    assertThatIllegalArgumentException().isThrownBy(() -> AnchorKey.of(encoded));
    assertThatIllegalArgumentException().isThrownBy(() -> AnchorKey.parse(encoded.toBase64()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "x", "L/zyqG3111Y0hEyKF6NIKI4amSvSBBQxGMjdjLa2520"})
  void parse_notBase64OfAKey_isRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> AnchorKey.parse(text));
  }

  @Test
  void parse_ownText_isTheSameKey() {
    AnchorKey key = Blocks.ANCHORER.publicKey();
    assertThat(AnchorKey.parse(key.toString()).encoded()).isEqualTo(key.encoded());
  }

  @Test
  void claim_closedSigner_isRefused() {
    AnchorSigner signer = AnchorSigner.ofSeed(seed(3));
    signer.close();
    signer.close();
    assertThatIllegalStateException().isThrownBy(() -> signer.claim(Blocks.block(1), SCOPE));
  }

  @Test
  void toString_signer_holdsTheirPublicHalfOnly() {
    byte[] seed = seed(9);
    try (AnchorSigner signer = AnchorSigner.ofSeed(seed)) {
      Arrays.fill(seed, (byte) 0); // the signer has its own copy
      assertThat(signer.publicKey().verifies(signer.claim(Blocks.block(1), SCOPE), SCOPE)).isTrue();
      assertThat(signer.toString())
          .contains(signer.publicKey().toString())
          .doesNotContain(Bytes.of(seed(9)).toBase64());
    }
  }

  @Test
  void ofSeed_anotherLength_isRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> AnchorSigner.ofSeed(new byte[31]));
    assertThatIllegalArgumentException().isThrownBy(() -> AnchorSigner.ofSeed(new byte[64]));
  }

  private static byte[] seed(int value) {
    byte[] seed = new byte[32];
    Arrays.fill(seed, (byte) value);
    return seed;
  }

  private static byte[] reversed(byte[] bytes) {
    byte[] reversed = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      reversed[i] = bytes[bytes.length - 1 - i];
    }
    return reversed;
  }
}
