package dev.occ.verifier.chain;

import dev.occ.proof.Bytes;
import dev.occ.proof.Counter;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * The open ends of a chain: proofs that none has named yet. One on a sound chain. Only the latest
 * are remembered; a link to a forgotten one is found in another way.
 */
final class Tips {
  private static final int MAX = 32;

  /** An end, in all of its copies, and the branch that it is on; 0 if that is not known. */
  static final class Tip {
    private final List<Variant> copies;
    private final Optional<Counter> counter;
    private final Run run;
    private int branch;
    private boolean named;

    /**
     * A new end.
     *
     * @param member the proof
     * @param run what it hangs together with
     * @param branch the branch that it is on
     */
    Tip(Member member, Run run, int branch) {
      this.copies = List.copyOf(member.variants());
      this.counter = member.record().counter();
      this.run = run;
      this.branch = branch;
    }

    Optional<Counter> counter() {
      return counter;
    }

    /** The form of the proof that a successor names. */
    Optional<Variant> named(Bytes prev) {
      return copies.stream().filter(copy -> copy.sealed().equals(prev)).findFirst();
    }

    Run run() {
      return run;
    }

    int branch() {
      return branch;
    }

    /** Says which branch it is on, now that this is known. */
    void onBranch(int number) {
      branch = number;
    }

    boolean named() {
      return named;
    }

    void nowNamed() {
      named = true;
    }

    private boolean isAbove(Tip other) {
      return counter.isPresent()
          && other.counter.isPresent()
          && counter.get().compareTo(other.counter.get()) > 0;
    }
  }

  private final Deque<Tip> tips = new ArrayDeque<>();

  Optional<Tip> find(Optional<Bytes> prev) {
    if (prev.isEmpty()) {
      return Optional.empty();
    }
    for (Tip tip : tips) {
      if (tip.named(prev.get()).isPresent()) {
        return Optional.of(tip);
      }
    }
    return Optional.empty();
  }

  /**
   * The end that a successor of another one goes past, in a run that began after that one's: of the
   * first such run that none is known to go past, the last end. Of two runs that both go on after
   * the second one has begun, the first one goes past the second in this way, so nothing is lost.
   */
  Optional<Tip> passedAfter(Tip parent) {
    return tips.stream()
        .filter(tip -> tip.isAbove(parent))
        .filter(tip -> tip.run.number() > parent.run.number() && !tip.run.passed())
        .min(Comparator.comparing(tip -> tip.run.number())); // the latest come first
  }

  void removeNamed() {
    tips.removeIf(Tip::named);
  }

  void add(Tip tip) {
    if (tips.size() == MAX) {
      tips.removeLast();
    }
    tips.addFirst(tip);
  }
}
