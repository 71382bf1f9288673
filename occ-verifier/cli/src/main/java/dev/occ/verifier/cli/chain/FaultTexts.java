package dev.occ.verifier.cli.chain;

import dev.occ.verifier.chain.FaultReason;

/** What each finding means, for people. */
final class FaultTexts {
  private FaultTexts() {}

  static String of(FaultReason reason) {
    return switch (reason) {
      case INVALID_PROOF ->
          "These documents are no proofs, or proofs that do not hold. What they say about their chain"
              + " counts for nothing, so a proof that was damaged also leaves a gap.";
      case GAP ->
          "A proof names a predecessor that was not given: the proofs between the two counters are"
              + " missing, or were damaged.";
      case MISSING_START ->
          "The first proof given of a chain is not its first: the beginning is missing.";
      case BROKEN_LINK ->
          "A proof names a predecessor that cannot exist: every counter before it is taken.";
      case FIRST_WITH_PREV -> "Nothing can be before this proof, and yet it names a predecessor.";
      case LATER_WITHOUT_PREV ->
          "A proof names no predecessor although others were before it: the chain was begun again.";
      case FORK_COUNTER ->
          "The key signed different proofs for one place: two histories were told.";
      case FORK_PREV -> "The key signed different proofs as the next one after the same proof.";
      case FORK_SLOT -> "One slot was used for different proofs; a slot is for one only.";
      case SLOT_COUNTER_TWICE -> "The key signed different slots with one counter.";
      case SLOT_AND_COMMIT -> "A slot and a commit have the same counter.";
      case COUNTER_NOT_INCREASING -> "A proof's counter is not above that of its predecessor.";
      case COUNTER_MISSING -> "A proof without a counter has no place on its chain.";
      case FOREIGN_KEY ->
          "An epoch has one key. Proofs of another key name the same epoch; which key is the right"
              + " one, a policy with allowedPublicKeys can say.";
      case FOREIGN_EPOCH -> "A key belongs to one epoch, and this one speaks for another, too.";
      case FOREIGN_LINK -> "A proof names a proof of another chain as its predecessor.";
      case ALTERED_COPY ->
          "Copies differ in a part that no signature covers, for instance in their metadata. The"
              + " successor's link tells which one the enclave sealed.";
      case ANCHOR_INVALID -> "A proof calls itself an Ethereum anchor and is not formed like one.";
      case ANCHOR_BACKWARDS ->
          "A later anchor names an earlier block, so anchors were not made from the newest block.";
      case ANCHOR_CONFLICT ->
          "Anchors contradict each other: at most one of them names a real block of the chain.";
      case EPOCH_FORK -> "Different epochs say that they follow the same proof.";
      case EPOCH_LINK_CONFLICT -> "Proofs of one epoch name different predecessors of it.";
      case EPOCH_LINK_MISPLACED -> "A link to the epoch before belongs on a first proof only.";
      case EPOCH_ORDER_CONFLICT ->
          "An epoch names a predecessor that its anchors, or the links, place after it.";
      case DUPLICATE -> "The same sealed proof was given more than once. That is harmless.";
      case FORK_BYPASS ->
          "A proof names a predecessor and leaves out a proof that stands between the two: they are"
              + " of two histories.";
    };
  }
}
