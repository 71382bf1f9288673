package dev.occ.verifier.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.occ.verifier.ProofVerifier;
import dev.occ.verifier.VerificationPolicy;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VerifyRunTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  @Test
  void emptyTally_isNotValid() {
    Tally tally = new Tally();

    assertThat(tally.isEmpty()).isTrue();
    assertThat(tally.exitCode()).isEqualTo(ExitCode.UNUSABLE);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void over_noDocuments_isUnusable(int jobs) {
    VerifyRun run = run(jobs);

    assertThatThrownBy(() -> run.over(visitor -> {}))
        .isInstanceOf(UnusableInputException.class)
        .hasMessageContaining("no proof");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 64})
  void over_documents_printsAndCountsEach(int jobs) throws UnusableInputException {
    byte[] valid = SoftProofs.proof().toBytes();

    Tally tally =
        run(jobs)
            .over(
                visitor -> {
                  assertThat(visitor.proof(new ProofInput("a", valid, true))).isTrue();
                  assertThat(visitor.proof(new ProofInput("b", new byte[0], true))).isTrue();
                });

    assertThat(tally.proofs()).isEqualTo(2);
    assertThat(tally.exitCode()).isEqualTo(ExitCode.NOT_VALID);
    assertThat(out.toString(StandardCharsets.UTF_8).lines()).hasSize(2);
  }

  private VerifyRun run(int jobs) {
    Terminal terminal =
        Terminal.plain(new ByteArrayInputStream(new byte[0]), out, OutputStream.nullOutputStream());
    Renderer renderer = new JsonRenderer(Trust.INTEGRITY_ONLY);
    Progress progress = new Progress(terminal.err(), false, OptionalLong.empty(), System::nanoTime);
    return new VerifyRun(
        ProofVerifier.create(VerificationPolicy.integrityOnly()),
        Optional.empty(),
        new VerifyOutput(terminal, renderer, renderer, progress),
        jobs,
        false);
  }
}
