package dev.occ.verifier.cli.verify;

import dev.occ.cli.Tally;
import dev.occ.cli.UnusableInputException;
import dev.occ.cli.input.ArtifactFile;
import dev.occ.cli.input.InputVisitor;
import dev.occ.cli.input.ProofInput;
import dev.occ.verifier.ArtifactDigest;
import dev.occ.verifier.ProofVerifier;
import dev.occ.verifier.ValidProof;
import dev.occ.verifier.VerificationResult;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Verifies documents as they are found and prints the results in that order. At most four documents
 * or verdicts a thread are held at a time. For use by one thread, which it may give helpers, and
 * once: {@link #over} is the only way in, so that no verdict can be left behind in the queue.
 */
final class VerifyRun {
  private static final int PENDING_PER_THREAD = 4;

  private final ProofVerifier verifier;
  private final Optional<ArtifactDigest> artifact;
  private final VerifyOutput output;
  private final boolean failFast;
  private final int maxPending;
  private final Optional<ExecutorService> helpers;
  private final Queue<Future<VerifyOutput.Judged>> pending = new ArrayDeque<>();

  /** Where the documents come from. */
  @FunctionalInterface
  interface Documents {
    /** Hands each of them on, until the visitor wants no more. */
    void visit(InputVisitor visitor) throws UnusableInputException;
  }

  VerifyRun(
      ProofVerifier verifier,
      Optional<ArtifactDigest> artifact,
      VerifyOutput output,
      int jobs,
      boolean failFast) {
    this.verifier = verifier;
    this.artifact = artifact;
    this.output = output;
    this.failFast = failFast;
    this.maxPending = jobs * PENDING_PER_THREAD;
    this.helpers = jobs > 1 ? Optional.of(Executors.newFixedThreadPool(jobs)) : Optional.empty();
  }

  /**
   * Judges all documents.
   *
   * @return the count of all results, each of which was printed
   * @throws UnusableInputException also if there was nothing to judge: that is not the same as
   *     nothing wrong
   */
  Tally over(Documents documents) throws UnusableInputException {
    try {
      documents.visit(new Visitor());
      boolean unused = finish(); // whether it was cut short is in the tally
    } finally {
      // What the helpers still work on is of no interest any more.
      helpers.ifPresent(ExecutorService::shutdownNow);
    }
    if (output.tally().isEmpty()) {
      throw new UnusableInputException("no proof was checked");
    }
    return output.tally();
  }

  private final class Visitor implements InputVisitor {
    @Override
    public boolean proof(ProofInput input) throws UnusableInputException {
      if (helpers.isEmpty()) {
        return print(judge(input));
      }
      pending.add(helpers.get().submit(() -> judge(input)));
      return pending.size() < maxPending || printNext();
    }

    @Override
    public boolean unreadable(String name, String why) throws UnusableInputException {
      if (!finish()) {
        return false;
      }
      output.unreadable(name, why);
      return !failFast;
    }

    @Override
    public void unproven(Path file) {
      output.unproven();
    }
  }

  /** Prints what is still being worked on; false if that ended the run. */
  private boolean finish() throws UnusableInputException {
    while (!pending.isEmpty()) {
      if (!printNext()) {
        return false;
      }
    }
    return true;
  }

  private VerifyOutput.Judged judge(ProofInput input) {
    return input.file().isPresent()
        ? compare(input, input.file().get())
        : output.render(input, result(input));
  }

  private VerifyOutput.Judged compare(ProofInput input, ArtifactFile file) {
    ArtifactFile.Content content = file.content(output::read);
    if (content instanceof ArtifactFile.Hashed hashed) {
      return output.render(input, verifier.verify(input.json(), hashed.digest()));
    }
    VerificationResult alone = verifier.verifyProofOnly(input.json());
    return alone instanceof ValidProof valid
        ? output.render(input, valid, (ArtifactFile.NotComparable) content)
        : output.render(input, alone);
  }

  private VerificationResult result(ProofInput input) {
    return artifact.isPresent()
        ? verifier.verify(input.json(), artifact.get())
        : verifier.verifyProofOnly(input.json());
  }

  private boolean printNext() throws UnusableInputException {
    try {
      return print(pending.remove().get());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnusableInputException("interrupted", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error; // memory that ran out is no fault of the verifier
      }
      throw new IllegalStateException("a verifier answers whatever the input is", e.getCause());
    }
  }

  private boolean print(VerifyOutput.Judged judged) throws UnusableInputException {
    output.result(judged);
    if (failFast && judged.verdict() != VerifyOutput.Verdict.VALID) {
      pending.clear();
      return false;
    }
    return true;
  }
}
