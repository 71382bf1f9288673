package dev.occ.verifier;

import dev.occ.agency.AuthorizedActor;
import dev.occ.proof.Bytes;
import dev.occ.proof.Counter;
import dev.occ.proof.Environment;
import dev.occ.proof.Environment.Attestation;
import dev.occ.proof.Principal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Spec 11, step 8: what the caller requires. */
final class PolicyStep implements VerificationStep {
  /** How far the attesting clock may be ahead of the verifier's when an age is asked for. */
  private static final Duration CLOCK_SKEW = Duration.ofMinutes(1);

  private final VerificationPolicy policy;
  private final Clock clock;

  PolicyStep(VerificationPolicy policy, Clock clock) {
    this.policy = policy;
    this.clock = clock;
  }

  @Override
  public Check.Step name() {
    return Check.Step.POLICY;
  }

  @Override
  public StepOutcome run(VerificationRun run) {
    List<Function<VerificationRun, Optional<StepOutcome>>> rules =
        List.of(
            this::environment,
            this::keyAndEpoch,
            this::attestation,
            this::attestedFacts,
            this::counter,
            this::time,
            this::slot,
            this::actor,
            this::policyDigest,
            this::principal);
    for (Function<VerificationRun, Optional<StepOutcome>> rule : rules) {
      Optional<StepOutcome> failure = rule.apply(run);
      if (failure.isPresent()) {
        return failure.get();
      }
    }
    return StepOutcome.passed("the proof fulfils what the policy requires");
  }

  private Optional<StepOutcome> environment(VerificationRun run) {
    Environment environment = run.proof().environment();
    if (differs(policy.requireEnforcement(), environment.enforcement())) {
      return failed(
          Rejection.POLICY_ENFORCEMENT,
          "the signer is of tier " + environment.enforcement().wireName());
    }
    return notAmong(policy.allowedMeasurements(), environment.measurement())
        ? failed(
            Rejection.POLICY_MEASUREMENT,
            "measurement " + environment.measurement() + " is not allowed")
        : Optional.empty();
  }

  private Optional<StepOutcome> keyAndEpoch(VerificationRun run) {
    if (notAmong(policy.allowedPublicKeys(), run.proof().publicKey())) {
      return failed(
          Rejection.POLICY_PUBLIC_KEY, "key " + run.proof().publicKey() + " is not allowed");
    }
    Optional<String> epochId = run.proof().commit().epochId();
    if (epochId.isEmpty()) {
      return policy.requireEpochId() || policy.allowedEpochIds().isPresent()
          ? failed(Rejection.POLICY_EPOCH_ID, "the proof names no epoch")
          : Optional.empty();
    }
    return notAmong(policy.allowedEpochIds(), epochId.get())
        ? failed(Rejection.POLICY_EPOCH_ID, "epoch " + epochId.get() + " is not allowed")
        : Optional.empty();
  }

  private Optional<StepOutcome> attestation(VerificationRun run) {
    Optional<Attestation> attestation = run.proof().environment().attestation();
    if (attestation.isEmpty()) {
      return policy.requireAttestation() || policy.requireAttestationFormat().isPresent()
          ? failed(Rejection.POLICY_ATTESTATION_MISSING, "the proof has no attestation")
          : Optional.empty();
    }
    if (differs(policy.requireAttestationFormat(), attestation.get().format())) {
      return failed(
          Rejection.POLICY_ATTESTATION_FORMAT,
          "the attestation is of format " + attestation.get().format());
    }
    // The format is what the signer says; only a checked attestation shows that it is true.
    boolean required = policy.requireAttestation() || policy.requireAttestationFormat().isPresent();
    return required && !run.passed(Check.Step.ATTESTATION)
        ? failed(
            Rejection.POLICY_ATTESTATION_NOT_CHECKED,
            "the attestation of format " + attestation.get().format() + " was not checked")
        : Optional.empty();
  }

  private Optional<StepOutcome> attestedFacts(VerificationRun run) {
    if (policy.maxAttestationAge().isEmpty() && policy.requirePcrs().isEmpty()) {
      return Optional.empty();
    }
    if (run.proof().environment().attestation().isEmpty()) {
      return failed(Rejection.POLICY_ATTESTATION_MISSING, "the proof has no attestation");
    }
    if (run.attested().isEmpty()) {
      return failed(Rejection.POLICY_ATTESTATION_NOT_CHECKED, "the attestation was not checked");
    }
    AttestedFacts facts = run.attested().get();
    return pcrs(facts).or(() -> age(facts));
  }

  private Optional<StepOutcome> pcrs(AttestedFacts facts) {
    for (Map.Entry<Integer, Bytes> required : policy.requirePcrs().entrySet()) {
      if (!Objects.equals(required.getValue(), facts.pcrs().get(required.getKey()))) {
        return failed(
            Rejection.POLICY_PCR, "PCR" + required.getKey() + " has another value than required");
      }
    }
    return Optional.empty();
  }

