package dev.occ.verifier.chain;

import dev.occ.proof.Commit;
import dev.occ.verifier.AnchorReading;
import dev.occ.verifier.Rejected;
import java.util.List;

/** What became of one document. */
sealed interface Judged {
  /**
   * A proof that holds.
   *
   * @param key its chain
   * @param record what its order rests on; chain and source are still to be set
   * @param anchor what it is as an anchor
   * @param commit its floors, and its link to an epoch before
   * @param forms what a successor may name of it, if it has members beside those of spec 7
   */
  record Valid(
      ChainKey key, LinkRecord record, AnchorReading anchor, Commit commit, List<SealedForm> forms)
      implements Judged {}

  /**
   * A document that is no proof, or a proof that does not hold.
   *
   * @param why the rejection
   */
  record Invalid(Rejected why) implements Judged {}
}
