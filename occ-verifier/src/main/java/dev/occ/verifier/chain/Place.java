package dev.occ.verifier.chain;

import dev.occ.proof.Counter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** What stands at one counter of a chain: one proof, unless something is wrong. */
final class Place {
  /** How many different proofs at one counter are followed; more are counted. */
  static final int MAX_MEMBERS = 32;

  private final List<Member> members = new ArrayList<>();
  private final ChainIndex.ChainEntry chain;
  private final Optional<Counter> counter;
  private final Consumer<Member> finished;
  private long statements;
  private Optional<Member> current = Optional.empty();

  /**
   * An empty place.
   *
   * @param chain the chain
   * @param counter the counter, absent for proofs without one
   * @param finished takes every member once all of its copies are known
   */
  Place(ChainIndex.ChainEntry chain, Optional<Counter> counter, Consumer<Member> finished) {
    this.chain = chain;
    this.counter = counter;
    this.finished = finished;
  }

  /** Adds a record; records come in their own order. */
  void add(LinkRecord record) {
    if (current.isPresent() && current.get().record().signed().equals(record.signed())) {
      current.get().add(record);
      return;
    }
    close();
    Member member = new Member(record);
    statements++;
    current = Optional.of(member);
    if (members.size() < MAX_MEMBERS) {
      members.add(member);
    }
  }

  /** Says that no more records come. */
  void close() {
    current.ifPresent(finished);
    current = Optional.empty();
  }

  ChainIndex.ChainEntry chain() {
    return chain;
  }

  Optional<Counter> counter() {
    return counter;
  }

  List<Member> members() {
    return members;
  }

  /** How many different signed statements there are. */
  long statements() {
    return statements;
  }
}
