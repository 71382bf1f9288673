package dev.occ.verifier.cli.verify;

import dev.occ.cli.ExitCode;
import dev.occ.cli.Guard;
import dev.occ.cli.InputFiles;
import dev.occ.cli.Printable;
import dev.occ.cli.Progress;
import dev.occ.cli.Tally;
import dev.occ.cli.Terminal;
import dev.occ.cli.UnusableInputException;
import dev.occ.cli.Version;
import dev.occ.cli.input.ArrayReader;
import dev.occ.cli.input.FileMatching;
import dev.occ.cli.input.InputReader;
import dev.occ.cli.input.InputSizes;
import dev.occ.cli.input.InputVisitor;
import dev.occ.cli.input.ProofInput;
import dev.occ.cli.input.Wrapping;
import dev.occ.cli.options.ArtifactOptions;
import dev.occ.cli.options.JobsOption;
import dev.occ.cli.options.PolicyOptions;
import dev.occ.cli.options.Trust;
import dev.occ.verifier.ArtifactDigest;
import dev.occ.verifier.ProofVerifier;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code verify}: judges proofs offline. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    exitCodeOnExecutionException = ExitCode.UNUSABLE,
    description = {
      "Verifies proofs offline: signature, slot, attestation and policy.",
      "In a folder, each proof X.occ.json is compared with the file X beside it.",
      "Without --policy or --pcr0, only integrity is checked and nothing is shown about hardware."
    },
    exitCodeListHeading = "%nExit code:%n",
    exitCodeList = {
      "0:every proof is valid, and in folders every file is as proven",
      "1:a proof is not valid, or in a folder its file is missing or differs",
      "2:invalid arguments or input"
    })
