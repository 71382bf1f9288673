package dev.occ.epoch;

import static dev.occ.epoch.EpochChecks.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.occ.epoch.EpochException.Reason;
import dev.occ.proof.Bytes;
import dev.occ.proof.Counter;
import org.junit.jupiter.api.Test;

class ChainTest {
  @Test
  void nextCounter_ofANewChain_startsAtOneAndRises() throws Exception {
    Chain chain = new Chain("c");
    assertThat(chain.nextCounter()).isEqualTo(Counter.of(1));
    assertThat(chain.nextCounter()).isEqualTo(Counter.of(2));
  }

  @Test
  void nextCounter_acrossTheSignBit_goesOn() throws Exception {
    Chain chain = new Chain("c", Counter.of(Long.MAX_VALUE));
    assertThat(chain.nextCounter()).hasToString("9223372036854775808");
  }

  @Test
  void nextCounter_afterTheLast_isRefusedForever() throws Exception {
    Chain chain = new Chain("c", Counter.parse("18446744073709551614"));
    assertThat(chain.nextCounter()).isEqualTo(Counter.MAX);
    assertRefused(chain::nextCounter, Reason.COUNTER_EXHAUSTED);
    assertRefused(chain::nextCounter, Reason.COUNTER_EXHAUSTED);
  }

  @Test
  void writtenId_ofTheDefaultChain_isAbsent() {
    assertThat(new Chain("global").writtenId()).isEmpty();
    assertThat(new Chain("Global").writtenId()).contains("Global");
  }

  @Test
  void head_withoutTheLock_isRefused() {
    Chain chain = new Chain("c");
    Bytes hash = Bytes.of(new byte[32]);
    assertThatIllegalStateException().isThrownBy(chain::head);
    assertThatIllegalStateException().isThrownBy(() -> chain.advance(hash));
    chain.lock();
    assertThat(chain.head()).isEmpty();
    chain.advance(hash);
    assertThat(chain.head()).contains(hash);
    assertThatIllegalStateException().as("a second commit of one thread").isThrownBy(chain::lock);
    chain.unlock();
  }
}
