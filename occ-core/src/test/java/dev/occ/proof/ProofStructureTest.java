package dev.occ.proof;

import static dev.occ.json.JsonException.Reason.EMPTY;
import static dev.occ.json.JsonException.Reason.INVALID_BASE64;
import static dev.occ.json.JsonException.Reason.INVALID_COUNTER;
import static dev.occ.json.JsonException.Reason.INVALID_HEX;
import static dev.occ.json.JsonException.Reason.INVALID_LENGTH;
import static dev.occ.json.JsonException.Reason.MISSING_MEMBER;
import static dev.occ.json.JsonException.Reason.NUMBER_OUT_OF_RANGE;
import static dev.occ.json.JsonException.Reason.UNKNOWN_ENFORCEMENT;
import static dev.occ.json.JsonException.Reason.UNSUPPORTED_ALGORITHM;
import static dev.occ.json.JsonException.Reason.UNSUPPORTED_VERSION;
import static dev.occ.json.JsonException.Reason.WRONG_TYPE;
import static dev.occ.proof.TestProofs.B32;
import static dev.occ.testing.Json.assertRefused;
import static dev.occ.testing.Json.read;
import static org.assertj.core.api.Assertions.assertThat;

import dev.occ.json.JsonException;
import dev.occ.json.JsonNull;
import dev.occ.json.JsonObject;
import dev.occ.json.JsonString;
import dev.occ.json.JsonValue;
import dev.occ.testing.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every way in which a document can miss a proof's structure (spec 3). */
class ProofStructureTest {
  private static final List<String> REQUIRED =
      List.of(
          "/version",
          "/artifact",
          "/artifact/hashAlg",
          "/artifact/digestB64",
          "/commit",
          "/commit/nonceB64",
          "/commit/epochLink/prevEpochId",
          "/commit/epochLink/prevPublicKeyB64",
          "/commit/epochLink/prevCounter",
          "/commit/epochLink/prevProofHashB64",
          "/commit/epochLink/toEpochId",
          "/commit/epochLink/toPublicKeyB64",
          "/commit/anchor/blockNumber",
          "/commit/anchor/blockHash",
          "/commit/slotAnchor/counter",
          "/commit/slotAnchor/blockNumber",
          "/commit/slotAnchor/blockHash",
          "/commit/slotFloor/chain",
          "/commit/slotFloor/evmChainId",
          "/commit/slotFloor/blockNumber",
          "/commit/slotFloor/blockHash",
          "/commit/slotFloor/blockTimestamp",
          "/signer",
          "/signer/publicKeyB64",
          "/signer/signatureB64",
          "/environment",
          "/environment/enforcement",
          "/environment/measurement",
          "/environment/attestation/format",
          "/environment/attestation/reportB64",
          "/slotAllocation/version",
          "/slotAllocation/nonceB64",
          "/slotAllocation/counter",
          "/slotAllocation/epochId",
          "/slotAllocation/publicKeyB64",
          "/slotAllocation/signatureB64",
          "/policy/digestB64",
          "/principal/id",
          "/agency/actor",
          "/agency/actor/keyId",
          "/agency/actor/publicKeyB64",
          "/agency/actor/algorithm",
          "/agency/actor/provider",
          "/agency/authorization",
          "/agency/authorization/purpose",
          "/agency/authorization/actorKeyId",
          "/agency/authorization/artifactHash",
          "/agency/authorization/challenge",
          "/agency/authorization/timestamp",
          "/agency/authorization/signatureB64",
          "/agency/authorization/authenticatorDataB64", // once format says webauthn
          "/agency/authorization/clientDataJSON",
          "/agency/batchContext/batchSize",
          "/agency/batchContext/batchIndex",
          "/agency/batchContext/batchDigests");

