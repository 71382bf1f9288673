package dev.occ.verifier.chain;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.occ.proof.Bytes;
import dev.occ.proof.Counter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** A fault in the making: its chain is a number and its sources are not named yet. */
final class Finding {
  /** How many sources of one fault are named. */
  static final int MAX_SOURCES = 10;

  private final FaultReason reason;
  private final String text;
  private @Nullable String detail;
  private ChainIndex.@Nullable ChainEntry chain;
  private @Nullable Counter after;
  private @Nullable Counter counter;
  private OptionalLong missing = OptionalLong.empty();
  private @Nullable Source named;
  private Bytes tie = Bytes.of(new byte[0]);
  private boolean authenticated;
  private final List<Source> sources = new ArrayList<>();
  private long sourceCount;

  Finding(FaultReason reason, String text) {
    this.reason = reason;
    this.text = text;
  }

  @CanIgnoreReturnValue
  Finding detail(String code) {
    detail = code;
    return this;
  }

  @CanIgnoreReturnValue
  Finding on(ChainIndex.ChainEntry where, Optional<Counter> at) {
    chain = where;
    counter = at.orElse(null);
    return this;
  }

  @CanIgnoreReturnValue
  Finding after(Optional<Counter> before) {
    after = before.orElse(null);
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
    named = rest;
    return this;
  }

  /** Says whether it is about authenticated anchors, which no client can make; those come first. */
  @CanIgnoreReturnValue
  Finding authenticated(boolean is) {
    authenticated = is;
    return detail(is ? "authenticated" : "not-authenticated");
  }

  boolean isAuthenticated() {
    return authenticated;
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

  Optional<ChainIndex.ChainEntry> chain() {
    return Optional.ofNullable(chain);
  }

  Optional<Counter> counter() {
    return Optional.ofNullable(counter);
  }

  Bytes tie() {
    return tie;
  }

  ChainFault fault(SourceNames names) throws ChainException {
    String whole = named == null ? text : text + names.name(named);
    return new ChainFault(
        reason,
        Optional.ofNullable(detail),
        chain().map(ChainIndex.ChainEntry::id),
        Optional.ofNullable(after),
        counter(),
        missing,
        whole,
        names(names));
  }

  Listed<String> names(SourceNames names) throws ChainException {
    List<String> texts = new ArrayList<>();
    for (Source source : sources) {
      texts.add(names.name(source));
    }
    return new Listed<>(texts, sourceCount);
  }
}
