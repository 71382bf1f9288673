package dev.occ.verifier;

import static dev.occ.verifier.Forge.json;
import static dev.occ.verifier.Forge.remove;
import static dev.occ.verifier.Forge.set;
import static dev.occ.verifier.Forge.text;

import dev.occ.agency.AgencyRejection;
import dev.occ.json.JsonObject;
import dev.occ.proof.AnchoredBlock;
import dev.occ.proof.BaseFloor;
import dev.occ.proof.Bytes;
import dev.occ.proof.Counter;
import dev.occ.proof.SlotAnchor;
import dev.occ.signer.EnforcementTier;
import dev.occ.signer.soft.AgencyDraft;
import dev.occ.signer.soft.AgencyFaults;
import dev.occ.signer.soft.AgencyFaults.AgencyFault;
import dev.occ.signer.soft.SoftAttestationAuthority;
import dev.occ.signer.soft.SoftAuthenticator;
import dev.occ.verifier.timestamp.StampedMember;
import dev.occ.verifier.timestamp.TimestampVerifier;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * One proof for every {@link Rejection}, in which exactly that rule is broken: whatever was changed
 * in a good proof is signed, and if need be attested, again.
 */
final class RejectionCases implements AutoCloseable {
  static final String FORMAT = SoftAttestationAuthority.FORMAT;
  static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");
  static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
  static final Duration AGE = Duration.ofMinutes(5);

  private static final Bytes DIGEST = Bytes.sha256(Forge.ARTIFACT);
  private static final TimestampVerifier STAMPS =
      TimestampVerifier.builder().rootSha256(Bytes.of(new byte[32])).build();
  private static final AnchoredBlock BLOCK = new AnchoredBlock(7, Bytes.of(new byte[32]));
  private static final String OTHER_PCR = "ab".repeat(48);

  /**
   * A proof, how it is verified, and where it must fail.
   *
   * @param step the step that fails
   * @param pointer the member at fault, empty if there is none
   * @param document what is verified
   * @param policy the policy that it is verified under
   * @param artifact what the caller gives
   */
  record Case(
      Check.Step step,
      String pointer,
      JsonObject document,
      VerificationPolicy policy,
      Optional<ArtifactDigest> artifact) {}

  final SoftAttestationAuthority authority =
      SoftAttestationAuthority.create(Clock.fixed(NOW, ZoneOffset.UTC));
  private final SoftAuthenticator person = SoftAuthenticator.create();
  private final Forge plain = Forge.open();
  private final Forge attested = Forge.attestedBy(authority);
  private final Map<Rejection, Case> cases = new EnumMap<>(Rejection.class);

  RejectionCases() {
    structureToSignature();
    slots();
    epochLinks();
    attestations();
    policyOnSigner();
    policyOnAttestation();
    policyOnCommit();
    policyOnPeople();
    agencies();
    intents();
    timestamps();
  }

  /** Reasons that are no longer given. */
  static final Set<Rejection> RETIRED = Set.of(Rejection.POLICY_ACTOR_NOT_CHECKED);

  Set<Rejection> reasons() {
    return cases.keySet();
  }

  Case of(Rejection reason) {
    return Objects.requireNonNull(cases.get(reason), reason::code);
  }

  /** Verifies as the cases ask for: soft attestations trusted, at a fixed time. */
  VerificationResult verify(Case one) {
    ProofVerifier.Builder builder = builder(one.policy());
    if (one.step() == Check.Step.TIMESTAMP) {
      builder.timestampVerifier(STAMPS).requireTimestamp(StampedMember.PROOF);
    }
    ProofVerifier verifier = builder.build();
    byte[] document = one.document().toBytes();
    return one.artifact().isPresent()
        ? verifier.verify(document, one.artifact().get())
        : verifier.verifyProofOnly(document);
  }

  ProofVerifier verifier(VerificationPolicy policy) {
    return builder(policy).build();
  }

  private ProofVerifier.Builder builder(VerificationPolicy policy) {
    return ProofVerifier.builder(policy)
        .trustRoot(FORMAT, Bytes.of(authority.rootCertificate()))
        .clock(Clock.fixed(NOW, ZoneOffset.UTC));
  }

