package dev.occ.proof;

import static dev.occ.json.JsonException.Reason.EMPTY;
import static dev.occ.testing.Json.assertRefused;
import static dev.occ.testing.Json.object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.occ.json.JsonObject;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The signed parts that a caller builds: policy, principal, attribution. */
class SignedPartsTest {
  private static final Bytes DIGEST = Bytes.of(new byte[32]);

  @Test
  void policy_built_isWrittenAndReadBack() throws Exception {
    PolicyBinding full = new PolicyBinding(DIGEST, Optional.of("n"), Optional.of("v"));
    assertThat(PolicyBinding.read(full.toJson())).isEqualTo(full);
    assertThat(PolicyBinding.of(DIGEST).toJson())
        .isEqualTo(object("{\"digestB64\":\"" + TestProofs.B32 + "\"}"));
    assertThatIllegalArgumentException().isThrownBy(() -> PolicyBinding.of(Bytes.of(new byte[31])));
  }

  @Test
  void principal_built_isWrittenAndReadBack() throws Exception {
    Principal full = new Principal("i", Optional.of("p"));
    assertThat(Principal.read(full.toJson())).isEqualTo(full);
    assertThat(Principal.of("i").toJson()).hasToString("{\"id\":\"i\"}");
    assertThatIllegalArgumentException().isThrownBy(() -> Principal.of(""));
  }

  @Test
  void attribution_built_isWrittenAndReadBack() throws Exception {
    Attribution full = new Attribution(Optional.of("n"), Optional.of("t"), Optional.of("m"));
    assertThat(Attribution.read(full.toJson())).isEqualTo(full);
    assertThat(Attribution.of("n").toJson()).hasToString("{\"name\":\"n\"}");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Attribution(Optional.empty(), Optional.empty(), Optional.empty()));
    assertRefused(() -> Attribution.read(JsonObject.empty()), EMPTY, "");
  }
}
