package dev.occ.signer.soft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.occ.signer.Signer;
import dev.occ.signer.SignerException;
import dev.occ.signer.testkit.SignerContract;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SeededSoftSignerTest extends SignerContract {
  private final AtomicLong seeds = new AtomicLong();

  @Override
  protected Signer open() {
    return SeededSoftSigner.open(seeds.incrementAndGet());
  }

  @Test
  void open_sameSeed_givesTheSameKeyAndRandom() throws SignerException {
    try (SoftSigner first = SeededSoftSigner.open(9);
        SoftSigner second = SeededSoftSigner.open(9);
        SoftSigner other = SeededSoftSigner.open(10)) {
      assertThat(first.publicKey()).isEqualTo(second.publicKey()).isNotEqualTo(other.publicKey());
      byte[] random = first.random(33);
      assertThat(random).isEqualTo(second.random(33)).isNotEqualTo(other.random(33));
      assertThat(first.random(33)).isNotEqualTo(random);
    }
  }

  @Test
  void open_withSettings_keepsThem() {
    try (SoftSigner signer =
        SeededSoftSigner.open(1, SoftSigner.builder().measurement("soft:seeded"))) {
      assertThat(signer.measurement()).isEqualTo("soft:seeded");
    }
  }
}
