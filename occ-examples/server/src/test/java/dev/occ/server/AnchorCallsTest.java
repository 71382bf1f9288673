package dev.occ.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.occ.anchor.AnchorClaim;
import dev.occ.anchor.AnchorScope;
import dev.occ.anchor.AnchorSigner;
import dev.occ.epoch.EpochOptions;
import dev.occ.json.JsonArray;
import dev.occ.json.JsonObject;
import dev.occ.json.JsonValue;
import dev.occ.json.JsonView;
import dev.occ.proof.AnchoredBlock;
import dev.occ.proof.BaseFloor;
import dev.occ.proof.Bytes;
import dev.occ.proof.Proof;
import dev.occ.proof.ProtocolName;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.crypto.digests.KeccakDigest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Anchors and floors over the HTTP API (spec 14). */
@Timeout(60)
class AnchorCallsTest {
  private static final AnchorSigner ANCHORER = AnchorSigner.ofSeed(new byte[32]);
  private static final AnchoredBlock BLOCK =
      new AnchoredBlock(100, Bytes.sha256("block".getBytes(StandardCharsets.UTF_8)));

  private final Deque<Bytes> headers = new ArrayDeque<>();
  private final TestEnclave enclave;
  private final TestParent parent;

  AnchorCallsTest() throws Exception {
    enclave =
        TestEnclave.start(
            EpochOptions.builder()
                .anchorKey(ANCHORER.publicKey())
                .baseFloors(AnchorCallsTest::keccak)
                .build());
    parent =
        TestParent.of(
            ApiKeys.ofLines(
                List.of(TestParent.KEY + " name=anchorer anchor", TestParent.OTHER_KEY)),
            enclave.address(),
            limits -> {},
            server -> server.baseHeaders(this::next));
  }

  @AfterEach
  void stop() throws Exception {
    parent.close();
    enclave.close();
  }

  /** The last one stays. */
  private synchronized Optional<Bytes> next() {
    return Optional.ofNullable(headers.size() > 1 ? headers.poll() : headers.peek());
  }

  private static byte[] keccak(byte[] data) {
    KeccakDigest digest = new KeccakDigest(256);
    digest.update(data, 0, data.length);
    byte[] hash = new byte[32];
    int unused = digest.doFinal(hash, 0);
    return hash;
  }

  /** A header of a block of Base: 15 items, of which three are looked at. */
  private static Bytes header(int number) {
    ByteArrayOutputStream items = new ByteArrayOutputStream();
    items.write(0xA0);
    items.writeBytes(new byte[32]);
    items.writeBytes(filled(7));
    writeInteger(items, number);
    items.writeBytes(filled(2));
    writeInteger(items, (int) (BaseFloor.GENESIS_TIME + BaseFloor.BLOCK_SECONDS * number));
    items.writeBytes(filled(3));
    ByteArrayOutputStream list = new ByteArrayOutputStream();
    list.write(0xC0 + items.size());
    list.writeBytes(items.toByteArray());
    return Bytes.of(list.toByteArray());
  }

  private static byte[] filled(int count) {
    byte[] empty = new byte[count];
    Arrays.fill(empty, (byte) 0x80);
    return empty;
  }

  private static void writeInteger(ByteArrayOutputStream out, int value) {
    byte[] digits = BigInteger.valueOf(value).toByteArray(); // none of them begins with a zero
    out.write(0x80 + digits.length);
    out.writeBytes(digits);
  }

  private AnchorClaim claim(long number) {
    return ANCHORER.claim(
        new AnchoredBlock(number, BLOCK.hash()),
        new AnchorScope(ProtocolName.OCC, enclave.epoch().id(), "global"));
  }

  private static String body(AnchorClaim claim, int digests) {
    String digest = "{'digestB64':'" + claim.block().digest().toBase64() + "','hashAlg':'sha256'}";
    return "{'digests':["
        + String.join(",", Collections.nCopies(digests, digest))
        + "],'attribution':"
        + claim.block().attribution("https://etherscan.io").toJson().toJson()
        + ",'anchor':"
        + claim.toJson().toJson()
        + "}";
  }

  private static JsonObject object(HttpResponse<String> answer) throws Exception {
    return (JsonObject) JsonValue.read(answer.body().getBytes(StandardCharsets.UTF_8));
  }

  private static Proof proof(HttpResponse<String> answer) throws Exception {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    JsonArray proofs = (JsonArray) JsonValue.read(answer.body().getBytes(StandardCharsets.UTF_8));
    return Proof.of(proofs.values().get(0));
  }

