package dev.occ.verifier.chain;

import dev.occ.proof.Bytes;
import java.util.ArrayDeque;
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
    private final List<Bytes> copies;
    private final int branch;
    private boolean named;

    private Tip(List<Bytes> copies, int branch) {
      this.copies = copies;
      this.branch = branch;
    }

    int branch() {
      return branch;
    }

    boolean named() {
      return named;
    }

    void nowNamed() {
      named = true;
    }
  }

  private final Deque<Tip> tips = new ArrayDeque<>();

  Optional<Tip> find(Optional<Bytes> prev) {
    if (prev.isEmpty()) {
      return Optional.empty();
    }
    for (Tip tip : tips) {
      if (tip.copies.contains(prev.get())) {
        return Optional.of(tip);
      }
    }
    return Optional.empty();
  }

  void removeNamed() {
    tips.removeIf(Tip::named);
  }

  void add(List<Bytes> copies, int branch) {
    if (tips.size() == MAX) {
      tips.removeLast();
    }
    tips.addFirst(new Tip(List.copyOf(copies), branch));
  }
}