  private void timestamps() {
    JsonObject good = plain.proof();
    put(Rejection.TIMESTAMP_MISSING, Check.Step.TIMESTAMP, "", good);
    put(
        Rejection.TIMESTAMP_INVALID,
        Check.Step.TIMESTAMP,
        "/timestamps/proof",
        good.with("timestamps", json("{\"proof\": {}}")));
  }

  private void structureToSignature() {
    JsonObject good = plain.proof();
    put(
        Rejection.MALFORMED,
        Check.Step.STRUCTURE,
        "/commit/nonceB64",
        remove(good, "commit", "nonceB64"));
    cases.put(
        Rejection.ARTIFACT_MISMATCH,
        new Case(
            Check.Step.ARTIFACT,
            "",
            good,
            VerificationPolicy.integrityOnly(),
            Optional.of(ArtifactDigest.ofContent(new byte[] {7}))));
    // The neutral element: of small order, and every signature with R = S * B holds for it.
    String neutral = "AQ" + "A".repeat(41) + "=";
    put(
        Rejection.PUBLIC_KEY_INVALID,
        Check.Step.SIGNATURE,
        "/signer/publicKeyB64",
        set(
            set(good, neutral, "signer", "publicKeyB64"),
            neutral,
            "slotAllocation",
            "publicKeyB64"));
    put(
        Rejection.SIGNATURE_INVALID,
        Check.Step.SIGNATURE,
        "/signer/signatureB64",
        set(good, "another", "attribution", "name"));
  }

  private void slots() {
    JsonObject good = plain.proofOn(Forge.CHAIN);
    slot(Rejection.SLOT_MISSING, "", plain.resign(remove(good, "slotAllocation")));
    slot(
        Rejection.SLOT_HOLDS_ARTIFACT,
        "/digestB64",
        plain.reseal(set(good, text(Bytes.of(new byte[32])), "slotAllocation", "digestB64")));
    slot(
        Rejection.SLOT_NONCE_MISMATCH,
        "/nonceB64",
        plain.reseal(set(good, text(Bytes.of(new byte[32])), "commit", "nonceB64")));
    slot(
        Rejection.SLOT_EPOCH_MISMATCH,
        "/epochId",
        plain.reseal(set(good, "another epoch", "commit", "epochId")));
    slot(
        Rejection.SLOT_KEY_MISMATCH,
        "/publicKeyB64",
        plain.reseal(set(good, text(Bytes.sha256(new byte[0])), "slotAllocation", "publicKeyB64")));
    slot(
        Rejection.SLOT_CHAIN_MISMATCH, "/chainId", plain.reseal(remove(good, "commit", "chainId")));
    slot(
        Rejection.SLOT_COUNTER_MISMATCH,
        "/counter",
        plain.reseal(set(good, "0", "commit", "slotCounter")));
    slot(
        Rejection.SLOT_NOT_BEFORE_COMMIT,
        "/counter",
        plain.reseal(set(good, Forge.get(good, "commit", "slotCounter"), "commit", "counter")));
    JsonObject foreignHash =
        plain.resign(set(good, text(Bytes.sha256(new byte[0])), "commit", "slotHashB64"));
    put(Rejection.SLOT_HASH_MISMATCH, Check.Step.SLOT, "/commit/slotHashB64", foreignHash);
    Bytes historical = Forge.read(good).slotAllocation().orElseThrow().historicalHash();
    put(
        Rejection.SLOT_HASH_HISTORICAL,
        Check.Step.SLOT,
        "/commit/slotHashB64",
        plain.resign(set(good, text(historical), "commit", "slotHashB64")));
    slot(
        Rejection.SLOT_SIGNATURE_INVALID,
        "/signatureB64",
        set(
            good,
            Forge.get(plain.proof(), "slotAllocation", "signatureB64"),
            "slotAllocation",
            "signatureB64"));
    SlotAnchor late = new SlotAnchor(slotCounter(good), BLOCK);
    put(
        Rejection.SLOT_ANCHOR_NOT_BEFORE_SLOT,
        Check.Step.SLOT,
        "/commit/slotAnchor/counter",
        plain.resign(set(good, late.toJson(), "commit", "slotAnchor")));
  }

