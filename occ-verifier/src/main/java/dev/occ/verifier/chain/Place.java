package dev.occ.verifier.chain;

import dev.occ.proof.Counter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What stands at one counter of a chain: one proof, unless something is wrong. */
final class Place {
  /** How many different proofs at one counter are followed; more are counted. */
  static final int MAX_MEMBERS = 32;

  private final List<Member> members = new ArrayList<>();
  private final ChainIndex.ChainEntry chain;
  private final @Nullable Counter counter;
  private final Consumer<Member> finished;
  private long statements;
  private @Nullable Member current;

  /**
   * An empty place.
   *
   * @param chain the chain
   * @param counter the counter, absent for proofs without one
   * @param finished takes every member once all of its copies are known
   */
  Place(ChainIndex.ChainEntry chain, Optional<Counter> counter, Consumer<Member> finished) {
    this.chain = chain;
    this.counter = counter.orElse(null);
    this.finished = finished;
  }

  /** Adds a record; records come in their own order. */
  void add(LinkRecord record) {
    if (current != null && current.record().signed().equals(record.signed())) {
      current.add(record);
      return;
    }
    close();
    Member member = new Member(record);
    statements++;
    current = member;
    if (members.size() < MAX_MEMBERS) {
      members.add(member);
    }
  }

  /** Says that no more records come. */
  void close() {
    if (current != null) {
      finished.accept(current);
    }
    current = null;
  }

  ChainIndex.ChainEntry chain() {
    return chain;
  }

  Optional<Counter> counter() {
    return Optional.ofNullable(counter);
  }

  List<Member> members() {
    return members;
  }

  /** How many different signed statements there are. */
  long statements() {
    return statements;
  }
}
