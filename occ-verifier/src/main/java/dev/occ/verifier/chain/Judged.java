package dev.occ.verifier.chain;

import dev.occ.proof.EpochLink;
import dev.occ.verifier.Rejected;
import java.util.List;
import java.util.Optional;

/** What became of one document. */
sealed interface Judged {
  /**
   * A proof that holds.
   *
   * @param key its chain
   * @param record what its order rests on; chain and source are still to be set
   * @param anchor what it is as an anchor
   * @param epochLink its link to an epoch before
   * @param forms what a successor may name of it, if it has members beside those of spec 7
   */
  record Valid(
      LaneKey key,
      LinkRecord record,
      AnchorReading anchor,
      Optional<EpochLink> epochLink,
      List<SealedForm> forms)
      implements Judged {}

  /**
   * A document that is no proof, or a proof that does not hold.
   *
   * @param why the rejection
   */
  record Invalid(Rejected why) implements Judged {}
}
