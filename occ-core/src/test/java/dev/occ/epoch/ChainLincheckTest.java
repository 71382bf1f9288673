package dev.occ.epoch;

import dev.occ.proof.Bytes;
import java.util.Optional;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A chain stays one line of rising counters, whatever threads do with it at once. */
@Tag("lincheck")
public class ChainLincheckTest {
  private final Chain chain = new Chain("c");

  /** What a slot takes, without waiting for commits. */
  @Operation
  public String slot() throws EpochException {
    return chain.nextCounter().toString();
  }

  /** What a commit does: its counter, the head before it, itself as the new head. */
  @Operation
  public String commit(@Param(gen = IntGen.class, conf = "1:9") int proof) throws EpochException {
    chain.lock();
    try {
      String counter = chain.nextCounter().toString();
      Optional<Bytes> previous = chain.head();
      chain.advance(Bytes.of(new byte[] {(byte) proof}));
      return counter + " after " + previous.map(Bytes::toHex).orElse("nothing");
    } finally {
      chain.unlock();
    }
  }

  @Test
  void chain_underEverySchedule_isLinearizable() {
    new ModelCheckingOptions().iterations(5).invocationsPerIteration(60).check(getClass());
  }

  @Test
  void chain_underStress_isLinearizable() {
    new StressOptions().iterations(10).invocationsPerIteration(500).check(getClass());
  }
}
