package dev.occ.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.occ.proof.Bytes;
import dev.occ.signer.soft.SoftSigner;
import dev.occ.verifier.crypto.CryptoProvider;
import dev.occ.verifier.crypto.Ed25519PublicKey;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class EpochKeysTest {
  private final EpochKeys keys = new EpochKeys(CryptoProvider.bouncyCastle());

  @Test
  void key_askedForTwice_isDecodedOnce() throws Exception {
    Bytes encoded = publicKey();
    Ed25519PublicKey first = keys.key(encoded).orElseThrow();
    assertThat(keys.key(Bytes.of(encoded.toByteArray()))).containsSame(first);
    assertThat(keys.key(publicKey()).orElseThrow()).isNotSameAs(first);
    assertThat(keys.size()).isEqualTo(2);
  }

  @Test
  void key_thatIsNone_isRefusedEachTimeAndNotKept() {
    for (int i = 0; i < 2; i++) {
      assertThat(keys.key(Bytes.of(new byte[32]))).isEmpty();
      assertThat(keys.key(Bytes.of(new byte[31]))).isEmpty();
    }
    assertThat(keys.size()).isZero();
  }

  @Test
  void key_ofMoreEpochsThanAreKept_pushesOutTheLeastRecentlyUsed() throws Exception {
    List<Bytes> encoded = new ArrayList<>();
    for (int i = 0; i < 257; i++) {
      encoded.add(publicKey());
    }
    Ed25519PublicKey first = keys.key(encoded.get(0)).orElseThrow();
    Ed25519PublicKey second = keys.key(encoded.get(1)).orElseThrow();
    for (Bytes key : encoded) {
      assertThat(keys.key(key)).isPresent();
      assertThat(keys.key(encoded.get(0))).containsSame(first);
    }
    assertThat(keys.size()).isEqualTo(256);
    assertThat(keys.key(encoded.get(1)).orElseThrow()).isNotSameAs(second);
  }

  private static Bytes publicKey() throws Exception {
    try (SoftSigner signer = SoftSigner.open()) {
      return Bytes.of(signer.publicKey());
    }
  }
}
