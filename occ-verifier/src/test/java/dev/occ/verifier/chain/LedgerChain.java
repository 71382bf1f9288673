package dev.occ.verifier.chain;

import dev.occ.json.JsonException;
import dev.occ.json.JsonObject;
import dev.occ.json.JsonString;
import dev.occ.proof.AnchoredBlock;
import dev.occ.proof.Bytes;
import dev.occ.proof.Proof;
import java.util.Optional;

/** A chain of a ledger: good proofs in a row, and faults where it is told to plant them. */
final class LedgerChain {
  /** Takes documents and what is expected to be found. */
  interface Sink {
    void document(JsonObject json);

    void expect(FaultReason reason, String where);
  }

  final LedgerEpoch epoch;
  final String name;
  private final Sink sink;
  private long counter;
  private long firstBlock;
  private long anchors;
  private Optional<Proof> head = Optional.empty();
  private Optional<Bytes> beforeHead = Optional.empty();

  LedgerChain(LedgerEpoch epoch, String name, Sink sink) {
    this.epoch = epoch;
    this.name = name;
    this.sink = sink;
  }

  /** Gives the chain block numbers of its own. */
  LedgerChain anchoredFrom(long block) {
    firstBlock = block;
    return this;
  }

  /** Slot and commit at the next two counters, linked to the head. */
  LedgerEpoch.Plan plan() {
    return new LedgerEpoch.Plan(name, counter + 1, counter + 2).prev(prev());
  }

  Optional<Bytes> prev() {
    return head.map(Proof::sealedHash);
  }

  Optional<Bytes> beforeHead() {
    return beforeHead;
  }

  long counter() {
    return counter;
  }

  /** Passes over counters, as expired slots do. */
  void skip(long counters) {
    counter += counters;
  }

  /** Signs, and makes the proof the head; the document is not given to anybody. */
  Proof advance(LedgerEpoch.Plan plan) {
    Proof proof = epoch.sign(plan);
    beforeHead = prev();
    head = Optional.of(proof);
    counter = Math.max(counter, plan.counter);
    return proof;
  }

  /** A proof as it should be. */
  Proof good() {
    return give(advance(plan()));
  }

  void good(int proofs) {
    for (int i = 0; i < proofs; i++) {
      give(advance(plan()));
    }
  }

  Proof give(Proof proof) {
    sink.document(proof.json());
    return proof;
  }

  void give(JsonObject json) {
    sink.document(json);
  }

  /** An anchor of the next block. */
  Proof anchor() {
    return give(advance(plan().anchor(block(anchors++))));
  }

  AnchoredBlock block(long index) {
    long number = firstBlock + index;
    return new AnchoredBlock(number, LedgerEpoch.sha256("block " + number));
  }

  long anchors() {
    return anchors;
  }

  void expect(FaultReason reason, long at) {
    sink.expect(reason, where(name, at));
  }

  void expect(FaultReason reason, String where) {
    sink.expect(reason, where);
  }

  static String where(String chain, long counter) {
    return chain + " " + counter;
  }

  /** The object with a member of one of its objects changed. */
  static JsonObject with(JsonObject json, String part, String member, String text) {
    JsonObject changed =
        ((JsonObject) json.get(part).orElse(JsonObject.empty())).with(member, new JsonString(text));
    return json.with(part, changed);
  }

  static Proof proof(JsonObject json) {
    try {
      return Proof.of(json);
    } catch (JsonException e) {
      throw new AssertionError(e);
    }
  }
}
