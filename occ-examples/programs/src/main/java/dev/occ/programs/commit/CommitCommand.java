package dev.occ.programs.commit;

import dev.occ.cli.ExitCode;
import dev.occ.cli.Printable;
import dev.occ.cli.Progress;
import dev.occ.cli.Terminal;
import dev.occ.cli.UnusableInputException;
import dev.occ.cli.options.PolicyOptions;
import dev.occ.client.CommitOptions;
import dev.occ.client.OccClientException;
import dev.occ.enclave.program.StopSignal;
import dev.occ.epoch.EpochException;
import dev.occ.programs.kit.Screen;
import dev.occ.programs.kit.ServerOptions;
import dev.occ.programs.kit.SignerOptions;
import dev.occ.programs.timestamp.StampOptions;
import dev.occ.programs.timestamp.Stamper;
import dev.occ.proof.Attribution;
import dev.occ.proof.Commit;
import dev.occ.signer.SignerException;
import dev.occ.verifier.ProofVerifier;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code occ commit}: makes a proof for each file, on one chain of one new epoch in this process or
 * by a server. Two passes over the files: the first finds mistakes before anything is made, the
 * second commits a batch at a time.
 */
@Command(
    name = "commit",
    description = {
      "Makes a proof for each FILE and writes it to FILE.occ.json.",
      "The server named by --url or TEE_URL makes the proofs; without one, a signer in this process"
          + " does.",
      "Files that already have a valid proof as asked (signer or policy, chain, attribution) are"
          + " skipped, so an interrupted run can be repeated. Any other proof is in the way.",
      "A folder stands for the files below it, except hidden files, proofs (*.occ.json) and links."
    },
    mixinStandardHelpOptions = true)
