package dev.occ.signer.nitro;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class EntropyMixerTest {
  /** RFC 5869 written out with the JDK's HMAC: what goes into the key, and nothing else. */
  @Test
  void secret_knownEntropy_isHkdfOfBoth() throws Exception {
    byte[] random = new byte[256];
    Arrays.fill(random, (byte) 1);
    byte[] answer = TestCbor.encode(Map.of("GetRandom", Map.of("random", random)));
    Nsm nsm = new Nsm(FakeNsm.measured().answering(a -> answer.clone()));

    byte[] keyMaterial = new byte[128];
    Arrays.fill(keyMaterial, 0, 64, (byte) 1);
    Arrays.fill(keyMaterial, 64, 128, (byte) 2);
    byte[] pseudoRandomKey = hmac(ascii("dev.occ.signer.nitro"), keyMaterial);
    byte[] block = hmac(pseudoRandomKey, ascii("occ/1 Ed25519 secret key, NSM and JDK entropy\1"));

    assertThat(EntropyMixer.secret(new NsmRandom(nsm), filling(new ArrayList<>()), 32))
        .isEqualTo(Arrays.copyOf(block, 32));
  }

  @Test
  void secret_always_wipesThePlatformsContribution() throws Exception {
    List<byte[]> drawn = new ArrayList<>();
    Nsm nsm = new Nsm(FakeNsm.measured());
    assertThat(EntropyMixer.secret(new NsmRandom(nsm), filling(drawn), 32)).hasSize(32);
    assertThat(drawn).hasSize(1);
    assertThat(drawn.get(0)).containsOnly(0);
  }

  private static SecureRandom filling(List<byte[]> drawn) {
    return new SecureRandom() {
      private static final long serialVersionUID = 1L;

      @Override
      public void nextBytes(byte[] bytes) {
        Arrays.fill(bytes, (byte) 2);
        drawn.add(bytes);
      }
    };
  }

  private static byte[] hmac(byte[] key, byte[] data) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA512");
    mac.init(new SecretKeySpec(key, "HmacSHA512"));
    return mac.doFinal(data);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
