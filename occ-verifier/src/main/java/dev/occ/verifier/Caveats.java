package dev.occ.verifier;

import dev.occ.agency.AuthorizedActor.Coverage;
import dev.occ.proof.Commit;
import dev.occ.proof.Environment;
import dev.occ.verifier.Caveat.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Computes what a verdict does not show from what was required and what was found, once for every
 * output. Where a policy came from plays no part: an empty policy file asks for no more than no
 * policy.
 */
final class Caveats {
  /** Registers that name an operator: the IAM role, the instance, the image's signing key. */
  private static final Set<Integer> OPERATOR_PCRS = Set.of(3, 4, 8);

  private static final String OPERATOR =
      "PCR0 names code, and anyone can run that code (a public key, PCR3, PCR4 or PCR8 names an"
          + " operator)";

  private final VerificationPolicy policy;
  private final List<Caveat> found = new ArrayList<>();

  private Caveats(VerificationPolicy policy) {
    this.policy = policy;
  }

  /** What a proof under this policy may lack, whatever proof it is. */
  static List<Caveat> of(VerificationPolicy policy) {
    Caveats caveats = new Caveats(policy);
    caveats.addRequired();
    caveats.addActorRequired();
    caveats.addNames(policy.has(Rule.REQUIRE_ACTOR_INTENT));
    return List.copyOf(caveats.found);
  }

  /** What a proof does not show that went through every step. */
  static List<Caveat> of(VerificationPolicy policy, VerificationRun run) {
    Caveats caveats = new Caveats(policy);
    run.attested()
        .ifPresentOrElse(caveats::addAttested, () -> caveats.addNotAttested(environment(run)));
    if (run.artifact().isEmpty()) {
      caveats.add(Kind.ARTIFACT_NOT_COMPARED, "no artifact was compared with the proof");
    }
    if (!run.passed(Check.Step.SLOT)) {
      caveats.add(
          Kind.SLOT_ABSENT,
          "the proof has no slot: the nonce may have been chosen after the digest");
    }
    run.actor().ifPresent(actor -> caveats.found.addAll(ActorCoverage.of(actor, run.proof())));
    caveats.addNames(
        run.actor().filter(actor -> actor.coverage() == Coverage.EVERYTHING).isPresent());
    caveats.addBlocks(EthereumAnchor.read(run.proof()), run.proof().commit(), run.floor());
    caveats.addHistorical(run.historicalForms());
    return List.copyOf(caveats.found);
  }

  private static Environment environment(VerificationRun run) {
    return run.proof().environment();
  }

  private void addRequired() {
    if (!policy.needsAttestation()) {
      if (!policy.has(Rule.ALLOWED_PUBLIC_KEYS)) {
        add(
            Kind.INTEGRITY_ONLY,
            "the policy requires neither an attestation nor a public key: a proof that anyone made"
                + " with a key of their own fulfils it");
      }
      if (policy.has(Rule.ALLOWED_MEASUREMENTS)) {
        add(
            Kind.MEASUREMENT_NOT_ATTESTED,
            "allowedMeasurements without requireAttestation compares what the signer says about"
                + " itself");
      }
    } else {
      if (!policy.has(Rule.ALLOWED_MEASUREMENTS)) {
        add(Kind.MEASUREMENT_NOT_REQUIRED, "the policy accepts any attested code");
      }
      if (!pinsOperator()) {
        add(Kind.OPERATOR_NOT_PINNED, "the policy pins nothing of the operator: " + OPERATOR);
      }
    }
    if (policy.has(Rule.ALLOW_DEBUG_ENCLAVE)) {
      add(
          Kind.DEBUG_ENCLAVE,
          "the policy accepts debug enclaves, whose parent can read the signing key");
    }
    if (policy.has(Rule.HISTORICAL)) {
      add(Kind.HISTORICAL_FORM, "the policy accepts historical forms of proofs");
    }
  }

  /** An actor is asked for, and one whose signature covers little is enough. */
  private void addActorRequired() {
    boolean asked =
        policy.has(Rule.REQUIRE_ACTOR)
            || policy.has(Rule.ALLOWED_ACTOR_KEY_IDS)
            || policy.has(Rule.ALLOWED_ACTOR_PROVIDERS)
            || policy.has(Rule.ALLOWED_ORIGINS);
    if (asked && !policy.has(Rule.REQUIRE_ACTOR_INTENT)) {
      add(
          Kind.ACTOR_DID_NOT_SIGN_MEMBERS,
          "the policy accepts an actor whose signature covers only the digest or the challenge"
              + " (requireActorIntent asks for an intent)");
    }
  }

