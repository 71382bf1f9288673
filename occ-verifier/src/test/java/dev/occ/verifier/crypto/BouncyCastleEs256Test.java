package dev.occ.verifier.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import dev.occ.agency.Es256Verifier;
import dev.occ.verifier.Vectors;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class BouncyCastleEs256Test {
  private static final HexFormat HEX = HexFormat.of();
  private static final String FILE = "crypto/wycheproof_ecdsa_secp256r1_sha256_test.json";

  /** Those two valid ones included that the JDK refuses. */
  @Test
  void verifies_everyCaseOfWycheproof_asExpected() {
    Es256Verifier es256 = CryptoProvider.bouncyCastle().es256();
    List<String> wrong = new ArrayList<>();
    int cases = 0;
    for (JsonNode group : Vectors.json(FILE).get("testGroups")) {
      byte[] key = HEX.parseHex(group.get("publicKeyDer").stringValue());
      for (JsonNode test : group.get("tests")) {
        cases++;
        boolean valid =
            es256.verifies(
                key,
                HEX.parseHex(test.get("msg").stringValue()),
                HEX.parseHex(test.get("sig").stringValue()));
        if (valid != test.get("result").stringValue().equals("valid")) {
          wrong.add(test.toString());
        }
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(cases).isEqualTo(484);
  }
}
