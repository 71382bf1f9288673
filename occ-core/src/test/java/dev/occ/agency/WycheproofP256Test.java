package dev.occ.agency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.occ.json.JsonArray;
import dev.occ.json.JsonException;
import dev.occ.json.JsonNumber;
import dev.occ.json.JsonObject;
import dev.occ.json.JsonValue;
import dev.occ.proof.Bytes;
import dev.occ.testing.Json;
import dev.occ.testing.Vectors;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every P-256 case of Wycheproof with DER signatures; the file has none that is "acceptable". */
class WycheproofP256Test {
  private static final String FILE = "crypto/wycheproof_ecdsa_secp256r1_sha256_test.json";

  /** Valid cases with an x-coordinate of at least n, which JDKs since 17.0.3 refuse. */
  private static final Set<Long> REFUSED_BY_JDK = Set.of(350L, 479L);

  static Stream<Arguments> decisions() {
    return Stream.of(
        Arguments.of(Named.of("SunEC", JcaEs256.ofJdk()), REFUSED_BY_JDK),
        Arguments.of(Named.of("BouncyCastle", JcaEs256.of(new BouncyCastleProvider())), Set.of()));
  }

  @ParameterizedTest
  @MethodSource("decisions")
  void verifies_everyCase_asExpected(Es256Verifier decision, Set<Long> refused) throws Exception {
    JsonObject file = Vectors.object(FILE);
    Set<Long> wrong = new TreeSet<>();
    int cases = 0;
    for (JsonValue group : array(file, "testGroups")) {
      P256Key key = P256Key.read(Bytes.fromHex(Json.text((JsonObject) group, "publicKeyDer")));
      for (JsonValue test : array((JsonObject) group, "tests")) {
        cases++;
        JsonObject one = (JsonObject) test;
        String expected = Json.text(one, "result");
        assertThat(expected).isIn("valid", "invalid");
        if (verifies(decision, key, one) != expected.equals("valid")) {
          wrong.add(((JsonNumber) one.get("tcId").orElseThrow()).exactInteger().orElseThrow());
        }
      }
    }
    assertThat(wrong).isEqualTo(refused);
    assertThat(cases).isEqualTo(484);
  }

  private static boolean verifies(Es256Verifier decision, P256Key key, JsonObject test)
      throws JsonException {
    Bytes signature = Bytes.fromHex(Json.text(test, "sig"));
    byte[] message = Bytes.fromHex(Json.text(test, "msg")).toByteArray();
    try {
      return decision.verifies(key.der(), message, EcdsaSignature.read(signature).der());
    } catch (AgencyException e) {
      assertThat(e.reason()).isEqualTo(AgencyRejection.SIGNATURE_MALFORMED);
      return false;
    }
  }

  private static List<JsonValue> array(JsonObject object, String name) {
    return ((JsonArray) object.get(name).orElseThrow()).values();
  }
}
