package dev.occ.client;

import static dev.occ.client.HonestServer.ok;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.occ.client.OccClientException.Reason;
import dev.occ.client.ScriptedServer.Request;
import dev.occ.json.JsonNull;
import dev.occ.json.JsonObject;
import dev.occ.json.JsonString;
import dev.occ.json.JsonValue;
import dev.occ.proof.Bytes;
import dev.occ.verifier.VerificationPolicy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Proofs that differ from the request are not handed over. */
final class WrongProofsTest extends ClientFixture {
  WrongProofsTest() throws Exception {}

  /** A change to an honest answer, and what the client must say about it. */
  private interface Forgery {
    List<? extends JsonValue> of(List<JsonObject> honest) throws Exception;
  }

  static Stream<Arguments> forgeries() throws Exception {
    JsonObject empty = JsonObject.empty();
    return Stream.of(
        forged("too few", Reason.PROOF_COUNT, p -> p.subList(0, 2)),
        forged("none", Reason.PROOF_COUNT, p -> List.of()),
        forged(
            "too many",
            Reason.PROOF_COUNT,
            p -> Arrays.asList(p.get(0), p.get(1), p.get(2), p.get(2))),
        forged("swapped", Reason.PROOF_DIGEST, p -> Arrays.asList(p.get(1), p.get(0), p.get(2))),
        forged(
            "null", Reason.PROOF_REJECTED, p -> Arrays.asList(p.get(0), p.get(1), JsonNull.NULL)),
        forged("empty", Reason.PROOF_REJECTED, p -> Arrays.asList(p.get(0), empty, p.get(2))),
        forged(
            "digest",
            Reason.PROOF_REJECTED,
            p -> last(p, set(p.get(2), "artifact", "digestB64", digest("other").toBase64()), true)),
        forged(
            "signature",
            Reason.PROOF_REJECTED,
            p ->
                last(
                    p,
                    set(
                        p.get(2),
                        "signer",
                        "signatureB64",
                        flipped(p.get(2), "signer", "signatureB64")),
                    false)),
        forged(
            "slot of another",
            Reason.PROOF_REJECTED,
            p ->
                last(
                    p,
                    p.get(2).with("slotAllocation", p.get(0).get("slotAllocation").orElseThrow()),
                    false)),
        forged(
            "slot taken out",
            Reason.PROOF_REJECTED,
            p -> last(p, p.get(2).without("slotAllocation"), false)),
        forged(
            "attribution dropped",
            Reason.PROOF_REJECTED,
            p -> last(p, p.get(2).without("attribution"), false)),
        forged(
            "metadata", Reason.PROOF_METADATA, p -> last(p, p.get(2).without("metadata"), false)),
        forged(
            "hash",
            Reason.PROOF_HASH,
            p ->
                last(p, p.get(2).with("proofHash", new JsonString(digest("x").toBase64())), false)),
        forged(
            "agency", Reason.PROOF_REJECTED, p -> last(p, p.get(2).with("agency", empty), false)));
  }

  private static List<JsonValue> last(
      List<JsonObject> proofs, JsonObject other, boolean digestToo) {
    return List.of(
        proofs.get(0),
        proofs.get(1),
        digestToo
            ? other
                .with("artifact", proofs.get(2).get("artifact").orElseThrow())
                .with("signer", proofs.get(0).get("signer").orElseThrow())
            : other);
  }

  private static Arguments forged(String name, Reason reason, Forgery forgery) {
    return Arguments.of(name, reason, forgery);
  }

  private static JsonObject set(JsonObject proof, String part, String member, String value) {
    JsonObject object = (JsonObject) proof.get(part).orElseThrow();
    return proof.with(part, object.with(member, new JsonString(value)));
  }

