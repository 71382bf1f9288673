package dev.occ.client;

import static dev.occ.client.HonestServer.ok;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.occ.agency.AuthorizedActor.Coverage;
import dev.occ.agency.Intent;
import dev.occ.client.OccClientException.Reason;
import dev.occ.client.ScriptedServer.Reply;
import dev.occ.json.JsonObject;
import dev.occ.json.JsonString;
import dev.occ.proof.Attribution;
import dev.occ.proof.Bytes;
import dev.occ.proof.Principal;
import dev.occ.proof.Proof;
import dev.occ.verifier.ProofVerifier;
import dev.occ.verifier.ValidProof;
import dev.occ.verifier.VerificationPolicy;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CommitAuthorizedTest {
  private static final List<Bytes> DIGESTS = List.of(Bytes.sha256(new byte[] {1}));
  private static final CommitOptions OPTIONS =
      CommitOptions.builder()
          .chainId("orders")
          .principal(Principal.of("alice"))
          .attribution(Attribution.of("an order"))
          .build();
  private static final VerificationPolicy STRICT =
      VerificationPolicy.builder().requireSlot().requireActorIntent().build();

  private HonestServer honest;
  private final List<Intent> shown = new ArrayList<>();

  /** What the answer to a challenge becomes on its way. */
  private interface Carrier {
    JsonObject carry(Bytes intentHash) throws Exception;
  }

  @BeforeEach
  void open() throws Exception {
    honest = new HonestServer();
  }

  @AfterEach
  void close() {
    honest.close();
  }

  private ScriptedServer server(Carrier challenges) throws Exception {
    return ScriptedServer.start(
        request ->
            switch (request.path()) {
              case "/key" -> Reply.json(200, honest.key().toJson());
              case "/challenge" ->
                  Reply.json(200, challenges.carry(HonestServer.intentHash(request)).toJson());
              default -> ok(honest.commit(request));
            });
  }

  private static OccClient client(ScriptedServer server) {
    return OccClient.builder(server.url()).policy(STRICT).retryPolicy(RetryPolicy.NEVER).build();
  }

  private static KeyPair keys(String curve) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec(curve));
    return generator.generateKeyPair();
  }

  /** Signs, and keeps what it was shown. */
  private Actor actor() throws Exception {
    Actor direct = DirectActor.of(keys("secp256r1"), "a test");
    return new Actor() {
      @Override
      public JsonObject actor() {
        return direct.actor();
      }

      @Override
      public JsonObject authorize(Intent intent, Bytes challenge, Bytes artifactHash) {
        shown.add(intent);
        return direct.authorize(intent, challenge, artifactHash);
      }
    };
  }

  @Test
  void commitAuthorized_honestServer_coversEverything() throws Exception {
    try (ScriptedServer server = server(honest::challenge)) {
      Proof proof = client(server).commitAuthorized(DIGESTS, OPTIONS, actor()).get(0);
      ValidProof verified = ProofVerifier.create(STRICT).verifyProofOnly(proof).orElseThrow();
      assertThat(verified.actor().orElseThrow().coverage()).isEqualTo(Coverage.EVERYTHING);
      assertThat(Intent.of(proof)).contains(shown.get(0));
      assertThat(shown.get(0).toJson().toString()).contains("orders", "alice", "an order");
    }
  }

  /** A server that has the actor sign for something else. */
  @Test
  void commitAuthorized_challengeForAnotherIntent_isNotSigned() throws Exception {
    List<Carrier> carriers =
        List.of(
            hash -> honest.challenge(Bytes.sha256(new byte[] {2})),
            hash ->
                honest
                    .challenge(hash)
                    .with("intentNonceB64", new JsonString(Bytes.of(new byte[32]).toBase64())));
    for (Carrier carrier : carriers) {
      try (ScriptedServer server = server(carrier)) {
        Actor actor = actor();
        OccClientException refusal =
            catchThrowableOfType(
                OccClientException.class,
                () -> client(server).commitAuthorized(DIGESTS, OPTIONS, actor));
        assertThat(refusal.reason()).isEqualTo(Reason.INTENT_MISMATCH);
        assertThat(refusal.mayHaveTakenEffect()).isFalse();
        assertThat(shown).isEmpty();
        assertThat(server.requests()).extracting(r -> r.path()).doesNotContain("/commit");
      }
    }
  }

  /** A server of another version, which makes a challenge that commits to nothing. */
  @Test
  void commitAuthorized_serverWithoutIntents_isRefused() throws Exception {
    try (ScriptedServer server = server(hash -> honest.challenge(hash).without("intentNonceB64"))) {
      Actor actor = actor();
      OccClientException refusal =
          catchThrowableOfType(
              OccClientException.class,
              () -> client(server).commitAuthorized(DIGESTS, OPTIONS, actor));
      assertThat(refusal.reason()).isEqualTo(Reason.MALFORMED_RESPONSE);
      assertThat(shown).isEmpty();
    }
  }

  @Test
  void commitAuthorized_serverTakesTheIntentOff_isNoticed() throws Exception {
    try (ScriptedServer server =
        ScriptedServer.start(
            request ->
                switch (request.path()) {
                  case "/key" -> Reply.json(200, honest.key().toJson());
                  case "/challenge" ->
                      Reply.json(200, honest.challenge(HonestServer.intentHash(request)).toJson());
                  default -> ok(List.of(withoutIntent(honest.commit(request).get(0))));
                })) {
      Actor actor = actor();
      OccClient lenient = OccClient.builder(server.url()).build();
      OccClientException refusal =
          catchThrowableOfType(
              OccClientException.class, () -> lenient.commitAuthorized(DIGESTS, OPTIONS, actor));
      assertThat(refusal.reason()).isEqualTo(Reason.PROOF_AGENCY);
    }
  }

  private static JsonObject withoutIntent(JsonObject proof) {
    JsonObject agency = (JsonObject) proof.get("agency").orElseThrow();
    return proof.with("agency", agency.without("intent"));
  }

  @Test
  void commitAuthorized_misuse_isRefusedBeforeAnyRequest() throws Exception {
    try (ScriptedServer server = server(honest::challenge)) {
      Actor actor = actor();
      CommitOptions twice = CommitOptions.builder().agency(JsonObject.empty()).build();
      assertThatIllegalArgumentException()
          .isThrownBy(() -> client(server).commitAuthorized(DIGESTS, twice, actor));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> client(server).commitAuthorized(List.of(), OPTIONS, actor));
      assertThat(server.requests()).isEmpty();
      KeyPair other = keys("secp384r1");
      assertThatIllegalArgumentException().isThrownBy(() -> DirectActor.of(other, "a test"));
    }
  }
}
