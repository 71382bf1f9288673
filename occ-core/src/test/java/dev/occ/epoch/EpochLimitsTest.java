package dev.occ.epoch;

import static dev.occ.epoch.EpochChecks.DIGEST;
import static dev.occ.epoch.EpochChecks.assertRefused;
import static dev.occ.epoch.EpochChecks.assertSoundProof;
import static org.assertj.core.api.Assertions.assertThat;

import dev.occ.epoch.EpochException.Reason;
import dev.occ.json.JsonArray;
import dev.occ.json.JsonException;
import dev.occ.json.JsonObject;
import dev.occ.json.JsonString;
import dev.occ.json.JsonValue;
import dev.occ.proof.Agency;
import dev.occ.proof.Attribution;
import dev.occ.proof.Bytes;
import dev.occ.proof.PolicyBinding;
import dev.occ.proof.Principal;
import dev.occ.proof.Proof;
import dev.occ.signer.EnforcementTier;
import dev.occ.signer.Signer;
import dev.occ.signer.SignerException;
import dev.occ.signer.soft.SeededSoftSigner;
import dev.occ.signer.soft.SoftAuthenticator;
import dev.occ.testing.Agencies;
import dev.occ.testing.Json;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a request puts into a proof is bounded, so that every proof made can be read again. */
class EpochLimitsTest {
  private static final int MAX_TEXT = 16_384;
  private static final int MAX_OBJECT = 131_072;
  private static final int MIB = 1024 * 1024;

  private static final JsonObject POLICY = PolicyBinding.of(DIGEST).toJson();
  private static final JsonObject PRINCIPAL = Principal.of("i").toJson();
  private static final JsonObject ATTRIBUTION = Attribution.of("n").toJson();

  private static EpochOptions.Builder largest() {
    return EpochOptions.builder().maxTextLength(MAX_TEXT).maxObjectBytes(MAX_OBJECT);
  }

  /** The object with a member that makes it exactly so many bytes of compact JSON. */
  private static JsonObject padded(JsonObject object, int bytes) {
    JsonArray none = new JsonArray(List.of(JsonArray.ofTexts(List.of(""))));
    int missing = bytes - object.with("pad", none).toBytes().length;
    JsonArray pad = new JsonArray(List.of(JsonArray.ofTexts(List.of("x".repeat(missing)))));
    JsonObject padded = object.with("pad", pad);
    assertThat(padded.toBytes()).hasSize(bytes);
    return padded;
  }

  private static JsonObject nested(JsonObject object, int depth) {
    JsonValue value = new JsonArray(List.of());
    for (int i = 2; i < depth; i++) {
      value = new JsonArray(List.of(value));
    }
    return object.with("deep", value);
  }

  private static JsonObject agency(Bytes challenge) {
    SoftAuthenticator person = SoftAuthenticator.create();
    return Agencies.read(person.direct(DIGEST.toByteArray(), challenge.toByteArray(), 0)).json();
  }

  private interface Part {
    CommitRequest.Builder put(CommitRequest.Builder request) throws JsonException;
  }

  private record Excess(String what, Part part) {
    @Override
    public String toString() {
      return what;
    }
  }

  static List<Excess> excesses() {
    JsonObject longPolicy = padded(POLICY, MAX_OBJECT + 1);
    JsonObject longMetadata = padded(JsonObject.empty(), MAX_OBJECT + 1);
    JsonObject longPrincipal = padded(PRINCIPAL, MAX_OBJECT + 1);
    JsonObject longAttribution = padded(ATTRIBUTION, MAX_OBJECT + 1);
    JsonObject agency = agency(DIGEST);
    String longText = "t".repeat(MAX_TEXT + 1);
    return List.of(
        new Excess("policy too long", r -> r.policy(longPolicy)),
        new Excess("metadata too long", r -> r.metadata(longMetadata)),
        new Excess("principal too long", r -> r.principal(longPrincipal)),
        new Excess("attribution too long", r -> r.attribution(longAttribution)),
        new Excess("agency too long", r -> r.agency(Agency.read(padded(agency, MAX_OBJECT + 1)))),
        new Excess("agency too deep", r -> r.agency(Agency.read(nested(agency, 33)))),
        new Excess(
            "actor's unknown text too long",
            r -> r.agency(Agency.read(Json.with(agency, "/actor/x", new JsonString(longText))))),
        new Excess("policy too deep", r -> r.policy(nested(POLICY, 33))),
        new Excess("metadata too deep", r -> r.metadata(nested(JsonObject.empty(), 33))),
        new Excess("metadata deeper than the stack", r -> r.metadata(nested(POLICY, 100_000))),
        new Excess("principal too deep", r -> r.principal(nested(PRINCIPAL, 33))),
        new Excess("attribution too deep", r -> r.attribution(nested(ATTRIBUTION, 33))),
        new Excess("principal's id too long", r -> r.principal(Principal.of(longText))),
        new Excess("attribution's name too long", r -> r.attribution(Attribution.of(longText))),
        new Excess(
            "attribution's unknown text too long",
            r -> r.attribution(ATTRIBUTION.with("x", new JsonString(longText)))));
  }

  @ParameterizedTest
  @MethodSource("excesses")
  void commit_requestOverALimit_isRefusedAndTheSlotStaysUsable(Excess excess) throws Exception {
    try (Epoch epoch = Epoch.open(SeededSoftSigner.open(1), largest().build())) {
      Slot slot = epoch.allocateSlot();
      CommitRequest request = excess.part().put(CommitRequest.builder(slot.id(), DIGEST)).build();
      assertRefused(() -> epoch.commit(request), Reason.REQUEST_TOO_LARGE);
      assertThat(epoch.pendingSlots()).isEqualTo(1);
      Proof proof = EpochChecks.commit(epoch, slot);
      assertThat(EpochChecks.counter(proof)).hasToString("2");
      assertSoundProof(epoch, proof);
    }
  }

