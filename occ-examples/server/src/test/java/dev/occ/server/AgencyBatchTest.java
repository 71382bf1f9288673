package dev.occ.server;

import static dev.occ.server.TestParent.code;
import static dev.occ.server.TestParent.digest;
import static dev.occ.server.TestParent.digests;
import static dev.occ.server.TestParent.object;
import static dev.occ.server.TestParent.text;
import static dev.occ.server.TestParent.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.occ.agency.Intent;
import dev.occ.client.CommitOptions;
import dev.occ.client.OccClient;
import dev.occ.epoch.EpochException;
import dev.occ.epoch.EpochOptions;
import dev.occ.json.CanonicalJson;
import dev.occ.json.JsonArray;
import dev.occ.json.JsonNumber;
import dev.occ.json.JsonObject;
import dev.occ.json.JsonString;
import dev.occ.proof.Bytes;
import dev.occ.proof.Proof;
import dev.occ.verifier.ProofVerifier;
import dev.occ.verifier.ValidProof;
import dev.occ.verifier.VerificationPolicy;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Commits that a person authorized (spec 9), one digest or a batch. */
final class AgencyBatchTest {
  private static final ProofVerifier INTEGRITY =
      ProofVerifier.create(VerificationPolicy.integrityOnly());

  /** Of the enclave, for each object that goes into a proof. */
  private static final int MAX_OBJECT = 64 * 1024;

  private final AtomicLong clock = new AtomicLong();

  private TestEnclave enclave;
  private TestParent parent;
  private KeyPair actor;

  @BeforeEach
  void start() throws IOException, EpochException, GeneralSecurityException {
    enclave = TestEnclave.start(EpochOptions.builder().nanoClock(clock::get).build());
    parent = TestParent.of(enclave);
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    actor = generator.generateKeyPair();
  }

  @AfterEach
  void stop() throws IOException {
    parent.close();
    enclave.close();
  }

  @Test
  void commit_authorisedBatch_eachProofHasItsPlace() throws Exception {
    HttpResponse<String> answer = commit(5, agency());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    List<Proof> proofs = CallsTest.proofs(value(answer));
    assertThat(proofs).hasSize(5);
    for (int i = 0; i < 5; i++) {
      Proof proof = proofs.get(i);
      assertThat(INTEGRITY.verifyProofOnly(proof)).isInstanceOf(ValidProof.class);
      assertThat(proof.agency().orElseThrow().batch().orElseThrow().index()).isEqualTo(i);
      assertThat(proof.agency().orElseThrow().batch().orElseThrow().digests()).hasSize(5);
    }
  }

  @Test
  void commit_batchWithIntent_isMadeAndShowsIt() throws Exception {
    HttpResponse<String> answer = commit(3, agencyWithIntent(3));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    ProofVerifier strict =
        ProofVerifier.create(VerificationPolicy.builder().requireActorIntent().build());
    assertThat(CallsTest.proofs(value(answer)))
        .hasSize(3)
        .allMatch(proof -> strict.verifyProofOnly(proof) instanceof ValidProof);
  }

  /** What the carrier adds, leaves out or swaps is refused, and nothing is made of it. */
  @Test
  void commit_otherThanTheIntent_isRefused() throws Exception {
    JsonObject agency = agencyWithIntent(3);
    String more = ",\"principal\":{\"id\":\"ceo\"}";
    for (String body :
        List.of(
            "{" + digests(2) + ",\"agency\":" + agency + "}",
            "{" + digests(4) + ",\"agency\":" + agency + "}",
            "{" + digests(3) + more + ",\"agency\":" + agency + "}",
            "{" + digests(3) + ",\"agency\":" + agency.without("intent") + "}")) {
      HttpResponse<String> refused = parent.post("/commit", body);
      assertThat(refused.statusCode()).as(refused.body()).isEqualTo(400);
      assertThat(code(refused)).isEqualTo("intent-mismatch");
    }
    assertThat(commit(3, agency).statusCode()).isEqualTo(200);
  }

  @Test
  void commit_refusedFiveTimes_losesTheChallenge() throws Exception {
    JsonObject agency = agencyWithIntent(1);
    for (int i = 0; i < 5; i++) {
      assertThat(code(commit(2, agency))).isEqualTo("intent-mismatch");
    }
    assertThat(code(commit(1, agency))).isEqualTo("challenge-unknown");
  }

  @Test
  void challenge_hashOfAnotherForm_isRefused() throws Exception {
    HttpResponse<String> answer = parent.post("/challenge", "{\"intentHashB64\":\"AQ==\"}");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(code(answer)).isEqualTo("invalid-length");
  }

