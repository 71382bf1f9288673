package dev.occ.verifier;

import dev.occ.agency.AuthorizedActor;
import dev.occ.agency.AuthorizedActor.Coverage;
import dev.occ.proof.Proof;
import dev.occ.verifier.Caveat.Kind;
import java.util.ArrayList;
import java.util.List;

/**
 * What of a proof its actor's signature does not cover (spec 9). The enclave's signature covers all
 * of it; this is about what the actor agreed to, and the carrier of the request could choose. An
 * intent leaves nothing to the carrier that the enclave signs.
 */
final class ActorCoverage {
  private ActorCoverage() {}

  static List<Caveat> of(AuthorizedActor actor, Proof proof) {
    if (actor.coverage() == Coverage.EVERYTHING) {
      return List.of();
    }
    String rest = String.join(", ", uncovered(proof));
    if (actor.webAuthn().isPresent()) {
      return List.of(
          new Caveat(
              Kind.ACTOR_DID_NOT_SIGN_ARTIFACT,
              "the actor's WebAuthn signature covers the enclave's challenge only: the signer says"
                  + " that it was given for this artifact ("
                  + rest
                  + " were chosen by the carrier of the request)"));
    }
    Caveat members =
        new Caveat(
            Kind.ACTOR_DID_NOT_SIGN_MEMBERS,
            "the actor did not sign " + rest + ": the carrier of the request chose them");
    return actor.coverage() == Coverage.CHALLENGE
        ? List.of(
            new Caveat(
                Kind.ACTOR_DID_NOT_SIGN_ARTIFACT,
                "the actor signed for the first artifact of the batch: the signer says that this"
                    + " one belongs to it"),
            members)
        : List.of(members);
  }

  /** The members that this proof has and that an authorization leaves to the carrier. */
  private static List<String> uncovered(Proof proof) {
    List<String> members = new ArrayList<>();
    members.add("chain");
    if (proof.principal().isPresent()) {
      members.add("principal");
    }
    if (proof.attribution().isPresent()) {
      members.add("attribution");
    }
    if (proof.policy().isPresent()) {
      members.add("policy");
    }
    members.add("the names beside the actor's key");
    return members;
  }
}
