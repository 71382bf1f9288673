package dev.occ.verifier.chain;

import dev.occ.proof.Bytes;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The proofs that hang together by links that were followed. A run begins at a proof whose link
 * could not be followed; where that one leads, only {@link LinkJoin} finds out.
 */
final class Run {
  private final int number;
  private final @Nullable Bytes link;
  private boolean passed;

  /**
   * A new run.
   *
   * @param number from 1 on its chain, in the order of the counters
   * @param link what its first proof names
   */
  Run(int number, Optional<Bytes> link) {
    this.number = number;
    this.link = link.orElse(null);
  }

  int number() {
    return number;
  }

  Optional<Bytes> link() {
    return Optional.ofNullable(link);
  }

  /** Whether it is known already that other proofs go past this run. */
  boolean passed() {
    return passed;
  }

  void nowPassed() {
    passed = true;
  }
}
