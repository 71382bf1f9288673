package dev.occ.verifier;

import static dev.occ.verifier.Outcomes.rejected;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.occ.json.JsonArray;
import dev.occ.json.JsonBoolean;
import dev.occ.json.JsonNull;
import dev.occ.json.JsonNumber;
import dev.occ.json.JsonObject;
import dev.occ.json.JsonString;
import dev.occ.json.JsonValue;
import dev.occ.signer.soft.SoftAttestationAuthority;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the input is, the answer is a result; what is malformed has the reader's reason. */
class MalformedInputTest {
  private static final ProofVerifier VERIFIER =
      ProofVerifier.create(VerificationPolicy.builder().historical().build());

  private static final byte[] PROOF;
  private static final JsonObject TREE;

  static {
    try (Forge forge = Forge.attestedBy(SoftAttestationAuthority.create())) {
      TREE = forge.proofOn(Forge.CHAIN);
      PROOF = TREE.toBytes();
    }
  }

  static Stream<Arguments> malformed() {
    String good = new String(PROOF, StandardCharsets.UTF_8);
    return Stream.of(
        arguments("malformed", bytes("")),
        arguments("malformed", new byte[] {0}),
        arguments("malformed", new byte[4096]),
        arguments("wrong-type", bytes("null")),
        arguments("wrong-type", bytes("[]")),
        arguments("wrong-type", bytes("\"text\"")),
        arguments("missing-member", bytes("{}")),
        arguments("malformed", bytes("{")),
        arguments("malformed", Arrays.copyOf(PROOF, PROOF.length - 1)),
        arguments("trailing-content", bytes(good + "{}")),
        arguments("trailing-content", bytes(good + "\0")),
        arguments("invalid-utf8", new byte[] {(byte) 0xC0, (byte) 0x80}),
        arguments("invalid-utf8", bytes("\uFEFF" + good)),
        arguments("lone-surrogate", bytes("{\"a\": \"\\ud800\"}")),
        arguments("lone-surrogate", bytes("{\"\\ud800\": 1}")),
        arguments("malformed", bytes("{\"a\"\ud83d\ude00}")),
        arguments("duplicate-member", bytes("{\"a\": 1, \"\\u0061\": 1}")),
        arguments("number-out-of-range", bytes("{\"a\": 1e999}")),
        arguments("too-deep", bytes("[".repeat(65) + "]".repeat(65))),
        arguments("too-deep", bytes("{\"a\":".repeat(200_000))),
        arguments("too-large", bytes(good + " ".repeat(1024 * 1024))),
        arguments("unsupported-version", bytes(good.replace("occ/1", "occ/2"))),
        arguments("unsupported-version", bytes(good.replace("occ/slot/1", "occ/1"))),
        arguments("unsupported-algorithm", bytes(good.replace("sha256", "sha512"))),
        arguments("unknown-enforcement", bytes(good.replace("stub", "STUB"))));
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void verify_malformed_rejectedWithTheReadersReason(String detail, byte[] document) {
    Rejected rejected = rejected(VERIFIER.verifyProofOnly(document), Rejection.MALFORMED);

    assertThat(rejected.detail()).contains(detail);
    assertThat(rejected.pointer()).isPresent();
    assertThat(rejected.checks())
        .containsExactly(new Check(Check.Step.STRUCTURE, Check.Outcome.FAILED, rejected.text()))
        .allSatisfy(check -> assertThat(JsonValue.read(check.toJson().toBytes())).isNotNull());
  }

  @Property(tries = 300)
  void verify_anyBytes_rejected(@ForAll @Size(max = 200) byte[] document) {
    assertThat(VERIFIER.verifyProofOnly(document)).isInstanceOf(Rejected.class);
  }

  @Property(tries = 500)
  void verify_bytesOfAProofOverwritten_resultWithoutException(@ForAll long seed) {
    Random random = new Random(seed);
    byte[] document = PROOF.clone();
    for (int i = random.nextInt(4); i >= 0; i--) {
      document[random.nextInt(document.length)] = (byte) random.nextInt();
    }
    int length = random.nextBoolean() ? document.length : random.nextInt(document.length);

    assertResult(VERIFIER.verifyProofOnly(Arrays.copyOf(document, length)));
  }

  @Property(tries = 800)
  void verify_valuesOfAProofReplaced_resultWithoutException(@ForAll long seed) {
    Random random = new Random(seed);
    JsonValue changed = TREE;
    for (int i = random.nextInt(3); i >= 0; i--) {
      changed = mutated(changed, random);
    }

    assertResult(VERIFIER.verifyProofOnly(changed.toBytes()));
  }

  private static void assertResult(VerificationResult result) {
    assertThat(result.checks()).isNotEmpty();
    boolean failed =
        result.checks().get(result.checks().size() - 1).outcome() == Check.Outcome.FAILED;
    assertThat(result instanceof Rejected).isEqualTo(failed);
  }

  /** One value somewhere replaced, one member left out, or one added. */
  private static JsonValue mutated(JsonValue value, Random random) {
    if (!(value instanceof JsonObject object) || random.nextInt(6) == 0) {
      return anyValue(value, random);
    }
    List<Map.Entry<String, JsonValue>> members = new ArrayList<>(object.members().entrySet());
    if (members.isEmpty() || random.nextInt(10) == 0) {
      return object.with("more", anyValue(value, random));
    }
    Map.Entry<String, JsonValue> member = members.get(random.nextInt(members.size()));
    return random.nextInt(10) == 0
        ? object.without(member.getKey())
        : object.with(member.getKey(), mutated(member.getValue(), random));
  }

  private static JsonValue anyValue(JsonValue old, Random random) {
    return switch (random.nextInt(9)) {
      case 0 -> JsonNull.NULL;
      case 1 -> JsonBoolean.TRUE;
      case 2 -> JsonObject.empty();
      case 3 -> JsonArray.ofTexts(List.of("a", ""));
      case 4 -> new JsonNumber("-0.0e1");
      case 5 -> new JsonString("");
      case 6 -> new JsonString("A".repeat(4 * random.nextInt(30)));
      case 7 -> new JsonString(Integer.toString(random.nextInt()));
      default -> old instanceof JsonString text ? shuffled(text, random) : JsonNumber.of(1L << 52);
    };
  }

  private static JsonString shuffled(JsonString text, Random random) {
    if (text.text().isEmpty()) {
      return text;
    }
    char[] chars = text.text().toCharArray();
    chars[random.nextInt(chars.length)] = (char) ('!' + random.nextInt(90));
    return new JsonString(new String(chars));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
