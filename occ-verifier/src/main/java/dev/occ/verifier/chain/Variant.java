package dev.occ.verifier.chain;

import dev.occ.proof.Bytes;
import java.util.Optional;

/**
 * A hash by which a successor may name a proof.
 *
 * @param sealed the hash
 * @param alternate whether it covers members beside those that an enclave seals (spec 7)
 * @param members what it makes of such members, if the proof has any
 */
record Variant(Bytes sealed, boolean alternate, Optional<Source> members) {
  static Variant of(LinkRecord record) {
    return new Variant(record.sealed(), record.alternate(), record.members());
  }

  /** What is to be said about a link that holds by this hash; to be completed. */
  Optional<Finding> finding() {
    return members.map(
        what ->
            new Finding(
                    alternate ? FaultReason.MEMBERS_SEALED : FaultReason.MEMBERS_ADDED,
                    "the link to the proof before holds ")
                .naming(what));
  }
}
