package dev.occ.verifier.cli.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.occ.proof.Proof;
import dev.occ.verifier.cli.Run;
import dev.occ.verifier.cli.SoftProofs;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Proofs in an object around them, as programs store them. */
class VerifyWrappedTest {
  private final List<Proof> proofs = SoftProofs.proofs(2);
  private final String digest = SoftProofs.digest().toBase64();

  private byte[] filled(String form) {
    return form.replace("<0>", text(0)).replace("<1>", text(1)).getBytes(StandardCharsets.UTF_8);
  }

  private String text(int index) {
    return proofs.get(index).json().toJson();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"proof\":<0>}", " {\"ok\":true, \"proofs\": [<0>]}", "[<0>]"})
  void verify_soleWrappedProof_isLikeTheProof(String form) {
    Run run = Run.withInput(filled(form), "verify", "--json", "-");
    Run compared = Run.withInput(filled(form), "verify", "--json", "--digest", digest, "-");

    assertThat(run.code()).as(run.toString()).isZero();
    assertThat(run.json().required("valid").booleanValue()).isTrue();
    assertThat(compared.json().at("/claims/artifactCompared").booleanValue()).isTrue();
    assertThat(Run.withInput(filled(form), "inspect", "--json", "-").json().at("/proof/version"))
        .isNotNull();
  }

  @Test
  void verify_severalWrappedProofs_areNamedByTheirMember() {
    byte[] input = filled("{\"proofs\":[<0>,<1>,{}]}");

    Run run = Run.withInput(input, "verify", "--json", "-");

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.jsonLines().stream().map(j -> j.required("input").stringValue()))
        .containsExactly(
            "standard input.proofs[0]", "standard input.proofs[1]", "standard input.proofs[2]");
    assertThat(run.jsonLines().stream().map(j -> j.required("valid").booleanValue()))
        .containsExactly(true, true, false);
    Run.withInput(input, "verify", "--digest", digest, "-").assertUnusable("exactly one proof");
  }

  @Test
  void inspect_arrayOrWrappedProofs_showsEach() {
    for (String form :
        List.of("[<0>,<1>]", "{\"proofs\":[<0>,<1>]}", "{\"proof\":<0>,\"proofs\":[<1>]}")) {
      assertThat(Run.withInput(filled(form), "inspect", "--json", "-").jsonLines())
          .as(form)
          .hasSize(2);
    }
  }

  /** What a proof carries outside of its signature must not be judged in its place. */
  @Test
  void verify_proofWithAMemberProof_isJudgedItself() {
    byte[] inner =
        filled("{\"proof\":<0>," + text(1).substring(1).replace("\"occ/1\"", "\"occ/9\""));

    Run run = Run.withInput(inner, "verify", "--json", "-");

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.json().required("input").stringValue()).isEqualTo("standard input");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"proof\":1}", "{\"proofs\":[]}", "{\"proof\":<0>", "{\"proofs\":{}}"})
  void verify_wrappingWithoutProof_isNotValid(String form) {
    assertThat(Run.withInput(filled(form), "verify", "-").code()).isEqualTo(1);
  }
}