  @Test
  void commit_authorisedSingle_hasNoBatch() throws Exception {
    HttpResponse<String> answer = commit(1, agency());
    Proof proof = CallsTest.proofs(value(answer)).get(0);
    assertThat(INTEGRITY.verifyProofOnly(proof)).isInstanceOf(ValidProof.class);
    assertThat(proof.agency().orElseThrow().batch()).isEmpty();
  }

  @Test
  void commit_clientsBatchContextOfOtherDigests_is400() throws Exception {
    int before = enclave.signer().signatures();
    JsonObject context = context(digest(0), digest(7));
    HttpResponse<String> answer = commit(2, agency().with("batchContext", context));
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(code(answer)).isEqualTo("batch-mismatch");
    assertThat(enclave.signer().signatures()).isEqualTo(before);
  }

  @Test
  void commit_tooLargeAtTheLastPlaceAlone_is413AndSpendsNothing() throws Exception {
    JsonObject agency = agency();
    int spare = MAX_OBJECT - agency.with("batchContext", context(11)).toBytes().length;
    String padding = "y".repeat(spare - ",\"pad\":\"\"".length()); // at places of one digit it fits
    int before = enclave.signer().signatures();
    HttpResponse<String> answer = commit(11, agency.with("pad", new JsonString(padding)));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(413);
    assertThat(code(answer)).isEqualTo("request-too-large");
    assertThat(object(answer).has("proofs")).isFalse();
    assertThat(enclave.signer().signatures()).isEqualTo(before);

    JsonObject shorter = agency.with("pad", new JsonString(padding.substring(1)));
    assertThat(commit(11, shorter).statusCode()).isEqualTo(200);
  }

  @Test
  void commit_batchThatCanNeverBeAnswered_is413AndSpendsNothing() throws Exception {
    try (TestParent small =
        TestParent.of(enclave.address(), limits -> limits.maxAnswersBytes(20_000))) {
      JsonObject agency = agency();
      int before = enclave.signer().signatures();
      HttpResponse<String> answer = commit(small, 3, agency);
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(413);
      assertThat(code(answer)).isEqualTo("request-too-large");
      assertThat(enclave.signer().signatures()).isEqualTo(before);
      assertThat(commit(small, 1, agency).statusCode()).as("the challenge is good").isEqualTo(200);
    }
  }

  @Test
  void commit_challengeSpentTwice_isTheEnclavesRefusal() throws Exception {
    JsonObject agency = agency();
    assertThat(commit(1, agency).statusCode()).isEqualTo(200);
    HttpResponse<String> again = commit(1, agency);
    assertThat(again.statusCode()).isEqualTo(400);
    assertThat(code(again)).isEqualTo("challenge-unknown");
  }

  @Test
  void commit_batchExpiresMidway_is503WithWhatWasMade() throws Exception {
    int before = enclave.signer().signatures();
    enclave
        .signer()
        .onSign(
            number -> {
              if (number - before == 5) { // the slot of the third digest
                clock.addAndGet(Duration.ofSeconds(61).toNanos());
              }
            });
    HttpResponse<String> answer = commit(5, agency());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
    assertThat(code(answer)).isEqualTo("challenge-expired");
    List<Proof> made = CallsTest.proofs(object(answer).get("proofs").orElseThrow());
    assertThat(made).extracting(Proof::artifactDigest).containsExactly(digest(0), digest(1));
  }

  @Test
  void commit_byTheClient_comesBackWholeOrIsRefusedBeforeTheChallengeIsSpent() throws Exception {
    OccClient client =
        OccClient.builder(URI.create("http://127.0.0.1:" + parent.server().address().getPort()))
            .apiKey(TestParent.KEY)
            .maxResponseBytes(1024 * 1024)
            .build();
    CommitOptions options = CommitOptions.builder().agency(agency()).build();
    assertThatThrownBy(() -> client.commit(batch(40), options))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(client.commit(batch(36), options))
        .extracting(Proof::artifactDigest)
        .isEqualTo(batch(36));
  }

  private static List<Bytes> batch(int size) {
    return IntStream.range(0, size).mapToObj(TestParent::digest).toList();
  }