  private void addNotAttested(Environment environment) {
    if (!policy.has(Rule.ALLOWED_PUBLIC_KEYS)) {
      add(
          Kind.INTEGRITY_ONLY,
          "only integrity was checked: anyone can make such a proof with a key of their own");
    }
    String claims =
        ": nothing about hardware was shown, tier "
            + environment.enforcement().wireName()
            + " and the measurement are what the signer says about itself";
    if (environment.attestation().isEmpty()) {
      add(Kind.ATTESTATION_ABSENT, "the proof has no attestation" + claims);
    } else {
      add(Kind.ATTESTATION_NOT_CHECKED, "the attestation was not checked" + claims);
    }
    if (policy.has(Rule.ALLOWED_MEASUREMENTS)) {
      add(
          Kind.MEASUREMENT_NOT_ATTESTED,
          "allowedMeasurements compared what the signer says about itself (requireAttestation asks"
              + " for evidence)");
    }
  }

  private void addAttested(AttestedFacts facts) {
    if (!policy.has(Rule.ALLOWED_MEASUREMENTS)) {
      add(
          Kind.MEASUREMENT_NOT_REQUIRED,
          "the attested code was not compared with an allowed measurement");
    }
    if (!pinsOperator()) {
      add(Kind.OPERATOR_NOT_PINNED, "nothing of the operator is pinned: " + OPERATOR);
    }
    if (!facts.isAwsRoot()) {
      add(
          Kind.ROOT_NOT_AWS,
          "no AWS hardware stands behind it: the attesting root is one that the caller pinned");
    }
    if (facts.isDebug()) {
      add(Kind.DEBUG_ENCLAVE, "the enclave ran in debug mode: its parent could read the key");
    }
  }

  private boolean pinsOperator() {
    return policy.has(Rule.ALLOWED_PUBLIC_KEYS)
        || policy
            .get(Rule.REQUIRE_PCRS)
            .filter(pcrs -> pcrs.keySet().stream().anyMatch(OPERATOR_PCRS::contains))
            .isPresent();
  }

  /** Names that are signed, and yet only what somebody wrote into a request or an intent. */
  private void addNames(boolean byIntent) {
    String chooser = byIntent ? "actor" : "requester";
    if (policy.has(Rule.ALLOWED_ACTOR_PROVIDERS)) {
      add(
          Kind.PROVIDER_NOT_PROVEN,
          "allowedActorProviders compared a name that the "
              + chooser
              + " chose; only the key id is proven");
    }
    if (policy.has(Rule.ALLOWED_PRINCIPALS)) {
      add(
          Kind.PRINCIPAL_NOT_PROVEN,
          "allowedPrincipals compared a name that the "
              + chooser
              + " chose; nothing proves who that is");
    }
  }

  private void addBlocks(AnchorReading reading, Commit commit, Optional<FloorFacts> floor) {
    if (reading instanceof AnchorReading.Malformed malformed) {
      add(
          Kind.ANCHOR_MALFORMED,
          "the proof is named like an anchor and is none: " + malformed.reason().code());
    }
    if (reading instanceof EthereumAnchor anchor && !anchor.authenticated()) {
      add(
          Kind.ANCHOR_NOT_AUTHENTICATED,
          "whoever committed wrote the anchor: nothing shows who anchored");
    }
    if (commit.hasTwoFloors()) {
      add(Kind.FLOOR_AMBIGUOUS, "the proof has two floors, so neither bounds it");
    }
    if (floor.filter(FloorFacts::isTimeWithheld).isPresent()) {
      add(
          Kind.FLOOR_TIME_NOT_USED,
          "the floor's block is stamped later than the attestation, so its time bounds nothing");
    }
    if (floor.isPresent() || reading instanceof EthereumAnchor) {
      add(
          Kind.BLOCK_NOT_CONFIRMED,
          "no node was asked whether the named blocks exist: a hash that was made up, or the hash"
              + " of an old block, bounds less than it seems to");
    }
  }

  private void addHistorical(Set<HistoricalForm> forms) {
    for (HistoricalForm form : HistoricalForm.values()) {
      if (form.needsHistoricalMode() && forms.contains(form)) {
        add(Kind.HISTORICAL_FORM, "accepted in historical mode only: " + form.code());
      }
    }
  }

  private void add(Kind kind, String text) {
    found.add(new Caveat(kind, text));
  }
}