  private static final List<String> OPTIONAL =
      List.of(
          "/commit/counter",
          "/commit/slotCounter",
          "/commit/slotHashB64",
          "/commit/epochId",
          "/commit/prevB64",
          "/commit/chainId",
          "/commit/time",
          "/commit/epochLink",
          "/commit/anchor",
          "/commit/slotAnchor",
          "/commit/slotFloor",
          "/environment/attestation",
          "/slotAllocation",
          "/slotAllocation/chainId",
          "/slotAllocation/time",
          "/policy",
          "/policy/name",
          "/policy/version",
          "/principal",
          "/principal/provider",
          "/attribution",
          "/attribution/name",
          "/attribution/title",
          "/attribution/message",
          "/agency",
          "/agency/authorization/protocolVersion",
          "/agency/authorization/format",
          "/agency/batchContext",
          "/metadata",
          "/proofHash");

  static Stream<String> required() {
    return REQUIRED.stream();
  }

  static Stream<String> optional() {
    return OPTIONAL.stream();
  }

  static Stream<String> typed() {
    return Stream.concat(REQUIRED.stream(), OPTIONAL.stream());
  }

  @Test
  void lists_together_nameEveryMemberOfAFullProof() throws Exception {
    List<String> pointers = new ArrayList<>(List.of("/timestamps", "/claims")); // of any type
    pointers.addAll(REQUIRED);
    pointers.addAll(OPTIONAL);
    assertThat(pointersOf("", TestProofs.webAuthn()))
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(pointers.stream(), Stream.of("/metadata/any")).toList());
  }

  private static List<String> pointersOf(String place, JsonObject object) {
    List<String> pointers = new ArrayList<>();
    for (Map.Entry<String, JsonValue> member : object.members().entrySet()) {
      String pointer = place + "/" + member.getKey();
      pointers.add(pointer);
      if (member.getValue() instanceof JsonObject child) {
        pointers.addAll(pointersOf(pointer, child));
      }
    }
    return pointers;
  }

  @ParameterizedTest
  @MethodSource("required")
  void of_requiredMemberMissing_isRefused(String pointer) throws Exception {
    JsonObject proof = Json.without(TestProofs.webAuthn(), pointer);
    assertRefused(() -> Proof.of(proof), MISSING_MEMBER, pointer);
  }

  @ParameterizedTest
  @MethodSource("optional")
  void of_optionalMemberMissing_isAccepted(String pointer) throws Exception {
    JsonObject proof = Json.without(TestProofs.full(), pointer);
    assertThat(Proof.of(proof).json()).isEqualTo(proof);
  }

  @ParameterizedTest
  @MethodSource("typed")
  void of_memberNull_isOfTheWrongTypeAndNotAbsent(String pointer) throws Exception {
    JsonObject proof = Json.with(TestProofs.webAuthn(), pointer, JsonNull.NULL);
    assertRefused(() -> Proof.of(proof), WRONG_TYPE, pointer);
  }

  @ParameterizedTest
  @MethodSource("typed")
  void of_memberOfAnotherType_isRefused(String pointer) throws Exception {
    JsonObject proof = Json.with(TestProofs.webAuthn(), pointer, read("true"));
    assertRefused(() -> Proof.of(proof), WRONG_TYPE, pointer);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "\"occ/1\"", "null", "1"})
  void read_documentThatIsNotAnObject_isRefused(String document) {
    assertRefused(() -> Proof.read(Json.utf8(document)), WRONG_TYPE, "");
  }

  private record Refusal(JsonException.Reason reason, String pointer, String value) {}

  private static final String B31 = "A".repeat(42) + "==";
  private static final String B33 = "A".repeat(44);

  static List<Refusal> texts() {
    List<Refusal> refusals = new ArrayList<>();
    for (String unknown : List.of("", "occ/2", "OCC/1", "occ/1 ", "occ", "occ/slot/1")) {
      refusals.add(new Refusal(UNSUPPORTED_VERSION, "/version", unknown));
    }
    for (String unknown : List.of("", "occ/slot/2", "occ/1", "bitgraph/slot/1")) {
      refusals.add(new Refusal(UNSUPPORTED_VERSION, "/slotAllocation/version", unknown));
    }
    for (String unknown : List.of("", "occ/commit-authorize/v2", "OCC/commit-authorize/v1")) {
      refusals.add(new Refusal(UNSUPPORTED_VERSION, "/agency/authorization/purpose", unknown));
    }
    for (String unknown : List.of("", "SHA256", "sha-256", "sha512")) {
      refusals.add(new Refusal(UNSUPPORTED_ALGORITHM, "/artifact/hashAlg", unknown));
    }
    refusals.add(new Refusal(UNSUPPORTED_ALGORITHM, "/agency/actor/algorithm", "es256"));
    refusals.add(new Refusal(UNSUPPORTED_ALGORITHM, "/agency/authorization/format", "WebAuthn"));
    for (String unknown : List.of("", "STUB", "stub ", "tee", "measured_tee")) {
      refusals.add(new Refusal(UNKNOWN_ENFORCEMENT, "/environment/enforcement", unknown));
    }
    for (String pointer :
        List.of(
            "/commit/counter",
            "/commit/slotCounter",
            "/commit/slotAnchor/counter",
            "/slotAllocation/counter",
            "/commit/epochLink/prevCounter")) {
      for (String wrong : List.of("", "-1", "01", "18446744073709551616")) {
        refusals.add(new Refusal(INVALID_COUNTER, pointer, wrong));
      }
    }
    for (String pointer : List.of("/agency/actor/keyId", "/agency/authorization/actorKeyId")) {
      refusals.add(new Refusal(INVALID_HEX, pointer, "AA".repeat(32)));
      refusals.add(new Refusal(INVALID_LENGTH, pointer, "aa".repeat(31)));
      refusals.add(new Refusal(INVALID_LENGTH, pointer, "aa".repeat(33)));
      refusals.add(new Refusal(INVALID_LENGTH, pointer, ""));
    }
    for (String pointer :
        List.of(
            "/commit/epochId",
            "/commit/chainId",
            "/slotAllocation/epochId",
            "/slotAllocation/chainId",
            "/commit/epochLink/prevEpochId",
            "/commit/epochLink/toEpochId",
            "/environment/measurement",
            "/environment/attestation/format",
            "/principal/id",
            "/agency/authorization/challenge",
            "/agency/authorization/clientDataJSON")) {
      refusals.add(new Refusal(EMPTY, pointer, ""));
    }
    return refusals;
  }

  static List<Refusal> lengths() {
    List<Refusal> refusals = new ArrayList<>();
    for (String pointer :
        List.of(
            "/artifact/digestB64",
            "/commit/slotHashB64",
            "/commit/prevB64",
            "/signer/publicKeyB64",
            "/slotAllocation/publicKeyB64",
            "/policy/digestB64",
            "/proofHash",
            "/agency/authorization/artifactHash",
            "/commit/epochLink/prevPublicKeyB64",
            "/commit/epochLink/prevProofHashB64",
            "/commit/epochLink/toPublicKeyB64")) {
      for (String wrong : List.of("", B31, B33, TestProofs.B64)) {
        refusals.add(new Refusal(INVALID_LENGTH, pointer, wrong));
      }
      refusals.add(new Refusal(INVALID_BASE64, pointer, B32.substring(0, 43)));
      refusals.add(new Refusal(INVALID_BASE64, pointer, B32.replace("A=", "B=")));
      refusals.add(new Refusal(INVALID_BASE64, pointer, B32 + "\n"));
    }
    for (String pointer : List.of("/signer/signatureB64", "/slotAllocation/signatureB64")) {
      refusals.add(new Refusal(INVALID_LENGTH, pointer, B32));
      refusals.add(new Refusal(INVALID_LENGTH, pointer, "A".repeat(84)));
      refusals.add(new Refusal(INVALID_LENGTH, pointer, "A".repeat(87) + "="));
      refusals.add(new Refusal(INVALID_BASE64, pointer, "-".repeat(86) + "=="));
    }
    for (String pointer : List.of("/commit/nonceB64", "/slotAllocation/nonceB64")) {
      refusals.add(new Refusal(INVALID_LENGTH, pointer, "A".repeat(20)));
      refusals.add(new Refusal(INVALID_LENGTH, pointer, ""));
      refusals.add(new Refusal(INVALID_BASE64, pointer, "A".repeat(22)));
    }
    for (String pointer :
        List.of(
            "/environment/attestation/reportB64",
            "/agency/actor/publicKeyB64",
            "/agency/authorization/signatureB64",
            "/agency/authorization/authenticatorDataB64")) {
      refusals.add(new Refusal(INVALID_LENGTH, pointer, ""));
      refusals.add(new Refusal(INVALID_BASE64, pointer, "AA"));
    }
    return refusals;
  }

  @ParameterizedTest
  @MethodSource({"texts", "lengths"})
  void of_textThatIsNotAllowedThere_isRefused(Refusal refusal) throws Exception {
    JsonObject proof =
        Json.with(TestProofs.webAuthn(), refusal.pointer(), new JsonString(refusal.value()));
    assertRefused(() -> Proof.of(proof), refusal.reason(), refusal.pointer());
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "0.5", "1e3", "9007199254740992", "1774114252845.0"})
  void of_timeThatIsNotAWholeCountOfMilliseconds_isRefused(String number) throws Exception {
    for (String pointer :
        List.of("/commit/time", "/slotAllocation/time", "/agency/authorization/timestamp")) {
      JsonObject proof = Json.with(TestProofs.full(), pointer, read(number));
      assertRefused(() -> Proof.of(proof), NUMBER_OUT_OF_RANGE, pointer);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "1.5", "2147483648"})
  void of_batchNumberOutOfRange_isRefused(String number) throws Exception {
    for (String name :
        List.of("/agency/batchContext/batchSize", "/agency/batchContext/batchIndex")) {
      JsonObject proof = Json.with(TestProofs.full(), name, read(number));
      assertRefused(() -> Proof.of(proof), NUMBER_OUT_OF_RANGE, name);
    }
  }

  @Test
  void of_batchDigestThatIsNoDigest_isRefusedWithItsIndex() throws Exception {
    String pointer = "/agency/batchContext/batchDigests";
    JsonObject shorter =
        Json.with(TestProofs.full(), pointer, read("[\"" + B32 + "\",\"" + B31 + "\"]"));
    assertRefused(() -> Proof.of(shorter), INVALID_LENGTH, pointer + "/1");
    JsonObject number = Json.with(TestProofs.full(), pointer, read("[1]"));
    assertRefused(() -> Proof.of(number), WRONG_TYPE, pointer + "/0");
  }

  @Test
  void of_attributionThatSaysNothing_isRefused() throws Exception {
    JsonObject proof = TestProofs.full().with("attribution", read("{\"other\":\"x\"}"));
    assertRefused(() -> Proof.of(proof), EMPTY, "/attribution");
  }

  @Test
  void of_nonceOfSixteenBytesOrMore_isAccepted() throws Exception {
    JsonObject proof =
        Json.with(TestProofs.minimal(), "/commit/nonceB64", new JsonString("A".repeat(4000)));
    assertThat(Proof.of(proof).commit().nonce().size()).isEqualTo(3000);
    assertThat(Proof.of(TestProofs.minimal()).commit().nonce().size()).isEqualTo(16);
  }

  @Test
  void of_bitgraphNames_areAcceptedWhenSlotAndProofAgree() throws Exception {
    JsonObject proof = TestProofs.full().with("version", new JsonString("bitgraph/1"));
    assertRefused(() -> Proof.of(proof), UNSUPPORTED_VERSION, "/slotAllocation/version");
    JsonObject renamed =
        Json.with(
            Json.with(proof, "/slotAllocation/version", new JsonString("bitgraph/slot/1")),
            "/agency/authorization/purpose",
            new JsonString("bitgraph/commit-authorize/v1"));
    assertThat(Proof.of(renamed).protocol()).isEqualTo(ProtocolName.BITGRAPH);
    assertThat(Proof.of(TestProofs.full()).protocol()).isEqualTo(ProtocolName.OCC);
  }
}