  private static JsonObject withIndex(JsonObject object, String name) {
    JsonObject inner = JsonObject.builder().put("a", "b").put(name, "c").build();
    return object.with(
        "deep", new JsonArray(List.of(JsonObject.builder().put("x", inner).build())));
  }

  static List<Excess> indexNames() {
    JsonObject agency = agency(DIGEST);
    JsonString text = new JsonString("x");
    return List.of(
        new Excess("policy", r -> r.policy(POLICY.with("0", text))),
        new Excess("deep in policy", r -> r.policy(withIndex(POLICY, "10"))),
        new Excess("principal", r -> r.principal(PRINCIPAL.with("1", text))),
        new Excess("deep in principal", r -> r.principal(withIndex(PRINCIPAL, "2"))),
        new Excess("attribution", r -> r.attribution(ATTRIBUTION.with("4294967294", text))),
        new Excess("deep in attribution", r -> r.attribution(withIndex(ATTRIBUTION, "3"))),
        new Excess("metadata", r -> r.metadata(JsonObject.empty().with("7", text))),
        new Excess("deep in metadata", r -> r.metadata(withIndex(JsonObject.empty(), "8"))),
        new Excess("agency", r -> r.agency(Agency.read(agency.with("9", text)))),
        new Excess("actor", r -> r.agency(Agency.read(Json.with(agency, "/actor/5", text)))),
        new Excess(
            "authorization",
            r -> r.agency(Agency.read(Json.with(agency, "/authorization/6", text)))));
  }

  @ParameterizedTest
  @MethodSource("indexNames")
  void commit_nameThatIsAnArrayIndex_isRefusedAndTheSlotStaysUsable(Excess index) throws Exception {
    try (Epoch epoch = Epoch.open(SeededSoftSigner.open(1), largest().build())) {
      Slot slot = epoch.allocateSlot();
      CommitRequest request = index.part().put(CommitRequest.builder(slot.id(), DIGEST)).build();
      assertRefused(() -> epoch.commit(request), Reason.INDEX_NAME);
      assertThat(epoch.pendingSlots()).isEqualTo(1);
      assertSoundProof(epoch, EpochChecks.commit(epoch, slot));
    }
  }

  @Test
  void commit_namesThatOnlyLookLikeIndices_areTaken() throws Exception {
    try (Epoch epoch = Epoch.open(SeededSoftSigner.open(1), largest().build())) {
      JsonObject metadata =
          JsonObject.builder().put("01", "a").put("4294967295", "b").put("-1", "c").build();
      CommitRequest request =
          CommitRequest.builder(epoch.allocateSlot().id(), DIGEST).metadata(metadata).build();
      assertThat(epoch.commit(request).metadata()).contains(metadata);
    }
  }

  @Test
  void commit_largestPossibleRequest_givesAProofThatIsReadAgain() throws Exception {
    String widest = "\u0001"; // six bytes of JSON for one UTF-16 code unit: nothing takes more
    EpochOptions options = largest().clock(Clock.fixed(Instant.EPOCH, ZoneOffset.UTC)).build();
    try (Epoch epoch = Epoch.open(new LargestSigner(widest), options)) {
      JsonObject agency = padded(nested(agency(epoch.challenge()), 32), MAX_OBJECT);
      CommitRequest request =
          CommitRequest.builder(epoch.allocateSlot(widest.repeat(MAX_TEXT)).id(), DIGEST)
              .policy(padded(nested(POLICY, 32), MAX_OBJECT))
              .principal(padded(nested(PRINCIPAL, 32), MAX_OBJECT))
              .attribution(padded(nested(ATTRIBUTION, 32), MAX_OBJECT))
              .metadata(padded(nested(JsonObject.empty(), 32), MAX_OBJECT))
              .agency(Agency.read(agency))
              .build();
      Proof proof = epoch.commit(request);
      byte[] document = proof.toBytes();
      assertThat(document.length).isBetween(990_000, MIB);
      assertThat(Proof.read(document)).isEqualTo(proof);
      assertSoundProof(epoch, proof);
    }
  }

  @Test
  void commit_depthAtTheLimit_isReadAgainThoughNotDeeper() throws Exception {
    try (Epoch epoch = Epoch.open(SeededSoftSigner.open(1))) {
      Proof proof =
          epoch.commit(
              CommitRequest.builder(epoch.allocateSlot().id(), DIGEST)
                  .metadata(nested(JsonObject.empty(), 32))
                  .build());
      assertThat(Proof.read(proof.toPrettyBytes())).isEqualTo(proof);
    }
  }

  /** Gives as much as a signer may. */
  private static final class LargestSigner implements Signer {
    private final Signer delegate = SeededSoftSigner.open(1);
    private final String text;

    LargestSigner(String widest) {
      text = widest.repeat(EpochSigner.MAX_TEXT_LENGTH);
    }

    @Override
    public EnforcementTier enforcement() {
      return EnforcementTier.MEASURED_TEE;
    }

    @Override
    public String measurement() {
      return text;
    }

    @Override
    public byte[] publicKey() {
      return delegate.publicKey();
    }

    @Override
    public byte[] sign(byte[] message) throws SignerException {
      return delegate.sign(message);
    }

    @Override
    public byte[] random(int length) throws SignerException {
      return delegate.random(length);
    }

    @Override
    public Optional<String> attestationFormat() {
      return Optional.of(text);
    }

    @Override
    public byte[] attest(byte[] userData) {
      return new byte[EpochSigner.MAX_REPORT_LENGTH];
    }

    @Override
    public void close() {
      delegate.close();
    }
  }
}
