package dev.occ.verifier;

import static dev.occ.verifier.Outcomes.rejected;
import static dev.occ.verifier.Outcomes.verified;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.occ.json.JsonException;
import dev.occ.json.JsonNumber;
import dev.occ.json.JsonObject;
import dev.occ.proof.Bytes;
import dev.occ.proof.Counter;
import dev.occ.signer.EnforcementTier;
import dev.occ.signer.soft.AgencyDraft;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class VerificationPolicyTest {
  private static final String DIGEST = Bytes.sha256(new byte[] {1}).toBase64();
  private static final String PCR = "ab".repeat(48);

  /** Every name of spec 11, and the registers. */
  static final String ALL =
      String.format(
          Locale.ROOT,
          """
          {"requireEnforcement":"measured-tee",
           "allowedMeasurements":["m1","m2"],
           "allowedPublicKeys":["%1$s"],
           "allowedEpochIds":["e1"],
           "requireAttestation":true,
           "requireAttestationFormat":"aws-nitro",
           "minCounter":"1",
           "maxCounter":"18446744073709551615",
           "minTime":0,
           "maxTime":9007199254740991,
           "requireEpochId":true,
           "requireSlot":true,
           "requireFloor":true,
           "requireActor":true,
           "requireActorIntent":true,
           "allowedActorKeyIds":["k"],
           "allowedActorProviders":["p"],
           "allowedOrigins":["https://example.com"],
           "requirePolicyDigest":"%1$s",
           "allowedPrincipals":["alice"],
           "maxAttestationAge":60000,
           "requirePcrs":{"1":"%2$s","31":"%2$s"}}\
          """,
          DIGEST,
          PCR);

  private Forge forge;
  private JsonObject proof;

  @BeforeAll
  void open() {
    forge = Forge.open();
    proof = forge.proof();
  }

  @AfterAll
  void close() {
    forge.close();
  }

  @Test
  void read_everyName_requirementOfThatName() throws Exception {
    VerificationPolicy policy = read(ALL);

    assertThat(policy.get(Rule.REQUIRE_ENFORCEMENT)).contains(EnforcementTier.MEASURED_TEE);
    assertThat(policy.get(Rule.ALLOWED_MEASUREMENTS)).contains(Set.of("m1", "m2"));
    assertThat(policy.get(Rule.ALLOWED_PUBLIC_KEYS)).contains(Set.of(Bytes.fromBase64(DIGEST)));
    assertThat(policy.get(Rule.ALLOWED_EPOCH_IDS)).contains(Set.of("e1"));
    assertThat(policy.has(Rule.REQUIRE_ATTESTATION)).isTrue();
    assertThat(policy.get(Rule.REQUIRE_ATTESTATION_FORMAT)).contains("aws-nitro");
    assertThat(policy.get(Rule.MIN_COUNTER)).contains(Counter.of(1));
    assertThat(policy.get(Rule.MAX_COUNTER)).contains(Counter.MAX);
    assertThat(policy.get(Rule.MIN_TIME)).contains(Instant.EPOCH);
    assertThat(policy.get(Rule.MAX_TIME))
        .contains(Instant.ofEpochMilli(JsonNumber.MAX_EXACT_INTEGER));
    assertThat(policy.has(Rule.REQUIRE_EPOCH_ID)).isTrue();
    assertThat(policy.has(Rule.REQUIRE_SLOT)).isTrue();
    assertThat(policy.has(Rule.REQUIRE_FLOOR)).isTrue();
    assertThat(policy.has(Rule.REQUIRE_ACTOR)).isTrue();
    assertThat(policy.has(Rule.REQUIRE_ACTOR_INTENT)).isTrue();
    assertThat(policy.get(Rule.ALLOWED_ORIGINS)).contains(Set.of("https://example.com"));
    assertThat(policy.get(Rule.ALLOWED_ACTOR_KEY_IDS)).contains(Set.of("k"));
    assertThat(policy.get(Rule.ALLOWED_ACTOR_PROVIDERS)).contains(Set.of("p"));
    assertThat(policy.get(Rule.REQUIRE_POLICY_DIGEST)).contains(Bytes.fromBase64(DIGEST));
    assertThat(policy.get(Rule.ALLOWED_PRINCIPALS)).contains(Set.of("alice"));
    assertThat(policy.get(Rule.MAX_ATTESTATION_AGE)).contains(Duration.ofMinutes(1));
    assertThat(policy.get(Rule.REQUIRE_PCRS).orElseThrow().keySet())
        .containsExactlyInAnyOrder(1, 31);
    assertThat(policy.get(Rule.REQUIRE_PCRS).orElseThrow().values())
        .containsOnly(Bytes.fromHex(PCR));
  }

  @Test
  void toJson_everyName_readsBackAndKeepsTheOrderOfTheSpec() throws Exception {
    JsonObject document = read(ALL).toJson();

    assertThat(document).isEqualTo(Forge.json(ALL));
    assertThat(document.members().keySet())
        .containsExactlyElementsOf(Forge.json(ALL).members().keySet());
    assertThat(read(document.toJson()).toJson().toJson()).isEqualTo(document.toJson());
    assertThat(read(ALL)).hasToString(document.toJson());
  }

  @Test
  void toJson_nothingRequired_emptyObject() throws Exception {
    assertThat(VerificationPolicy.builder().build().toJson()).isEqualTo(JsonObject.empty());
    assertThat(read("{}").toJson()).isEqualTo(JsonObject.empty());
    assertThat(read("{\"requireSlot\":false}").toJson()).isEqualTo(JsonObject.empty());
  }

  @Test
  void toJson_leniency_notPartOfTheDocument() throws Exception {
    VerificationPolicy lenient =
        VerificationPolicy.integrityOnly().toBuilder().historical().allowDebugEnclave().build();
    VerificationPolicy again = read(lenient.toJson().toJson());

    assertThat(lenient.has(Rule.SKIP_ATTESTATION) && lenient.has(Rule.HISTORICAL)).isTrue();
    assertThat(lenient.has(Rule.ALLOW_DEBUG_ENCLAVE)).isTrue();
    assertThat(
            again.has(Rule.SKIP_ATTESTATION)
                || again.has(Rule.HISTORICAL)
                || again.has(Rule.ALLOW_DEBUG_ENCLAVE))
        .isFalse();
  }

  @Test
  void toBuilder_anyPolicy_keepsEverything() throws Exception {
    VerificationPolicy policy =
        read(ALL).toBuilder().historical().allowDebugEnclave().skipAttestation().build();
    VerificationPolicy copy = policy.toBuilder().build();

    assertThat(copy).usingRecursiveComparison().isEqualTo(policy);
    assertThat(copy.toJson()).isEqualTo(Forge.json(ALL));
    assertThat(
            copy.has(Rule.HISTORICAL)
                && copy.has(Rule.ALLOW_DEBUG_ENCLAVE)
                && copy.has(Rule.SKIP_ATTESTATION))
        .isTrue();
  }

  static Stream<Arguments> wrong() {
    return Stream.of(
        arguments("[]", "wrong-type", ""),
        arguments("{\"requireSlots\":true}", "unknown-member", "/requireSlots"),
        arguments("{\"historical\":true}", "unknown-member", "/historical"),
        arguments("{\"requireSlot\":true,\"requireSlot\":true}", "duplicate-member", ""),
        arguments("{\"requireEnforcement\":1}", "wrong-type", "/requireEnforcement"),
        arguments("{\"requireEnforcement\":\"tee\"}", "unknown-enforcement", "/requireEnforcement"),
        arguments("{\"allowedMeasurements\":\"m\"}", "wrong-type", "/allowedMeasurements"),
        arguments("{\"allowedMeasurements\":[\"m\",1]}", "wrong-type", "/allowedMeasurements/1"),
        arguments("{\"allowedPublicKeys\":[\"AA\"]}", "invalid-base64", "/allowedPublicKeys/0"),
        arguments("{\"allowedPublicKeys\":[\"AA==\"]}", "invalid-length", "/allowedPublicKeys/0"),
        arguments("{\"allowedEpochIds\":{}}", "wrong-type", "/allowedEpochIds"),
        arguments("{\"allowedActorKeyIds\":null}", "wrong-type", "/allowedActorKeyIds"),
        arguments("{\"allowedActorProviders\":[null]}", "wrong-type", "/allowedActorProviders/0"),
        arguments("{\"allowedPrincipals\":true}", "wrong-type", "/allowedPrincipals"),
        arguments("{\"requireAttestation\":\"true\"}", "wrong-type", "/requireAttestation"),
        arguments("{\"requireEpochId\":1}", "wrong-type", "/requireEpochId"),
        arguments("{\"requireSlot\":null}", "wrong-type", "/requireSlot"),
        arguments("{\"requireFloor\":1}", "wrong-type", "/requireFloor"),
        arguments("{\"requireActor\":[]}", "wrong-type", "/requireActor"),
        arguments("{\"requireActorIntent\":1}", "wrong-type", "/requireActorIntent"),
        arguments("{\"allowedOrigins\":[1]}", "wrong-type", "/allowedOrigins/0"),
        arguments("{\"requireAttestationFormat\":[]}", "wrong-type", "/requireAttestationFormat"),
        arguments("{\"minCounter\":1}", "wrong-type", "/minCounter"),
        arguments("{\"minCounter\":\"01\"}", "invalid-counter", "/minCounter"),
        arguments("{\"maxCounter\":\"-1\"}", "invalid-counter", "/maxCounter"),
        arguments("{\"minTime\":\"0\"}", "wrong-type", "/minTime"),
        arguments("{\"minTime\":-1}", "number-out-of-range", "/minTime"),
        arguments("{\"maxTime\":1.5}", "number-out-of-range", "/maxTime"),
        arguments("{\"maxTime\":9007199254740992}", "number-out-of-range", "/maxTime"),
        arguments("{\"maxAttestationAge\":-1}", "number-out-of-range", "/maxAttestationAge"),
        arguments("{\"maxAttestationAge\":\"PT1H\"}", "wrong-type", "/maxAttestationAge"),
        arguments("{\"requirePolicyDigest\":\"\"}", "invalid-length", "/requirePolicyDigest"),
        arguments("{\"requirePcrs\":[]}", "wrong-type", "/requirePcrs"),
        arguments("{\"requirePcrs\":{\"1\":1}}", "wrong-type", "/requirePcrs/1"),
        arguments("{\"requirePcrs\":{\"1\":\"AB\"}}", "invalid-hex", "/requirePcrs/1"),
        arguments("{\"requirePcrs\":{\"1\":\"ab\"}}", "invalid-value", "/requirePcrs/1"));
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void read_wrong_reasonAndPointer(String document, String reason, String pointer) {
    JsonException e = catchThrowableOfType(JsonException.class, () -> refused(document));

    assertThat(e).as(document).isNotNull();
    assertThat(e.reason().code()).isEqualTo(reason);
    if (!reason.equals("duplicate-member")) {
      assertThat(e.pointer()).isEqualTo(pointer);
    }
  }

  @Test
  void wrong_everyName_hasACase() {
    Set<String> tried = new HashSet<>();
    wrong()
        .map(arguments -> (String) arguments.get()[0])
        .filter(document -> document.startsWith("{"))
        .forEach(document -> tried.add(document.replaceAll("^\\{\"(\\w+)\".*", "$1")));

    assertThat(tried).containsAll(Forge.json(ALL).members().keySet());
  }

  /** What Integer.parseInt would take for an index, and what it would not. */
  @ParameterizedTest
  @ValueSource(strings = {"0", "00", "01", "+1", "-1", "32", "99", "100", "1 ", "", "x", "\u0661"})
  void read_pcrIndexOfAnotherForm_invalidValue(String index) {
    String document = String.format(Locale.ROOT, "{\"requirePcrs\":{\"%s\":\"%s\"}}", index, PCR);
    JsonException e = catchThrowableOfType(JsonException.class, () -> refused(document));

    assertThat(e.reason()).isEqualTo(JsonException.Reason.INVALID_VALUE);
    assertThat(e.pointer()).isEqualTo("/requirePcrs/" + index);
  }

  static Stream<Arguments> emptyLists() {
    return Stream.of(
        arguments("allowedMeasurements", Rejection.POLICY_MEASUREMENT),
        arguments("allowedPublicKeys", Rejection.POLICY_PUBLIC_KEY),
        arguments("allowedEpochIds", Rejection.POLICY_EPOCH_ID),
        arguments("allowedPrincipals", Rejection.POLICY_PRINCIPAL));
  }

  @ParameterizedTest
  @MethodSource("emptyLists")
  void read_emptyAllowList_allowsNothing(String name, Rejection reason) throws Exception {
    VerificationPolicy policy = read(String.format(Locale.ROOT, "{\"%s\":[]}", name));

    rejected(verify(proof, policy), reason);
    assertThat(policy.toJson().toJson()).isEqualTo(String.format(Locale.ROOT, "{\"%s\":[]}", name));
  }

  @Test
  void read_emptyActorLists_allowNobody() throws Exception {
    try (RejectionCases cases = new RejectionCases()) {
      JsonObject byActor = cases.withActor();
      rejected(verify(byActor, read("{\"allowedActorKeyIds\":[]}")), Rejection.POLICY_ACTOR_KEY);
      rejected(
          verify(byActor, read("{\"allowedActorProviders\":[]}")), Rejection.POLICY_ACTOR_PROVIDER);
      rejected(verify(byActor, read("{\"allowedOrigins\":[]}")), Rejection.POLICY_ACTOR_ORIGIN);
      String id = Forge.read(byActor).agency().orElseThrow().actor().keyId();
      verified(
          verify(
              byActor,
              policy(
                  p ->
                      p.requireActor()
                          .allowedActorKeyIds(List.of(id))
                          .allowedActorProviders(List.of("a provider"))
                          .allowedOrigins(List.of(AgencyDraft.ORIGIN)))));
    }
    rejected(verify(proof, read("{\"allowedActorKeyIds\":[]}")), Rejection.POLICY_ACTOR_MISSING);
    rejected(verify(proof, read("{\"allowedActorProviders\":[]}")), Rejection.POLICY_ACTOR_MISSING);
    rejected(verify(proof, read("{\"allowedOrigins\":[]}")), Rejection.POLICY_ACTOR_MISSING);
    rejected(verify(proof, read("{\"requireActorIntent\":true}")), Rejection.POLICY_ACTOR_MISSING);
  }

  @Test
  void verify_everythingRequiredThatTheProofHas_verified() {
    VerificationPolicy policy =
        policy(
            p ->
                p.requireEnforcement(EnforcementTier.STUB)
                    .allowedMeasurements(List.of("other", "soft:dev"))
                    .allowedPublicKeys(List.of(forge.publicKey()))
                    .allowedEpochIds(List.of(forge.epochId(), "other"))
                    .minCounter(Counter.of(2))
                    .maxCounter(Counter.of(2))
                    .requireEpochId()
                    .requireSlot()
                    .requirePolicyDigest(Forge.POLICY_DIGEST)
                    .allowedPrincipals(List.of("alice", "bob")));

    assertThat(verified(verify(proof, policy)).counter()).contains(Counter.of(2));
  }

  @ParameterizedTest
  @CsvSource({"0, 1, false", "0, 2, true", "2, 2, true", "2, 9, true", "3, 9, false"})
  void verify_counterBounds_included(long min, long max, boolean allowed) {
    VerificationPolicy policy =
        policy(p -> p.minCounter(Counter.of(min)).maxCounter(Counter.of(max)));

    assertAllowed(allowed, verify(proof, policy), Rejection.POLICY_COUNTER);
  }

  @Test
  void verify_counterBoundedOnOneSide_thatSideOnly() {
    Counter two = Counter.of(2);

    assertAllowed(true, verify(proof, policy(p -> p.minCounter(two))), Rejection.POLICY_COUNTER);
    assertAllowed(true, verify(proof, policy(p -> p.maxCounter(two))), Rejection.POLICY_COUNTER);
    rejected(verify(proof, policy(p -> p.maxCounter(Counter.of(1)))), Rejection.POLICY_COUNTER);
    rejected(
        verify(slotless("counter"), policy(p -> p.minCounter(Counter.ZERO))),
        Rejection.POLICY_COUNTER);
    rejected(
        verify(slotless("counter"), policy(p -> p.maxCounter(Counter.MAX))),
        Rejection.POLICY_COUNTER);
  }

  @ParameterizedTest
  @CsvSource({"0, 999, false", "0, 1000, true", "1000, 1000, true", "1001, 9999, false"})
  void verify_statedTimeBounds_included(long min, long max, boolean allowed) {
    JsonObject timed = forge.resign(Forge.set(proof, JsonNumber.of(1000), "commit", "time"));
    VerificationPolicy policy =
        policy(p -> p.minTime(Instant.ofEpochMilli(min)).maxTime(Instant.ofEpochMilli(max)));

    assertAllowed(allowed, verify(timed, policy), Rejection.POLICY_TIME);
  }

  @Test
  void verify_timeBoundedButNone_rejected() {
    rejected(verify(proof, policy(p -> p.minTime(Instant.EPOCH))), Rejection.POLICY_TIME);
    rejected(
        verify(proof, policy(p -> p.maxTime(Instant.parse("9999-01-01T00:00:00Z")))),
        Rejection.POLICY_TIME);
  }

  @Test
  void verify_noEpochId_rejectedWhenAskedFor() {
    JsonObject without = slotless("epochId");

    assertThat(verified(verify(without, policy(p -> {}))).epochId()).isEmpty();
    rejected(verify(without, policy(p -> p.requireEpochId())), Rejection.POLICY_EPOCH_ID);
    rejected(
        verify(without, policy(p -> p.allowedEpochIds(List.of("e")))), Rejection.POLICY_EPOCH_ID);
  }

  @Test
  void verify_noPolicyOrPrincipal_rejectedWhenAskedFor() {
    JsonObject bare = forge.resign(proof.without("policy", "principal"));

    rejected(
        verify(bare, policy(p -> p.requirePolicyDigest(Forge.POLICY_DIGEST))),
        Rejection.POLICY_DIGEST);
    rejected(
        verify(bare, policy(p -> p.allowedPrincipals(List.of("alice")))),
        Rejection.POLICY_PRINCIPAL);
  }

  @Test
  void measuredTee_noPcr0_refusedAtOnce() {
    for (String wrong : List.of("", "ab", "A".repeat(96), "0x" + "a".repeat(94), "a".repeat(97))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> VerificationPolicy.measuredTee(wrong))
          .withMessageContaining("96 lower-case hex digits");
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> VerificationPolicy.measuredTee(List.of()));
  }

  @Test
  void measuredTee_anyMeasurements_requiresTierAttestationSlotAndMeasurement() {
    String one = "a".repeat(96);
    String two = "b".repeat(96);
    VerificationPolicy policy = VerificationPolicy.measuredTee(one, two, one, two);

    assertThat(VerificationPolicy.measuredTee(List.of(two, one)).toJson())
        .isEqualTo(policy.toJson());
    assertThat(policy.toJson())
        .isEqualTo(
            Forge.json(
                "{\"requireEnforcement\":\"measured-tee\",\"allowedMeasurements\":[\""
                    + one
                    + "\",\""
                    + two
                    + "\"],"
                    + "\"requireAttestation\":true,\"requireSlot\":true}"));
    assertThat(
            policy.has(Rule.SKIP_ATTESTATION)
                || policy.has(Rule.HISTORICAL)
                || policy.has(Rule.ALLOW_DEBUG_ENCLAVE))
        .isFalse();
  }

  @Test
  void builder_changedAfterBuild_policyIsNot() {
    VerificationPolicy.Builder builder = VerificationPolicy.builder();
    VerificationPolicy before = builder.build();
    builder.requireSlot().requirePcr(8, Bytes.of(new byte[48]));

    assertThat(before.toJson()).isEqualTo(JsonObject.empty());
    assertThat(builder.build().toJson().members()).hasSize(2);
  }

  @Test
  void builder_timesFinerThanMilliseconds_roundedSoThatNoProofIsJudgedOtherwise() {
    Instant fine = Instant.ofEpochSecond(1, 1_000_001);
    VerificationPolicy policy =
        policy(p -> p.minTime(fine).maxTime(fine).maxAttestationAge(Duration.ofNanos(1_999_999)));

    assertThat(policy.get(Rule.MIN_TIME)).contains(Instant.ofEpochMilli(1002));
    assertThat(policy.get(Rule.MAX_TIME)).contains(Instant.ofEpochMilli(1001));
    assertThat(policy.get(Rule.MAX_ATTESTATION_AGE)).contains(Duration.ofMillis(1));
    assertThat(policy(p -> p.minTime(Instant.ofEpochMilli(3))).get(Rule.MIN_TIME))
        .contains(Instant.ofEpochMilli(3));
  }

  @Test
  void builder_longestAge_held() {
    Duration longest = Duration.ofMillis(JsonNumber.MAX_EXACT_INTEGER);

    assertThat(policy(p -> p.maxAttestationAge(longest)).get(Rule.MAX_ATTESTATION_AGE))
        .contains(longest);
  }

  @Test
  void builder_anySetter_givesTheSameBuilder() {
    VerificationPolicy.Builder builder = VerificationPolicy.builder();

    assertThat(builder.allowedPrincipals(List.of("alice"))).isSameAs(builder);
  }

  static Stream<Consumer<VerificationPolicy.Builder>> misuse() {
    return Stream.of(
        p -> p.minTime(Instant.EPOCH.minusNanos(1)),
        p -> p.maxTime(Instant.EPOCH.minusNanos(1)),
        p -> p.minTime(Instant.MAX),
        p -> p.maxTime(Instant.ofEpochMilli(1L << 53)),
        p -> p.maxAttestationAge(Duration.ofNanos(-1)),
        p -> p.maxAttestationAge(Duration.ofMillis(1L << 53)),
        p -> p.requirePolicyDigest(Bytes.of(new byte[31])),
        p -> p.requirePcr(0, Bytes.of(new byte[48])),
        p -> p.requirePcr(32, Bytes.of(new byte[48])),
        p -> p.requirePcr(1, Bytes.of(new byte[47])));
  }

  @ParameterizedTest
  @MethodSource("misuse")
  void builder_misuse_refused(Consumer<VerificationPolicy.Builder> misuse) {
    VerificationPolicy.Builder builder = VerificationPolicy.builder();

    assertThatIllegalArgumentException().isThrownBy(() -> misuse.accept(builder));
    assertThat(builder.build().toJson()).isEqualTo(JsonObject.empty());
  }

  @ParameterizedTest
  @ValueSource(ints = {32, 48, 64})
  void requirePcr_everyLengthOfARegister_held(int length) {
    VerificationPolicy policy =
        policy(
            p ->
                p.requirePcr(1, Bytes.of(new byte[length]))
                    .requirePcr(31, Bytes.of(new byte[length])));

    assertThat(policy.get(Rule.REQUIRE_PCRS).orElseThrow()).hasSize(2);
  }

  private JsonObject slotless(String member) {
    JsonObject bare = Forge.remove(proof, "slotAllocation");
    for (String name : List.of("slotCounter", "slotHashB64", member)) {
      bare = Forge.remove(bare, "commit", name);
    }
    return forge.resign(bare);
  }

  private static void assertAllowed(boolean allowed, VerificationResult result, Rejection reason) {
    if (allowed) {
      assertThat(verified(result).slotChecked()).isTrue();
    } else {
      rejected(result, reason);
    }
  }

  private static VerificationPolicy policy(Consumer<VerificationPolicy.Builder> requirement) {
    VerificationPolicy.Builder builder = VerificationPolicy.builder();
    requirement.accept(builder);
    return builder.build();
  }

  private static VerificationResult verify(JsonObject proof, VerificationPolicy policy) {
    return ProofVerifier.create(policy).verifyProofOnly(proof.toBytes());
  }

  private static VerificationPolicy read(String document) throws JsonException {
    return VerificationPolicy.read(document.getBytes(StandardCharsets.UTF_8));
  }

  private static void refused(String document) throws JsonException {
    assertThat(read(document)).isNull();
  }
}