  private static void assertRefused(HttpResponse<String> answer, int status, String code)
      throws Exception {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(JsonView.of(object(answer)).text("code")).isEqualTo(code);
  }

  @Test
  void commit_claimWithTheRight_isAnAnchorAndTheFloorOfTheNextSlot() throws Exception {
    Proof proof = proof(parent.post("/commit", body(claim(100), 1)));
    assertThat(proof.commit().anchor()).contains(BLOCK);
    JsonView slot = JsonView.of(object(parent.post("/allocate-slot", "{}")));
    assertThat(slot.view("anchor").object().get("blockHash"))
        .isEqualTo(BLOCK.toJson().get("blockHash"));
    assertThat(slot.object().has("floor")).isFalse();
  }

  @Test
  void commit_claimWithoutTheRight_isRefused() throws Exception {
    assertRefused(
        parent.postAs(TestParent.OTHER_KEY, "/commit", body(claim(100), 1)),
        403,
        "anchor-not-allowed");
    assertThat(enclave.epoch().chainCount()).as("nothing was made").isZero();
  }

  @Test
  void commit_claimThatDoesNotHold_isRefusedWithTheEnclavesReason() throws Exception {
    AnchorClaim forged = new AnchorClaim(BLOCK, claim(101).signature());
    assertRefused(parent.post("/commit", body(forged, 1)), 400, "anchor-signature-invalid");
    assertThat(proof(parent.post("/commit", body(claim(100), 1))).commit().anchor())
        .contains(BLOCK);
    assertRefused(parent.post("/commit", body(claim(100), 1)), 400, "anchor-not-above-last");
  }

  @Test
  void commit_claimForTwoDigests_isRefusedBeforeAnythingIsMade() throws Exception {
    assertRefused(parent.post("/commit", body(claim(100), 2)), 400, "invalid-value");
    assertThat(enclave.epoch().chainCount()).isZero();
  }

  @Test
  void commit_claimMalformed_isRefusedByTheParent() throws Exception {
    String genuine = body(claim(100), 1).replace('"', '\'');
    for (String[] change :
        new String[][] {
          {"'blockNumber':100", "'blockNumber':9007199254740992", "number-out-of-range"},
          {"'blockNumber':100", "'blockNumber':100,'blockNumber':100", "duplicate-member"},
          {"'blockNumber':100", "'blockNumber':100,'x':1", "unknown-member"},
          {"'blockHash':'0x", "'blockHash':'0xA", "invalid-hex"}
        }) {
      String changed = genuine.replace(change[0], change[1]);
      assertThat(changed).isNotEqualTo(genuine);
      assertRefused(parent.post("/commit", changed), 400, change[2]);
    }
    assertThat(enclave.epoch().chainCount()).isZero();
  }

  @Test
  void allocateSlot_parentWithABlock_givesItAndAnswersIt() throws Exception {
    headers.add(header(1000));
    assertThat(JsonView.of(object(parent.get("/key"))).text("floor")).isEqualTo("base");
    JsonView answer = JsonView.of(object(parent.post("/allocate-slot", "{}")));
    BaseFloor floor = new BaseFloor(1000, Bytes.of(keccak(header(1000).toByteArray())));
    assertThat(answer.view("floor").object()).isEqualTo(floor.toJson());
    String plain = "{'digests':[{'digestB64':'" + TestParent.HELLO + "','hashAlg':'sha256'}]}";
    assertThat(proof(parent.post("/commit", plain)).commit().floor()).isEqualTo(floor);
  }

  @Test
  void allocateSlot_blockOfTheClient_isRefused() throws Exception {
    headers.add(header(1000));
    assertRefused(
        parent.post("/allocate-slot", "{'baseFloorHeaderB64':'AAAA'}"), 400, "unknown-member");
    assertThat(enclave.epoch().chainCount()).isZero();
  }

  /** As when two requests have overtaken each other. */
  @Test
  void allocateSlot_blockBelowTheLast_isTriedAgainWithTheNewest() throws Exception {
    headers.addAll(List.of(header(1000), header(999), header(1001)));
    assertThat(parent.post("/allocate-slot", "{}").statusCode()).isEqualTo(200);
    JsonView second = JsonView.of(object(parent.post("/allocate-slot", "{}")));
    assertThat(second.view("floor").optionalInteger("blockNumber", 1, 2000)).hasValue(1001);
  }

  @Test
  void allocateSlot_blockThatTheEnclaveRefuses_isTheParentsFailure() throws Exception {
    headers.add(Bytes.of(new byte[] {1}));
    assertRefused(parent.post("/allocate-slot", "{}"), 503, "floor-refused");
  }
}