  private static Counter slotCounter(JsonObject proof) {
    return Forge.read(proof).commit().slotCounter().orElseThrow();
  }

  private void epochLinks() {
    JsonObject link = plain.link();
    put(
        Rejection.EPOCH_LINK_MISMATCH,
        Check.Step.EPOCH_LINK,
        "/commit/epochLink",
        linked(set(link, "another", "toEpochId")));
    put(
        Rejection.EPOCH_LINK_TO_ITSELF,
        Check.Step.EPOCH_LINK,
        "/commit/epochLink",
        linked(set(link, plain.epochId(), "prevEpochId")));
  }

  private JsonObject linked(JsonObject link) {
    return plain.resign(set(plain.proof(), link, "commit", "epochLink"));
  }

  private void attestations() {
    JsonObject good = attested.proof();
    String report = "/environment/attestation/reportB64";
    VerificationPolicy policy = VerificationPolicy.builder().build();
    attestation(
        Rejection.ATTESTATION_INVALID,
        report,
        attested.reattest(good, authority, d -> d.signature(RejectionCases::firstBitFlipped)),
        policy);
    attestation(
        Rejection.ATTESTATION_MEASUREMENT_MISMATCH,
        "/environment/measurement",
        attested.reattest(good, authority, d -> d.pcr(0, Forge.bytesOfHex(OTHER_PCR))),
        policy);
    attestation(
        Rejection.ATTESTATION_USER_DATA_MISMATCH,
        report,
        attested.reattest(good, authority, d -> d.userData(new byte[32])),
        policy);
    byte[] historical = Forge.read(good).historicalUserData().toByteArray();
    attestation(
        Rejection.ATTESTATION_USER_DATA_HISTORICAL,
        report,
        attested.reattest(good, authority, d -> d.userData(historical)),
        policy);
  }

  private void policyOnSigner() {
    policy(Rejection.POLICY_ENFORCEMENT, p -> p.requireEnforcement(EnforcementTier.MEASURED_TEE));
    policy(Rejection.POLICY_MEASUREMENT, p -> p.allowedMeasurements(List.of("soft:other")));
    policy(Rejection.POLICY_PUBLIC_KEY, p -> p.allowedPublicKeys(List.of(Bytes.of(new byte[32]))));
    policy(Rejection.POLICY_EPOCH_ID, p -> p.allowedEpochIds(List.of("another")));
  }

  private void policyOnAttestation() {
    policy(Rejection.POLICY_ATTESTATION_MISSING, p -> p.requireAttestation());
    JsonObject unknown =
        attested.resign(
            set(attested.proof(), "occ-unknown", "environment", "attestation", "format"));
    put(
        Rejection.POLICY_ATTESTATION_NOT_CHECKED,
        unknown,
        VerificationPolicy.builder().requireAttestation());
    JsonObject good = attested.proof();
    put(
        Rejection.POLICY_ATTESTATION_FORMAT,
        good,
        VerificationPolicy.builder().requireAttestationFormat("aws-nitro"));
    JsonObject old = attested.reattest(good, authority, d -> d.time(NOW.minus(AGE).minusMillis(1)));
    put(Rejection.POLICY_ATTESTATION_AGE, old, VerificationPolicy.builder().maxAttestationAge(AGE));
    put(
        Rejection.POLICY_PCR,
        good,
        VerificationPolicy.builder().requirePcr(8, Bytes.of(Forge.bytesOfHex(OTHER_PCR))));
  }

  private void policyOnCommit() {
    policy(Rejection.POLICY_COUNTER, p -> p.minCounter(Counter.MAX));
    policy(Rejection.POLICY_TIME, p -> p.minTime(NOW));
    JsonObject slotless =
        plain.resign(
            remove(
                remove(remove(plain.proof(), "slotAllocation"), "commit", "slotCounter"),
                "commit",
                "slotHashB64"));
    put(
        Rejection.POLICY_SLOT_MISSING,
        slotless,
        VerificationPolicy.integrityOnly().toBuilder().requireSlot());
    policy(Rejection.POLICY_DIGEST, p -> p.requirePolicyDigest(Bytes.of(new byte[32])));
    policy(Rejection.POLICY_FLOOR_MISSING, p -> p.requireFloor());
    JsonObject good = plain.proof();
    JsonObject one =
        set(good, new SlotAnchor(Counter.ZERO, BLOCK).toJson(), "commit", "slotAnchor");
    JsonObject two = set(one, new BaseFloor(1, BLOCK.hash()).toJson(), "commit", "slotFloor");
    put(
        Rejection.POLICY_FLOOR_AMBIGUOUS,
        plain.resign(two),
        VerificationPolicy.integrityOnly().toBuilder().requireFloor());
  }

