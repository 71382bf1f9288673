package dev.occ.verifier.cli.chain;

import dev.occ.cli.ExitCode;
import dev.occ.cli.Guard;
import dev.occ.cli.InputFiles;
import dev.occ.cli.NewFile;
import dev.occ.cli.Printable;
import dev.occ.cli.Progress;
import dev.occ.cli.Terminal;
import dev.occ.cli.UnusableInputException;
import dev.occ.cli.Version;
import dev.occ.cli.input.InputReader;
import dev.occ.cli.input.InputSizes;
import dev.occ.cli.options.JobsOption;
import dev.occ.cli.options.PolicyOptions;
import dev.occ.json.JsonObject;
import dev.occ.verifier.chain.ChainException;
import dev.occ.verifier.chain.ChainReport;
import dev.occ.verifier.chain.ChainVerification;
import dev.occ.verifier.chain.ChainVerifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/**
 * {@code chain verify}: judges proofs and the order between them, offline, unless a program brings
 * an {@link AnchorConfirmation}.
 */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    exitCodeOnExecutionException = ExitCode.UNUSABLE,
    description = {
      "Verifies proofs and their history: chains, gaps, forks, epochs and anchors.",
      "Without --policy or --pcr0, only integrity is checked and nothing is shown about hardware."
    },
    exitCodeListHeading = "%nExit code:%n",
    exitCodeList = {
      "0:the history is sound",
      "1:the history is not sound",
      "2:invalid arguments or input"
    })
final class ChainVerifyCommand implements Callable<Integer> {
  private static final int MAX_DETAILS = 100_000;

  @ParentCommand private @Nullable ChainCommand parent;

  @Parameters(
      arity = "1..*",
      paramLabel = "PROOFS",
      description =
          "Files with one proof, one proof per line (*.jsonl) or a JSON array of proofs; folders, for"
              + " the *.json and *.jsonl files at any depth (links to folders are not followed); or -"
              + " for standard input. After --, names may start with a dash.")
  private List<String> inputs = List.of();

  @Mixin private PolicyOptions policyOptions = new PolicyOptions();

  @Option(names = "--partial", description = "Accept chains whose first proofs are missing.")
  private boolean partial;

  @Option(names = "--json", description = "Print the report as one JSON object.")
  private boolean json;

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description = "Write the report to this file as an HTML page with a diagram.")
  private @Nullable Path html;

  @Option(
      names = "--force",
      description = "Replace an existing file of --html. Links and devices are never replaced.")
  private boolean force;

  @Option(
      names = "--details",
      paramLabel = "N",
      description = "Number of faults of each kind to list (default: 100).")
  private int details = 100;

  @Option(
      names = "--tmp",
      paramLabel = "DIR",
      description = "Folder for temporary files (default: the system's temporary folder).")
  private @Nullable Path temporary;

  @Mixin private JobsOption jobs = new JobsOption();

  @Option(names = "--no-progress", description = "Do not show a progress bar.")
  private boolean noProgress;

  /** For picocli, which sets the parent. */
  ChainVerifyCommand() {}

  /**
   * Verifies.
   *
   * @return the exit code: 0 if the history is sound, 1 if it is not, 2 for unusable input
   */
  @Override
  public Integer call() {
    ChainCommand group = Objects.requireNonNull(parent, "picocli sets it");
    return Guard.run(
        group.terminal(),
        () -> {
          checkArguments();
          return verify(group.terminal(), group.confirmation().get());
        });
  }

  private int verify(Terminal terminal, Optional<AnchorConfirmation> confirmation)
      throws UnusableInputException {
    ChainVerifier verifier = verifier(confirmation);
    try (ChainVerification verification = verifier.start()) {
      ChainRun run = new ChainRun(verification, terminal, progress(terminal));
      InputReader reader = new InputReader(terminal, run);
      for (String input : inputs) {
        if (!reader.read(input)) {
          return ExitCode.UNUSABLE;
        }
      }
      ChainReport report = run.finish();
      ChainOutcome outcome =
          new ChainOutcome(
              report,
              policyOptions.trust(),
              policyOptions.caveats(),
              policyOptions.leniency(),
              run.unreadable());
      print(terminal, outcome, confirmation);
      if (html != null) { // last: a page that cannot be written must not take the report with it
        NewFile.write(html, new ChainPage(outcome).toBytes(), force);
      }
      if (run.unreadable() > 0) {
        return ExitCode.UNUSABLE;
      }
      return exitCode(report, confirmation);
    } catch (ChainException e) {
      throw ChainRun.unusable(e);
    }
  }

  /** What was refuted is wrong; what nobody answered for is neither wrong nor right. */
  private static int exitCode(ChainReport report, Optional<AnchorConfirmation> confirmation) {
    if (!report.isSound() || confirmation.filter(AnchorConfirmation::isRefuted).isPresent()) {
      return ExitCode.REFUSED;
    }
    return confirmation.filter(c -> !c.isComplete()).isPresent() ? ExitCode.UNUSABLE : ExitCode.OK;
  }

  private void checkArguments() throws UnusableInputException {
    int unused = jobs.jobs(); // before any work
    if (details < 1 || details > MAX_DETAILS) {
      throw new UnusableInputException("--details must be 1 to " + MAX_DETAILS);
    }
    InputFiles.requireNames(inputs);
    if (html != null) {
      NewFile.check(html, force); // before the work, not after it
    }
    if (temporary != null && !Files.isDirectory(temporary)) {
      throw new UnusableInputException(
          "--tmp must be a folder, not " + Printable.text(temporary.toString()));
    }
  }

  private ChainVerifier verifier(Optional<AnchorConfirmation> confirmation)
      throws UnusableInputException {
    ChainVerifier.Builder verifier =
        ChainVerifier.builder(policyOptions.verifier())
            .threads(jobs.jobs())
            .maxFaultsPerReason(details);
    if (temporary != null) {
      verifier.temporaryFolder(temporary);
    }
    if (partial) {
      verifier.partial();
    }
    confirmation.ifPresent(verifier::anchorVisitor);
    return verifier.build();
  }

  private Progress progress(Terminal terminal) throws UnusableInputException {
    boolean bar = terminal.progress() && !noProgress;
    OptionalLong size = bar ? InputSizes.total(inputs) : OptionalLong.empty();
    return new Progress(terminal.err(), bar, size, System::nanoTime);
  }

  private void print(
      Terminal terminal, ChainOutcome outcome, Optional<AnchorConfirmation> confirmation)
      throws UnusableInputException {
    if (json) {
      JsonObject document = outcome.toJson();
      terminal
          .out()
          .println(
              Printable.json(
                  confirmation
                      .map(c -> document.with("anchorConfirmation", c.toJson()))
                      .orElse(document)));
    } else {
      terminal.out().println(new ChainText(outcome, terminal.colours()));
      confirmation.ifPresent(c -> c.lines().forEach(terminal.out()::println));
    }
    terminal.flush();
  }
}
