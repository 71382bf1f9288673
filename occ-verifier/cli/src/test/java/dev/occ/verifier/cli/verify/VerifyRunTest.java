package dev.occ.verifier.cli.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.occ.cli.ExitCode;
import dev.occ.cli.Progress;
import dev.occ.cli.Tally;
import dev.occ.cli.Terminal;
import dev.occ.cli.UnusableInputException;
import dev.occ.cli.input.ProofInput;
import dev.occ.cli.options.Trust;
import dev.occ.verifier.ProofVerifier;
import dev.occ.verifier.ValidProof;
import dev.occ.verifier.VerificationPolicy;
import dev.occ.verifier.VerificationResult;
import dev.occ.verifier.cli.SoftProofs;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
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
    assertThat(tally.exitCode()).isEqualTo(ExitCode.REFUSED);
    assertThat(out.toString(StandardCharsets.UTF_8).lines()).hasSize(2);
  }

  @Test
  void over_helperRunsOutOfMemory_isNoVerdict() {
    Renderer broken =
        renderer(
            (input, result) -> {
              throw new OutOfMemoryError("as if");
            });
    VerifyRun run = run(2, broken);

    assertThatThrownBy(
            () ->
                run.over(
                    visitor -> {
                      boolean unused = visitor.proof(new ProofInput("a", new byte[0], true));
                    }))
        .isInstanceOf(OutOfMemoryError.class);
  }

  /** Their trees are many times as large as what is printed of them. */
  @Test
  void over_verdictsThatWait_keepNoResults() throws UnusableInputException {
    byte[] valid = SoftProofs.proof().toBytes();
    Queue<WeakReference<VerificationResult>> results = new ConcurrentLinkedQueue<>();
    CountDownLatch rendered = new CountDownLatch(3);
    Renderer renderer =
        renderer(
            (input, result) -> {
              results.add(new WeakReference<>(result));
              rendered.countDown();
              return "a line";
            });

    Tally tally =
        run(2, renderer)
            .over(
                visitor -> {
                  for (int i = 0; i < 3; i++) { // fewer than make it wait for the first
                    assertThat(visitor.proof(new ProofInput("a", valid.clone(), true))).isTrue();
                  }
                  await(rendered);
                  assertThat(out.size()).isZero();
                  assertThat(areCollected(results)).isTrue();
                });

    assertThat(tally.proofs()).isEqualTo(3);
    assertThat(tally.notValid()).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8).lines()).hasSize(3);
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(1, TimeUnit.MINUTES)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** The helper that rendered last may hold on to its result for a moment. */
  private static boolean areCollected(Queue<WeakReference<VerificationResult>> results) {
    for (int i = 0; i < 200; i++) {
      System.gc();
      if (results.stream().allMatch(result -> result.refersTo(null))) {
        return true;
      }
    }
    return false;
  }

  private static Renderer renderer(BiFunction<ProofInput, VerificationResult, String> render) {
    return new Renderer() {
      @Override
      public String render(ProofInput input, VerificationResult result) {
        return render.apply(input, result);
      }

      @Override
      public String renderFault(ProofInput input, ValidProof result, String reason, String text) {
        return reason;
      }

      @Override
      public String renderUnreadable(String name, String why) {
        return "";
      }
    };
  }

  private VerifyRun run(int jobs) {
    return run(jobs, new JsonRenderer(Trust.INTEGRITY_ONLY));
  }

  private VerifyRun run(int jobs, Renderer renderer) {
    Terminal terminal =
        Terminal.plain(new ByteArrayInputStream(new byte[0]), out, OutputStream.nullOutputStream());
    Progress progress = new Progress(terminal.err(), false, OptionalLong.empty(), System::nanoTime);
    return new VerifyRun(
        ProofVerifier.create(VerificationPolicy.integrityOnly()),
        Optional.empty(),
        new VerifyOutput(terminal, renderer, renderer, progress),
        jobs,
        false);
  }
}