  private void policyOnPeople() {
    policy(Rejection.POLICY_PRINCIPAL, p -> p.allowedPrincipals(List.of("mallory")));
    policy(Rejection.POLICY_ACTOR_MISSING, p -> p.requireActor());
    JsonObject byActor = withActor();
    put(
        Rejection.POLICY_ACTOR_KEY,
        byActor,
        VerificationPolicy.builder().allowedActorKeyIds(List.of("00".repeat(32))));
    put(
        Rejection.POLICY_ACTOR_PROVIDER,
        byActor,
        VerificationPolicy.builder().allowedActorProviders(List.of("another")));
    put(Rejection.POLICY_ACTOR_INTENT, byActor, VerificationPolicy.builder().requireActorIntent());
    put(
        Rejection.POLICY_ACTOR_ORIGIN,
        byActor,
        VerificationPolicy.builder().allowedOrigins(List.of("https://example.com")));
  }

  /** Signed by the epoch's key as they are, which no epoch would do. */
  private void agencies() {
    for (AgencyFault fault : AgencyFaults.all()) {
      AgencyDraft broken = fault.in(person, DIGEST.toByteArray(), new byte[32], 1);
      AgencyRejection reason =
          Arrays.stream(AgencyRejection.values())
              .filter(known -> known.code().equals(fault.code()))
              .findFirst()
              .orElseThrow();
      put(
          Rejection.of(reason),
          Check.Step.AGENCY,
          "/agency" + reason.pointer(),
          withAgency(json(broken.build())));
    }
  }

  /** The answer to a challenge that commits to nothing, with the nonce of an intent beside it. */
  private void intents() {
    AgencyDraft draft = person.webAuthn(DIGEST.toByteArray(), new byte[32], 1).intent(new byte[32]);
    put(
        Rejection.AGENCY_INTENT_MISMATCH,
        Check.Step.AGENCY,
        "/agency/intent",
        withAgency(json(draft.build())));
  }

  /** A good proof that a person authorized. */
  JsonObject withActor() {
    return plain.authorizedProof(
        (digest, challenge, time) -> person.webAuthn(digest, challenge, time));
  }

  private JsonObject withAgency(JsonObject agency) {
    return plain.resign(plain.proof().with("agency", agency));
  }

  private static byte[] firstBitFlipped(byte[] signature) {
    byte[] flipped = signature.clone();
    flipped[0] ^= 1;
    return flipped;
  }

  private void slot(Rejection reason, String member, JsonObject document) {
    put(reason, Check.Step.SLOT, "/slotAllocation" + member, document);
  }

  private void attestation(
      Rejection reason, String pointer, JsonObject document, VerificationPolicy policy) {
    cases.put(
        reason, new Case(Check.Step.ATTESTATION, pointer, document, policy, Optional.empty()));
  }

  private void policy(Rejection reason, Consumer<VerificationPolicy.Builder> requirement) {
    VerificationPolicy.Builder policy = VerificationPolicy.builder();
    requirement.accept(policy);
    put(reason, plain.proof(), policy);
  }

  private void put(Rejection reason, JsonObject document, VerificationPolicy.Builder policy) {
    cases.put(reason, new Case(Check.Step.POLICY, "", document, policy.build(), Optional.empty()));
  }

  private void put(Rejection reason, Check.Step step, String pointer, JsonObject document) {
    cases.put(
        reason,
        new Case(step, pointer, document, VerificationPolicy.integrityOnly(), Optional.empty()));
  }

  @Override
  public void close() {
    plain.close();
    attested.close();
  }
}
