package dev.occ.cli.options;

import dev.occ.cli.UnusableInputException;
import picocli.CommandLine.Option;

/** How many proofs are verified at a time; the same in all commands. */
public final class JobsOption {
  private static final int MAX = 64;

  @Option(
      names = "--jobs",
      paramLabel = "N",
      description =
          "Number of proofs to verify in parallel, 1 to 64 (default: the number of processors).")
  private int jobs = Math.min(MAX, Runtime.getRuntime().availableProcessors());

  /** For picocli. */
  public JobsOption() {}

  /** The number, checked. */
  public int jobs() throws UnusableInputException {
    if (jobs < 1 || jobs > MAX) {
      throw new UnusableInputException("--jobs must be 1 to " + MAX);
    }
    return jobs;
  }
}