public final class VerifyCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(
      arity = "1..*",
      paramLabel = "PROOF",
      description =
          "Files with one proof, one proof per line (*.jsonl), a JSON array of proofs, or an object"
              + " with the member proof or proofs; folders, for the *.json and *.jsonl files at any"
              + " depth (links to folders are not followed); or - for standard input. After --, names"
              + " may start with a dash.")
  private List<String> inputs = List.of();

  @Mixin private ArtifactOptions artifactOptions = new ArtifactOptions();
  @Mixin private PolicyOptions policyOptions = new PolicyOptions();

  @Option(
      names = "--files",
      paramLabel = "DIR",
      description =
          "Compare the proofs of one folder with the files below this folder, as commit --out places"
              + " them (default: beside each proof).")
  private @Nullable Path files;

  @Option(
      names = "--proofs-only",
      description = "Verify the proofs of folders alone, without comparing any file.")
  private boolean proofsOnly;

  @Option(names = "--json", description = "Print one JSON object per proof, each on its own line.")
  private boolean json;

  @Mixin private JobsOption jobs = new JobsOption();

  @Option(names = "--fail-fast", description = "Stop at the first proof that is not valid.")
  private boolean failFast;

  @Option(names = "--no-progress", description = "Do not show a progress bar.")
  private boolean noProgress;

  /** The command on the process's own streams. */
  public VerifyCommand() {
    this(Terminal.system());
  }

  /**
   * The command on other streams.
   *
   * @param terminal what to read from and print to
   */
  public VerifyCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  /**
   * Verifies.
   *
   * @return the exit code: 0 if every proof is valid, 1 if some is not, 2 for unusable input
   */
  @Override
  public Integer call() {
    return Guard.run(terminal, this::verify);
  }

  private int verify() throws UnusableInputException {
    checkArguments();
    Optional<ArtifactDigest> artifact = artifactOptions.artifact();
    ProofVerifier verifier = policyOptions.verifier();
    boolean sole = inputs.size() == 1 && !isFolder(inputs.get(0));
    VerifyOutput output = output(sole);
    VerifyRun run = new VerifyRun(verifier, artifact, output, jobs.jobs(), failFast);
    Tally tally = run.over(artifact.isPresent() ? this::soleProof : this::readAll);
    if (!sole || tally.proofs() > 1 || (!json && output.printedLines())) {
      summary(tally); // a page of details says by itself what was not shown
    }
    return tally.exitCode();
  }

  private void readAll(InputVisitor visitor) throws UnusableInputException {
    InputReader reader = new InputReader(terminal, visitor, matching());
    for (String input : inputs) {
      if (!reader.read(input)) {
        return;
      }
    }
  }

  private void checkArguments() throws UnusableInputException {
    int unused = jobs.jobs(); // before any work
    InputFiles.requireNames(inputs);
    if (files == null) {
      return;
    }
    if (proofsOnly) {
      throw new UnusableInputException("--files and --proofs-only exclude each other");
    }
    if (inputs.size() != 1 || !isFolder(inputs.get(0))) {
      throw new UnusableInputException("--files needs exactly one folder of proofs");
    }
    if (!Files.isDirectory(files)) {
      throw new UnusableInputException(
          "--files: " + Printable.text(files.toString()) + " is not a folder");
    }
  }

  private FileMatching matching() {
    if (proofsOnly) {
      return FileMatching.none();
    }
    return files == null ? FileMatching.beside() : FileMatching.below(files);
  }

  private void soleProof(InputVisitor visitor) throws UnusableInputException {
    boolean unused = visitor.proof(soleProof()); // there is no more to be wanted
  }

  /** The one document to compare with an artifact; a file of several is refused as malformed. */
  private ProofInput soleProof() throws UnusableInputException {
    if (inputs.size() != 1 || isFolder(inputs.get(0))) {
      throw new UnusableInputException("--artifact and --digest need exactly one proof");
    }
    String name = inputs.get(0);
    byte[] document = InputFiles.readUpTo(name, terminal, InputReader.MAX_BYTES + 1);
    if (ArrayReader.isArray(document)) {
      return soleElement(name, document);
    }
    List<ProofInput> wrapped = Wrapping.unwrap(name, document);
    if (wrapped.size() > 1) {
      throw new UnusableInputException("--artifact and --digest need exactly one proof");
    }
    return wrapped.isEmpty() ? new ProofInput(name, document, true) : wrapped.get(0);
  }

  /** The one proof of an array, as a server answers a commit of one digest. */
  private static ProofInput soleElement(String name, byte[] document)
      throws UnusableInputException {
    ArrayReader reader = new ArrayReader(new ByteArrayInputStream(document), InputReader.MAX_BYTES);
    try {
      if (reader.advance()) {
        byte[] element = reader.element();
        if (!reader.advance() && reader.isComplete()) {
          return new ProofInput(name, element, true);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("bytes in memory cannot be read", e);
    }
    throw new UnusableInputException("--artifact and --digest need exactly one proof");
  }

  private static boolean isFolder(String input) throws UnusableInputException {
    return !InputFiles.STANDARD_INPUT.equals(input) && Files.isDirectory(InputFiles.path(input));
  }

  private VerifyOutput output(boolean sole) throws UnusableInputException {
    boolean bar = terminal.progress() && !noProgress;
    OptionalLong size = bar ? InputSizes.total(inputs, matching()) : OptionalLong.empty();
    Progress progress = new Progress(terminal.err(), bar, size, System::nanoTime);
    Trust trust = policyOptions.trust();
    if (json) {
      Renderer renderer = new JsonRenderer(trust);
      return new VerifyOutput(terminal, renderer, renderer, progress);
    }
    Renderer line = new LineRenderer(terminal.colours());
    Renderer detail = new DetailRenderer(terminal.colours());
    return new VerifyOutput(terminal, sole ? detail : line, line, progress);
  }

  /** For programs the summary is no result: it goes where the problems go. */
  private void summary(Tally tally) throws UnusableInputException {
    if (json) {
      terminal.note(tally.summary() + ". " + tally.comparison());
      return;
    }
    terminal.out().println();
    terminal.out().println(tally.summary());
    terminal.out().println(tally.comparison());
    if (policyOptions.trust() == Trust.INTEGRITY_ONLY) {
      terminal
          .out()
          .println(
              "No policy was given, so only integrity was checked; nothing is shown about hardware.");
    }
    terminal.flush();
  }
}
