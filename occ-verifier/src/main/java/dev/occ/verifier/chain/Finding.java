package dev.occ.verifier.chain;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.occ.proof.Bytes;
import dev.occ.proof.Counter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A fault in the making: its chain is a number and its sources are not named yet. */
final class Finding {
  /** How many sources of one fault are named. */
  static final int MAX_SOURCES = 10;

  private final FaultReason reason;
  private final String text;
  private Optional<String> detail = Optional.empty();
  private Optional<Lanes.Lane> lane = Optional.empty();
  private Optional<Counter> after = Optional.empty();
  private Optional<Counter> counter = Optional.empty();
  private OptionalLong missing = OptionalLong.empty();
  private Optional<Source> named = Optional.empty();
  private Bytes tie = Bytes.of(new byte[0]);
  private final List<Source> sources = new ArrayList<>();
  private long sourceCount;

  Finding(FaultReason reason, String text) {
    this.reason = reason;
    this.text = text;
  }

  @CanIgnoreReturnValue
  Finding detail(String code) {
    detail = Optional.of(code);
    return this;
  }

  @CanIgnoreReturnValue
  Finding on(Lanes.Lane where, Optional<Counter> at) {
    lane = Optional.of(where);
    counter = at;
    return this;
  }

  @CanIgnoreReturnValue
  Finding after(Optional<Counter> before) {
    after = before;
    return this;
  }

  @CanIgnoreReturnValue
  Finding missingAtMost(long proofs) {
    missing = OptionalLong.of(proofs);
    return this;
  }

  /** Ends the text with what {@link SourceNames} has. */
  @CanIgnoreReturnValue
  Finding naming(Source rest) {
    named = Optional.of(rest);
    return this;
  }

  /** What tells findings of one place apart, independently of the order of the input. */
  @CanIgnoreReturnValue
  Finding tie(Bytes value) {
    tie = value;
    return this;
  }

  /** Adds sources, the first ones of which are kept. */
  @CanIgnoreReturnValue
  Finding from(List<Source> first, long total) {
    for (Source source : first) {
      if (sources.size() < MAX_SOURCES) {
        sources.add(source);
      }
    }
    sourceCount += total;
    return this;
  }

  @CanIgnoreReturnValue
  Finding from(Source source) {
    return from(List.of(source), 1);
  }

  FaultReason reason() {
    return reason;
  }

  Optional<Lanes.Lane> lane() {
    return lane;
  }

  Optional<Counter> counter() {
    return counter;
  }

  Bytes tie() {
    return tie;
  }

  ChainFault fault(SourceNames names) throws ChainException {
    String whole = named.isPresent() ? text + names.name(named.get()) : text;
    return new ChainFault(
        reason, detail, lane.map(Lanes.Lane::id), after, counter, missing, whole, names(names));
  }

  Listed<String> names(SourceNames names) throws ChainException {
    List<String> texts = new ArrayList<>();
    for (Source source : sources) {
      texts.add(names.name(source));
    }
    return new Listed<>(texts, sourceCount);
  }
}