public final class CommitCommand implements Callable<Integer> {
  private static final long MAX_STOP_SECONDS = 20;

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli before call()
  private CommandSpec spec;

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description = "Files or folders to prove. They are only read.")
  private List<Path> files = List.of();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "Write the proofs to this folder, those of a folder under its name (default: beside each"
              + " FILE). Links to folders below it are not followed.")
  private Optional<Path> out = Optional.empty();

  @Option(
      names = "--chain",
      paramLabel = "ID",
      defaultValue = Commit.DEFAULT_CHAIN,
      description = "The chain for the proofs (default: ${DEFAULT-VALUE}).")
  private String chain = Commit.DEFAULT_CHAIN;

  @Mixin private SignerOptions signer = new SignerOptions();
  @Mixin private ServerOptions server = new ServerOptions();
  @Mixin private PolicyOptions policy = new PolicyOptions();
  @Mixin private StampOptions stamps = new StampOptions();

  @Option(
      names = "--batch",
      paramLabel = "N",
      description = "Digests per request to a server, 1 to 1000 (default: 100).")
  private int batch = 100;

  @Option(
      names = "--attribution-name",
      paramLabel = "TEXT",
      description = "Sign this name as the author.")
  private Optional<String> attributionName = Optional.empty();

  @Option(names = "--attribution-title", paramLabel = "TEXT", description = "Sign this title.")
  private Optional<String> attributionTitle = Optional.empty();

  @Option(names = "--attribution-message", paramLabel = "TEXT", description = "Sign this message.")
  private Optional<String> attributionMessage = Optional.empty();

  @Option(names = "--force", description = "Replace an existing file that is in a proof's place.")
  private boolean force;

  @Option(names = "--hidden", description = "Include hidden files and folders.")
  private boolean hidden;

  @Option(names = "--no-progress", description = "Do not show a progress bar.")
  private boolean noProgress;

  public CommitCommand() {}

  @Override
  public Integer call() throws IOException, EpochException, SignerException, OccClientException {
    Screen screen = Screen.of(spec.commandLine());
    ArtifactFiles artifacts;
    ProvenCheck check;
    ProofSource source;
    Optional<Stamper> stamper;
    try {
      ProofVerifier verifier = policy.verifier();
      artifacts = ArtifactFiles.of(files, out, hidden);
      stamper = stamps.stamper(policy.timestampVerifier(), screen, spec.commandLine().getErr());
      source = source(verifier, screen);
      check = new ProvenCheck(verifier, source, chain, attribution());
    } catch (IllegalArgumentException e) {
      throw unusable(String.valueOf(e.getMessage()), e);
    } catch (UnusableInputException e) {
      throw unusable(e.text(), e);
    }
    try (source) {
      int code = commit(artifacts, source, check, stamper);
      return stamper.isPresent() ? Math.max(code, stamper.get().finish()) : code;
    }
  }

  private ParameterException unusable(String text, Exception e) {
    return new ParameterException(spec.commandLine(), Printable.of(text), e);
  }

  private int batch() {
    if (batch < 1 || batch > 1000) {
      throw new IllegalArgumentException("--batch must be 1 to 1000");
    }
    return batch;
  }

  /** A signer that was asked for by name wins over a server that only the environment names. */
  private ProofSource source(ProofVerifier verifier, Screen screen) throws IOException {
    boolean bySigner = signer.areGiven();
    if (bySigner && server.isNamed()) {
      throw new IllegalArgumentException("--url and --signer exclude each other");
    }
    if (server.isNamed() || (!bySigner && ServerOptions.isInEnvironment())) {
      CommitOptions.Builder options = CommitOptions.builder().chainId(chain);
      attribution().ifPresent(options::attribution);
      return new ServerSource(
          server.clientBuilder(verifier), options.build(), batch(), policy.isGiven(), screen);
    }
    if (policy.isGiven()) {
      throw new IllegalArgumentException("--policy and --pcr0 need --url or TEE_URL");
    }
    return new EpochSource(signer, chain, attribution(), screen);
  }

  private int commit(
      ArtifactFiles artifacts, ProofSource source, ProvenCheck check, Optional<Stamper> stamper)
      throws IOException, EpochException, SignerException, OccClientException {
    Screen screen = Screen.of(spec.commandLine());
    CommitReport report = new CommitReport(screen, spec.commandLine().getErr());
    CommitScan scan = new CommitScan(check, force, out.orElse(null), screen);
    try {
      artifacts.visit(scan);
    } catch (CommitRun.SourceFailedException e) {
      return sourceFailed(e, report);
    }
    if (!scan.inTheWay().isEmpty()) {
      reportInTheWay(scan, report);
      return ExitCode.REFUSED;
    }
    Runnable noStamps = () -> stamper.ifPresent(Stamper::giveUp);
    try (StopSignal stop = new StopSignal(MAX_STOP_SECONDS, noStamps)) {
      // Closed last: a process that was told to end ends as soon as it is.
      try {
        if (scan.toDo() > 0) {
          new CommitRun(source, check, report, progress(scan), force, stop)
              .stampedBy(stamper)
              .into(out.orElse(null))
              .commit(artifacts);
        }
      } catch (CommitRun.SourceFailedException e) {
        return sourceFailed(e, report);
      } finally {
        conclude(artifacts, scan, report, screen);
      }
    }
    if (report.proven() > 0) {
      source.cautions().forEach(screen::caution);
    }
    return report.exitCode();
  }

  private static void conclude(
      ArtifactFiles artifacts, CommitScan scan, CommitReport report, Screen screen) {
    long left = scan.toDo() - report.proven();
    if (artifacts.hasFolder() || left > 0) {
      screen.field(
          "total",
          report.proven()
              + " new, "
              + scan.proven()
              + " already proven, "
              + Math.max(0, left)
              + " left (repeat the command to continue)");
    }
  }

  private Progress progress(CommitScan scan) {
    Terminal terminal = Terminal.system();
    boolean bar = terminal.progress() && !noProgress;
    return new Progress(terminal.err(), bar, OptionalLong.of(scan.bytesToDo()), System::nanoTime);
  }

  private static void reportInTheWay(CommitScan scan, CommitReport report) {
    scan.inTheWay()
        .forEach(what -> report.problem(what + "; nothing was committed (--force replaces it)"));
    if (scan.moreInTheWay() > 0) {
      report.problem("and " + scan.moreInTheWay() + " further files");
    }
  }

  /** A server whose proofs are not as asked is refused; one that makes none is of no use. */
  private static int sourceFailed(CommitRun.SourceFailedException e, CommitReport report)
      throws EpochException, SignerException, OccClientException {
    Throwable cause = e.getCause();
    if (cause instanceof OccClientException failure) {
      if (failure.reason().name().startsWith("PROOF_")) {
        report.problem(failure.reason().code() + ": " + failure.getMessage());
        return ExitCode.REFUSED;
      }
      throw failure;
    }
    if (cause instanceof EpochException failure) {
      throw failure;
    }
    if (cause instanceof SignerException failure) {
      throw failure;
    }
    throw new IllegalStateException(e);
  }

  private Optional<Attribution> attribution() {
    if (attributionName.isEmpty() && attributionTitle.isEmpty() && attributionMessage.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(new Attribution(attributionName, attributionTitle, attributionMessage));
  }
}
