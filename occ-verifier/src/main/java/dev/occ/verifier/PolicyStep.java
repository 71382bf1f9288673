package dev.occ.verifier;

import dev.occ.agency.AuthorizedActor;
import dev.occ.agency.AuthorizedActor.Coverage;
import dev.occ.agency.WebAuthnAssertion;
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
import java.util.TreeMap;
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
            this::floor,
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
    if (differs(Rule.REQUIRE_ENFORCEMENT, environment.enforcement())) {
      return failed(
          Rejection.POLICY_ENFORCEMENT,
          "the signer is of tier " + environment.enforcement().wireName());
    }
    return notAmong(Rule.ALLOWED_MEASUREMENTS, environment.measurement())
        ? failed(
            Rejection.POLICY_MEASUREMENT,
            "measurement " + environment.measurement() + " is not allowed")
        : Optional.empty();
  }

  private Optional<StepOutcome> keyAndEpoch(VerificationRun run) {
    if (notAmong(Rule.ALLOWED_PUBLIC_KEYS, run.proof().publicKey())) {
      return failed(
          Rejection.POLICY_PUBLIC_KEY, "key " + run.proof().publicKey() + " is not allowed");
    }
    Optional<String> epochId = run.proof().commit().epochId();
    if (epochId.isEmpty()) {
      return policy.has(Rule.REQUIRE_EPOCH_ID) || policy.has(Rule.ALLOWED_EPOCH_IDS)
          ? failed(Rejection.POLICY_EPOCH_ID, "the proof names no epoch")
          : Optional.empty();
    }
    return notAmong(Rule.ALLOWED_EPOCH_IDS, epochId.get())
        ? failed(Rejection.POLICY_EPOCH_ID, "epoch " + epochId.get() + " is not allowed")
        : Optional.empty();
  }

  private Optional<StepOutcome> attestation(VerificationRun run) {
    Optional<Attestation> attestation = run.proof().environment().attestation();
    if (attestation.isEmpty()) {
      return policy.has(Rule.REQUIRE_ATTESTATION) || policy.has(Rule.REQUIRE_ATTESTATION_FORMAT)
          ? failed(Rejection.POLICY_ATTESTATION_MISSING, "the proof has no attestation")
          : Optional.empty();
    }
    if (differs(Rule.REQUIRE_ATTESTATION_FORMAT, attestation.get().format())) {
      return failed(
          Rejection.POLICY_ATTESTATION_FORMAT,
          "the attestation is of format " + attestation.get().format());
    }
    // The format is what the signer says; only a checked attestation shows that it is true.
    boolean required =
        policy.has(Rule.REQUIRE_ATTESTATION) || policy.has(Rule.REQUIRE_ATTESTATION_FORMAT);
    return required && !run.passed(Check.Step.ATTESTATION)
        ? failed(
            Rejection.POLICY_ATTESTATION_NOT_CHECKED,
            "the attestation of format " + attestation.get().format() + " was not checked")
        : Optional.empty();
  }

  private Optional<StepOutcome> attestedFacts(VerificationRun run) {
    if (!policy.has(Rule.MAX_ATTESTATION_AGE) && !policy.has(Rule.REQUIRE_PCRS)) {
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
    Map<Integer, Bytes> pcrs = policy.get(Rule.REQUIRE_PCRS).orElseGet(TreeMap::new);
    for (Map.Entry<Integer, Bytes> required : pcrs.entrySet()) {
      if (!Objects.equals(required.getValue(), facts.pcrs().get(required.getKey()))) {
        return failed(
            Rejection.POLICY_PCR, "PCR" + required.getKey() + " has another value than required");
      }
    }
    return Optional.empty();
  }

  private Optional<StepOutcome> age(AttestedFacts facts) {
    Optional<Duration> allowed = policy.get(Rule.MAX_ATTESTATION_AGE);
    if (allowed.isEmpty()) {
      return Optional.empty();
    }
    Duration age = Duration.between(facts.time(), clock.instant());
    boolean fresh = age.compareTo(allowed.get()) <= 0 && age.compareTo(CLOCK_SKEW.negated()) >= 0;
    return fresh
        ? Optional.empty()
        : failed(Rejection.POLICY_ATTESTATION_AGE, "the attestation is of " + facts.time());
  }

  private Optional<StepOutcome> counter(VerificationRun run) {
    if (!policy.has(Rule.MIN_COUNTER) && !policy.has(Rule.MAX_COUNTER)) {
      return Optional.empty();
    }
    Optional<Counter> counter = run.proof().commit().counter();
    if (counter.isEmpty()) {
      return failed(Rejection.POLICY_COUNTER, "the proof has no counter");
    }
    return outside(Rule.MIN_COUNTER, Rule.MAX_COUNTER, counter.get())
        ? failed(
            Rejection.POLICY_COUNTER, "counter " + counter.get() + " is outside what is allowed")
        : Optional.empty();
  }

  private Optional<StepOutcome> time(VerificationRun run) {
    if (!policy.has(Rule.MIN_TIME) && !policy.has(Rule.MAX_TIME)) {
      return Optional.empty();
    }
    List<Instant> times = new ArrayList<>();
    run.attested().map(AttestedFacts::time).ifPresent(times::add);
    run.proof().commit().time().ifPresent(times::add);
    if (times.isEmpty()) {
      return failed(Rejection.POLICY_TIME, "the proof has neither an attested nor a stated time");
    }
    for (Instant time : times) {
      if (outside(Rule.MIN_TIME, Rule.MAX_TIME, time)) {
        return failed(Rejection.POLICY_TIME, time + " is outside what is allowed");
      }
    }
    return Optional.empty();
  }

  private Optional<StepOutcome> slot(VerificationRun run) {
    return policy.has(Rule.REQUIRE_SLOT) && !run.passed(Check.Step.SLOT)
        ? failed(Rejection.POLICY_SLOT_MISSING, "the proof has no slot")
        : Optional.empty();
  }

  private Optional<StepOutcome> floor(VerificationRun run) {
    if (!policy.has(Rule.REQUIRE_FLOOR) || run.floor().isPresent()) {
      return Optional.empty();
    }
    return run.proof().commit().hasTwoFloors()
        ? failed(
            Rejection.POLICY_FLOOR_AMBIGUOUS,
            "the proof has two floors, slotAnchor and slotFloor, so neither counts")
        : failed(Rejection.POLICY_FLOOR_MISSING, "the proof has no floor");
  }

  private Optional<StepOutcome> actor(VerificationRun run) {
    boolean asked =
        policy.has(Rule.REQUIRE_ACTOR)
            || policy.has(Rule.REQUIRE_ACTOR_INTENT)
            || policy.has(Rule.ALLOWED_ACTOR_KEY_IDS)
            || policy.has(Rule.ALLOWED_ACTOR_PROVIDERS)
            || policy.has(Rule.ALLOWED_ORIGINS);
    if (!asked) {
      return Optional.empty();
    }
    if (run.actor().isEmpty()) {
      return failed(Rejection.POLICY_ACTOR_MISSING, "the proof carries no authorization");
    }
    return actor(run.actor().get());
  }

  private Optional<StepOutcome> actor(AuthorizedActor actor) {
    if (policy.has(Rule.REQUIRE_ACTOR_INTENT) && actor.coverage() != Coverage.EVERYTHING) {
      return failed(
          Rejection.POLICY_ACTOR_INTENT,
          "the actor's signature covers the "
              + actor.coverage().code()
              + " only: the proof carries no intent");
    }
    if (notAmong(Rule.ALLOWED_ACTOR_KEY_IDS, actor.keyId())) {
      return failed(Rejection.POLICY_ACTOR_KEY, "actor " + actor.keyId() + " is not allowed");
    }
    if (notAmong(Rule.ALLOWED_ACTOR_PROVIDERS, actor.provider())) {
      return failed(
          Rejection.POLICY_ACTOR_PROVIDER, "provider " + actor.provider() + " is not allowed");
    }
    return origin(actor);
  }

  private Optional<StepOutcome> origin(AuthorizedActor actor) {
    if (!policy.has(Rule.ALLOWED_ORIGINS)) {
      return Optional.empty();
    }
    Optional<String> origin = actor.webAuthn().map(WebAuthnAssertion::origin);
    if (origin.isEmpty()) {
      return failed(Rejection.POLICY_ACTOR_ORIGIN, "the actor signed directly, at no origin");
    }
    return notAmong(Rule.ALLOWED_ORIGINS, origin.get())
        ? failed(Rejection.POLICY_ACTOR_ORIGIN, "origin " + origin.get() + " is not allowed")
        : Optional.empty();
  }

  private Optional<StepOutcome> policyDigest(VerificationRun run) {
    if (!policy.has(Rule.REQUIRE_POLICY_DIGEST)) {
      return Optional.empty();
    }
    boolean bound =
        run.proof()
            .policy()
            .filter(binding -> !differs(Rule.REQUIRE_POLICY_DIGEST, binding.digest()))
            .isPresent();
    return bound
        ? Optional.empty()
        : failed(Rejection.POLICY_DIGEST, "the proof is not bound to the required document");
  }

  private Optional<StepOutcome> principal(VerificationRun run) {
    if (!policy.has(Rule.ALLOWED_PRINCIPALS)) {
      return Optional.empty();
    }
    Optional<String> id = run.proof().principal().map(Principal::id);
    if (id.isEmpty()) {
      return failed(Rejection.POLICY_PRINCIPAL, "the proof names no principal");
    }
    return notAmong(Rule.ALLOWED_PRINCIPALS, id.get())
        ? failed(Rejection.POLICY_PRINCIPAL, "principal " + id.get() + " is not allowed")
        : Optional.empty();
  }

  private <T> boolean differs(Rule<T> required, T actual) {
    return policy.get(required).filter(value -> !value.equals(actual)).isPresent();
  }

  private <T> boolean notAmong(Rule<Set<T>> allowed, T actual) {
    return policy.get(allowed).filter(values -> !values.contains(actual)).isPresent();
  }

  private <T extends Comparable<T>> boolean outside(Rule<T> min, Rule<T> max, T actual) {
    return policy.get(min).filter(bound -> actual.compareTo(bound) < 0).isPresent()
        || policy.get(max).filter(bound -> actual.compareTo(bound) > 0).isPresent();
  }

  private static Optional<StepOutcome> failed(Rejection reason, String text) {
    return Optional.of(StepOutcome.failed(reason, text));
  }
}
