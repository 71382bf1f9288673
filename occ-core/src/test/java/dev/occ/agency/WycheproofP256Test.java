package dev.occ.agency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.occ.json.JsonArray;
import dev.occ.json.JsonException;
import dev.occ.json.JsonObject;
import dev.occ.json.JsonValue;
import dev.occ.proof.Bytes;
import dev.occ.testing.Json;
import dev.occ.testing.Vectors;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every P-256 case of Wycheproof with DER signatures; the file has none that is "acceptable". */
class WycheproofP256Test {
  private static final String FILE = "crypto/wycheproof_ecdsa_secp256r1_sha256_test.json";

  /** What decides once the forms are right. */
  private interface Decision {
    boolean verifies(P256Key key, byte[] message, EcdsaSignature signature);
  }

  static Stream<Named<Decision>> decisions() {
    return Stream.of(
        Named.of("SunEC", P256.ofJdk()::verifies),
        Named.of("BouncyCastle", P256.of(new BouncyCastleProvider())::verifies),
        Named.of("plain arithmetic", WycheproofP256Test::plainly));
  }

  private static boolean plainly(P256Key key, byte[] message, EcdsaSignature signature) {
    BigInteger digest = new BigInteger(1, Bytes.sha256(message).toByteArray());
    return P256Curve.verifies(key.point(), digest, signature.r(), signature.s());
  }

  @ParameterizedTest
  @MethodSource("decisions")
  void verifies_everyCase_asExpected(Decision decision) throws Exception {
    JsonObject file = Vectors.object(FILE);
    List<String> wrong = new ArrayList<>();
    int cases = 0;
    for (JsonValue group : array(file, "testGroups")) {
      P256Key key = P256Key.read(Bytes.fromHex(Json.text((JsonObject) group, "publicKeyDer")));
      for (JsonValue test : array((JsonObject) group, "tests")) {
        cases++;
        JsonObject one = (JsonObject) test;
        String expected = Json.text(one, "result");
        assertThat(expected).isIn("valid", "invalid");
        if (verifies(decision, key, one) != expected.equals("valid")) {
          wrong.add(one.toJson());
        }
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(cases).isEqualTo(484);
  }

  private static boolean verifies(Decision decision, P256Key key, JsonObject test)
      throws JsonException {
    Bytes signature = Bytes.fromHex(Json.text(test, "sig"));
    byte[] message = Bytes.fromHex(Json.text(test, "msg")).toByteArray();
    try {
      return decision.verifies(key, message, EcdsaSignature.read(signature));
    } catch (AgencyException e) {
      assertThat(e.reason()).isEqualTo(AgencyRejection.SIGNATURE_MALFORMED);
      return false;
    }
  }

  private static List<JsonValue> array(JsonObject object, String name) {
    return ((JsonArray) object.get(name).orElseThrow()).values();
  }
}