  private static String flipped(JsonObject proof, String part, String member) throws Exception {
    JsonObject object = (JsonObject) proof.get(part).orElseThrow();
    byte[] bytes =
        Bytes.fromBase64(((JsonString) object.get(member).orElseThrow()).text()).toByteArray();
    bytes[10] ^= 1;
    return Bytes.of(bytes).toBase64();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("forgeries")
  void commit_wrongProof_isNotHandedOver(String name, Reason reason, Forgery forgery)
      throws Exception {
    ScriptedServer server = server(request -> ok(forgery.of(honest.commit(request))));
    OccClientException e = failure(client(server), ALL);
    assertThat(e.reason()).as(name).isEqualTo(reason);
    assertThat(e.mayHaveTakenEffect()).isTrue();
    assertThat(e.proofs()).hasSizeLessThan(4);
    assertThat(e.offending().isPresent()).isEqualTo(reason != Reason.PROOF_COUNT);
    assertThat(e.code().isPresent()).isEqualTo(reason == Reason.PROOF_REJECTED);
    assertThat(server.requests()).as("not asked again").hasSize(1);
  }

  @Test
  void commit_honestProofsOfSomethingElse_areNotHandedOver() throws Exception {
    assertThat(otherwise("\"chainId\":\"invoices\",", "")).isEqualTo(Reason.PROOF_CHAIN);
    assertThat(otherwise("\"Ada\"", "\"Eve\"")).isEqualTo(Reason.PROOF_ATTRIBUTION);
    assertThat(otherwise("\"attribution\"", "\"x\"")).isEqualTo(Reason.PROOF_ATTRIBUTION);
    assertThat(otherwise("\"policy\"", "\"x\"")).isEqualTo(Reason.PROOF_POLICY);
    assertThat(otherwise("\"id\":\"ada\"", "\"id\":\"eve\"")).isEqualTo(Reason.PROOF_PRINCIPAL);
    assertThat(otherwise(digest("artifact 0").toBase64(), digest("x").toBase64()))
        .isEqualTo(Reason.PROOF_DIGEST);
  }

  /** The server commits another request than it was sent. */
  private Reason otherwise(String asked, String done) throws Exception {
    ScriptedServer server =
        server(
            request ->
                ok(
                    honest.commit(
                        new Request(
                            request.method(),
                            request.path(),
                            request.headers(),
                            request.body().replace(asked, done)))));
    return failure(client(server), ALL).reason();
  }

  @Test
  void commit_unaskedAttribution_isNotHandedOver() throws Exception {
    ScriptedServer server =
        server(
            request ->
                ok(
                    honest.commit(
                        new Request(
                            "POST",
                            "/commit",
                            Map.of(),
                            request
                                .body()
                                .replaceFirst("\\{", "{\"attribution\":{\"name\":\"E\"},")))));
    assertThat(failure(client(server), CommitOptions.NONE).reason())
        .isEqualTo(Reason.PROOF_ATTRIBUTION);
  }

  @Test
  void commit_oneDigestTwiceWithOneProof_isNotHandedOver() throws Exception {
    ScriptedServer server =
        server(
            request -> {
              JsonObject one = honest.commit(request).get(0);
              return ok(Collections.nCopies(2, one));
            });
    Bytes same = digest("same");
    OccClientException e =
        catchThrowableOfType(
            OccClientException.class,
            () -> client(server).commit(List.of(same, same), CommitOptions.NONE));
    assertThat(e.reason()).isEqualTo(Reason.PROOF_REPEATED);
    assertThat(e.proofs()).hasSize(1);
  }

  @Test
  void commit_proofWithoutAnySlot_isNotHandedOverWhateverThePolicy() throws Exception {
    ScriptedServer server = server(request -> ok(slotless(request)));
    OccClient client = builder(server).policy(VerificationPolicy.integrityOnly()).build();
    OccClientException e = failure(client, CommitOptions.NONE);
    assertThat(e.reason()).isEqualTo(Reason.PROOF_SLOT_MISSING);
  }

  private List<JsonObject> slotless(Request request) throws Exception {
    List<JsonObject> proofs = new ArrayList<>();
    for (JsonObject proof : honest.commit(request)) {
      proofs.add(honest.withoutSlot(proof));
    }
    return proofs;
  }

  @Test
  void commit_stricterPolicy_isApplied() throws Exception {
    ScriptedServer server = server(request -> ok(honest.commit(request)));
    OccClient client =
        builder(server).policy(VerificationPolicy.measuredTee("0".repeat(95) + "1")).build();
    OccClientException e = failure(client, CommitOptions.NONE);
    assertThat(e.reason()).isEqualTo(Reason.PROOF_REJECTED);
    assertThat(e.code()).contains("policy-enforcement");
  }
}