  private Optional<StepOutcome> age(AttestedFacts facts) {
    if (policy.maxAttestationAge().isEmpty()) {
      return Optional.empty();
    }
    Duration age = Duration.between(facts.time(), clock.instant());
    boolean fresh =
        age.compareTo(policy.maxAttestationAge().get()) <= 0
            && age.compareTo(CLOCK_SKEW.negated()) >= 0;
    return fresh
        ? Optional.empty()
        : failed(Rejection.POLICY_ATTESTATION_AGE, "the attestation is of " + facts.time());
  }

  private Optional<StepOutcome> counter(VerificationRun run) {
    if (policy.minCounter().isEmpty() && policy.maxCounter().isEmpty()) {
      return Optional.empty();
    }
    Optional<Counter> counter = run.proof().commit().counter();
    if (counter.isEmpty()) {
      return failed(Rejection.POLICY_COUNTER, "the proof has no counter");
    }
    return outside(policy.minCounter(), policy.maxCounter(), counter.get())
        ? failed(
            Rejection.POLICY_COUNTER, "counter " + counter.get() + " is outside what is allowed")
        : Optional.empty();
  }

  private Optional<StepOutcome> time(VerificationRun run) {
    if (policy.minTime().isEmpty() && policy.maxTime().isEmpty()) {
      return Optional.empty();
    }
    List<Instant> times = new ArrayList<>();
    run.attested().map(AttestedFacts::time).ifPresent(times::add);
    run.proof().commit().time().ifPresent(times::add);
    if (times.isEmpty()) {
      return failed(Rejection.POLICY_TIME, "the proof has neither an attested nor a stated time");
    }
    for (Instant time : times) {
      if (outside(policy.minTime(), policy.maxTime(), time)) {
        return failed(Rejection.POLICY_TIME, time + " is outside what is allowed");
      }
    }
    return Optional.empty();
  }

  private Optional<StepOutcome> slot(VerificationRun run) {
    return policy.requireSlot() && !run.passed(Check.Step.SLOT)
        ? failed(Rejection.POLICY_SLOT_MISSING, "the proof has no slot")
        : Optional.empty();
  }

  private Optional<StepOutcome> actor(VerificationRun run) {
    boolean asked =
        policy.requireActor()
            || policy.allowedActorKeyIds().isPresent()
            || policy.allowedActorProviders().isPresent();
    if (!asked) {
      return Optional.empty();
    }
    if (run.actor().isEmpty()) {
      return failed(Rejection.POLICY_ACTOR_MISSING, "the proof has no authorization");
    }
    AuthorizedActor actor = run.actor().get();
    if (notAmong(policy.allowedActorKeyIds(), actor.keyId())) {
      return failed(Rejection.POLICY_ACTOR_KEY, "actor " + actor.keyId() + " is not allowed");
    }
    return notAmong(policy.allowedActorProviders(), actor.provider())
        ? failed(
            Rejection.POLICY_ACTOR_PROVIDER, "provider " + actor.provider() + " is not allowed")
        : Optional.empty();
  }

  private Optional<StepOutcome> policyDigest(VerificationRun run) {
    if (policy.requirePolicyDigest().isEmpty()) {
      return Optional.empty();
    }
    boolean bound =
        run.proof()
            .policy()
            .filter(binding -> !differs(policy.requirePolicyDigest(), binding.digest()))
            .isPresent();
    return bound
        ? Optional.empty()
        : failed(Rejection.POLICY_DIGEST, "the proof is not bound to the required document");
  }

  private Optional<StepOutcome> principal(VerificationRun run) {
    if (policy.allowedPrincipals().isEmpty()) {
      return Optional.empty();
    }
    Optional<String> id = run.proof().principal().map(Principal::id);
    if (id.isEmpty()) {
      return failed(Rejection.POLICY_PRINCIPAL, "the proof names no principal");
    }
    return notAmong(policy.allowedPrincipals(), id.get())
        ? failed(Rejection.POLICY_PRINCIPAL, "principal " + id.get() + " is not allowed")
        : Optional.empty();
  }

  private static <T> boolean differs(Optional<T> required, T actual) {
    return required.isPresent() && !required.get().equals(actual);
  }

  private static <T> boolean notAmong(Optional<Set<T>> allowed, T actual) {
    return allowed.isPresent() && !allowed.get().contains(actual);
  }

  private static <T extends Comparable<T>> boolean outside(
      Optional<T> min, Optional<T> max, T actual) {
    return (min.isPresent() && actual.compareTo(min.get()) < 0)
        || (max.isPresent() && actual.compareTo(max.get()) > 0);
  }

  private static Optional<StepOutcome> failed(Rejection reason, String text) {
    return Optional.of(StepOutcome.failed(reason, text));
  }
}