  @Test
  void commit_refusedByTheEnclave_countsTheSlotThatItLeaves() throws Exception {
    try (TestParent small =
        TestParent.of(
            enclave.address(),
            limits -> limits.slotQuota(2, 3),
            server -> server.nanoClock(clock::get))) {
      JsonObject spent = agency();
      assertThat(commit(1, spent).statusCode()).isEqualTo(200);
      String hopeless = "{" + digests(1) + ",\"agency\":" + spent + "}";
      String sound = "{" + digests(1) + "}";
      for (int i = 0; i < 2; i++) {
        assertThat(small.post("/allocate-slot", "{}").statusCode()).isEqualTo(200);
      }
      assertThat(small.post("/allocate-slot", "{}").statusCode()).as("kept").isEqualTo(429);
      assertThat(code(small.post("/commit", hopeless))).isEqualTo("challenge-unknown");
      assertThat(small.post("/commit", sound).statusCode()).as("below the quota").isEqualTo(200);
      assertThat(code(small.post("/commit", hopeless))).isEqualTo("challenge-unknown");

      HttpResponse<String> refused = small.post("/commit", sound);
      assertThat(refused.statusCode()).isEqualTo(429);
      assertThat(code(refused)).isEqualTo("slot-quota");
      assertThat(refused.headers().firstValue("Retry-After")).hasValue("120");
      assertThat(enclave.epoch().pendingSlots()).as("kept, and left behind").isEqualTo(4);

      assertThat(other(small, sound).statusCode()).as("another key").isEqualTo(200);
      assertThat(other(small, hopeless).statusCode()).isEqualTo(400);
      assertThat(other(small, sound).statusCode()).as("all keys together").isEqualTo(429);

      clock.addAndGet(Duration.ofSeconds(121).toNanos());
      assertThat(small.post("/commit", sound).statusCode()).as("they expired").isEqualTo(200);
      assertThat(other(small, sound).statusCode()).isEqualTo(200);
    }
  }

  private static HttpResponse<String> other(TestParent parent, String body) throws Exception {
    return parent.send(
        parent
            .anonymous("/commit")
            .header("Authorization", "Bearer " + TestParent.OTHER_KEY)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build());
  }

  /** What the parent adds to the agency of the first of so many digests. */
  private static JsonObject context(int count) {
    return context(IntStream.range(0, count).mapToObj(TestParent::digest).toArray(Bytes[]::new));
  }

  private static JsonObject context(Bytes... digests) {
    return JsonObject.builder()
        .put("batchSize", JsonNumber.of(digests.length))
        .put("batchIndex", JsonNumber.of(0))
        .put("batchDigests", JsonArray.ofTexts(Stream.of(digests).map(Bytes::toBase64).toList()))
        .build();
  }

  private HttpResponse<String> commit(int count, JsonObject agency) throws Exception {
    return commit(parent, count, agency);
  }

  private static HttpResponse<String> commit(TestParent to, int count, JsonObject agency)
      throws Exception {
    return to.post("/commit", "{" + digests(count) + ",\"agency\":" + agency + "}");
  }

  /** Authorizes the first digest, and with it the batch that it begins. */
  private JsonObject agency() throws Exception {
    return agency(text(object(parent.post("/challenge", "{}")), "challenge"));
  }

  /** Authorizes so many digests on the default chain, and nothing beside them. */
  private JsonObject agencyWithIntent(int count) throws Exception {
    JsonObject actor = (JsonObject) agency("").get("actor").orElseThrow();
    List<Bytes> all = IntStream.range(0, count).mapToObj(TestParent::digest).toList();
    Intent intent = Intent.builder(enclave.epoch().id(), actor, all).build();
    JsonObject made =
        object(
            parent.post("/challenge", "{\"intentHashB64\":\"" + intent.hash().toBase64() + "\"}"));
    Bytes nonce = Bytes.fromBase64(text(made, "intentNonceB64"), 32);
    String challenge = text(made, "challenge");
    assertThat(intent.challenge(nonce).toBase64()).isEqualTo(challenge);
    return agency(challenge)
        .with("intent", JsonObject.builder().put("nonceB64", nonce.toBase64()).build());
  }

  private JsonObject agency(String challenge) throws Exception {
    byte[] key = actor.getPublic().getEncoded();
    String keyId = Bytes.sha256(key).toHex();
    JsonObject signed =
        JsonObject.builder()
            .put("purpose", "occ/commit-authorize/v1")
            .put("actorKeyId", keyId)
            .put("artifactHash", digest(0).toBase64())
            .put("challenge", challenge)
            .put("timestamp", JsonNumber.of(System.currentTimeMillis()))
            .build();
    Signature signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(actor.getPrivate());
    signature.update(CanonicalJson.encode(signed));
    JsonObject who =
        JsonObject.builder()
            .put("keyId", keyId)
            .put("publicKeyB64", Bytes.of(key).toBase64())
            .put("algorithm", "ES256")
            .put("provider", "test")
            .build();
    return JsonObject.builder()
        .put("actor", who)
        .put(
            "authorization",
            signed.with("signatureB64", new JsonString(Bytes.of(signature.sign()).toBase64())))
        .build();
  }
}
