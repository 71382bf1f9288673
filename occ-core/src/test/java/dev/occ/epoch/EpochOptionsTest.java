package dev.occ.epoch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.occ.json.JsonObject;
import dev.occ.proof.Bytes;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EpochOptionsTest {
  private final EpochOptions.Builder builder = EpochOptions.builder();

  @Test
  void defaults_always_areThoseOfTheSpecification() {
    EpochOptions options = EpochOptions.DEFAULT;
    assertThat(options.slotTtl()).isEqualTo(Duration.ofMinutes(2));
    assertThat(options.maxPendingSlots()).isEqualTo(1000);
    assertThat(options.maxChains()).isEqualTo(10_000);
    assertThat(options.maxTextLength()).isEqualTo(1024);
    assertThat(options.maxObjectBytes()).isEqualTo(64 * 1024);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "PT-1S", "PT24H0.000000001S", "P106751991167300D"})
  void slotTtl_outOfRange_isRefused(String ttl) {
    assertThatIllegalArgumentException().isThrownBy(() -> builder.slotTtl(Duration.parse(ttl)));
  }

  @Test
  void slotTtl_atTheEndsOfItsRange_isKept() {
    for (Duration ttl : List.of(Duration.ofNanos(1), Duration.ofDays(1))) {
      assertThat(builder.slotTtl(ttl).build().slotTtl()).isEqualTo(ttl);
    }
  }

  @Test
  void requireChainId_unusable_isRefusedAsByTheEpoch() throws EpochException {
    EpochOptions options = builder.maxTextLength(3).build();
    options.requireChainId("abc");
    for (String name : new String[] {"", "abcd", "\ud800"}) {
      assertThatThrownBy(() -> options.requireChainId(name))
          .isInstanceOfSatisfying(
              EpochException.class,
              e -> assertThat(e.reason()).isEqualTo(EpochException.Reason.INVALID_CHAIN_ID));
    }
  }

  @Test
  void requireWithinLimits_tooLarge_isRefusedBeforeASlotIsMade() throws Exception {
    EpochOptions options = builder.maxObjectBytes(16).build();
    Bytes digest = Bytes.sha256(new byte[0]);
    options.requireWithinLimits(CommitRequest.of("", digest));
    JsonObject large = JsonObject.builder().put("x", "y".repeat(20)).build();
    assertThatThrownBy(
            () ->
                options.requireWithinLimits(
                    CommitRequest.builder("", digest).metadata(large).build()))
        .isInstanceOfSatisfying(
            EpochException.class,
            e -> assertThat(e.reason()).isEqualTo(EpochException.Reason.REQUEST_TOO_LARGE));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
  void counts_belowOne_areRefused(int count) {
    assertThatIllegalArgumentException().isThrownBy(() -> builder.maxPendingSlots(count));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.maxChains(count));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.maxTextLength(count));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.maxObjectBytes(count));
  }

  @Test
  void sizes_aboveWhatAProofCanHold_areRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> builder.maxTextLength(16_385));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.maxObjectBytes(131_073));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.maxObjectBytes(1));
    EpochOptions options = builder.maxTextLength(16_384).maxObjectBytes(2).maxChains(1).build();
    assertThat(options.maxTextLength()).isEqualTo(16_384);
    assertThat(options.maxObjectBytes()).isEqualTo(2);
    assertThat(options.maxChains()).isEqualTo(1);
  }
}
