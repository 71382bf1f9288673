package dev.occ.verifier.cli.chain;

import dev.occ.verifier.chain.FaultReason;

/** What each finding means, for people. */
final class FaultTexts {
  private FaultTexts() {}

  static String of(FaultReason reason) {
    return switch (reason) {
      case INVALID_PROOF ->
          "These documents are not valid proofs. Their place on a chain is ignored, so a damaged proof"
              + " also leaves a gap.";
      case GAP ->
          "A proof names a predecessor that was not given: proofs between the two counters are missing"
              + " or damaged.";
      case MISSING_START -> "The start of a chain is missing.";
      case BROKEN_LINK ->
          "A proof names a predecessor that cannot exist: every lower counter is in use.";
      case FIRST_WITH_PREV -> "The first proof of a chain names a predecessor.";
      case LATER_WITHOUT_PREV ->
          "A proof names no predecessor although earlier proofs exist: the chain was restarted.";
      case FORK_COUNTER ->
          "The key signed different proofs for one counter: there are two histories.";
      case FORK_PREV -> "The key signed different successors of the same proof.";
      case FORK_SLOT -> "One slot was used for different proofs.";
      case SLOT_COUNTER_TWICE -> "The key signed different slots with the same counter.";
      case SLOT_AND_COMMIT -> "A slot and a commit have the same counter.";
      case COUNTER_NOT_INCREASING -> "A proof's counter is not higher than its predecessor's.";
      case COUNTER_MISSING -> "A proof without a counter has no place on its chain.";
      case FOREIGN_KEY ->
          "Proofs of different keys name the same epoch, and an epoch has one key. A policy with"
              + " allowedPublicKeys selects the right one.";
      case FOREIGN_EPOCH -> "One key signed for different epochs.";
      case FOREIGN_LINK -> "A proof names a proof of another chain as its predecessor.";
      case ALTERED_COPY ->
          "Copies of a proof differ outside the signature, for example in their metadata. The link of"
              + " the successor shows which one the enclave sealed.";
      case ANCHOR_INVALID ->
          "A proof claims to be an Ethereum anchor but does not have the form of one.";
      case ANCHOR_BACKWARDS ->
          "A later anchor names an earlier block, so anchors were not made from the newest block.";
      case ANCHOR_CONFLICT ->
          "Anchors contradict each other: at most one of them names a real block of the chain.";
      case EPOCH_FORK -> "Different epochs name the same proof as their predecessor.";
      case EPOCH_LINK_CONFLICT -> "Proofs of one epoch name different predecessor epochs.";
      case EPOCH_LINK_MISPLACED ->
          "A proof that is not the first of its epoch has a link to the previous epoch.";
      case EPOCH_ORDER_CONFLICT ->
          "An epoch names a predecessor that its anchors, or the links, place after it.";
      case DUPLICATE -> "The same proof was given more than once, which is harmless.";
      case FORK_BYPASS ->
          "A proof names a predecessor and skips a proof between the two: there are two histories.";
      case MEMBERS_ADDED ->
          "A proof carries members that were added outside the enclave; the link holds without them.";
      case MEMBERS_SEALED ->
          "A proof carries members that this version does not know an enclave to seal; the link shows"
              + " that they were sealed.";
    };
  }
}
