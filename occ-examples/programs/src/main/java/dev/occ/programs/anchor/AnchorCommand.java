package dev.occ.programs.anchor;

import dev.occ.anchor.AnchorSigner;
import dev.occ.cli.ExitCode;
import dev.occ.cli.Printable;
import dev.occ.cli.UnusableInputException;
import dev.occ.cli.options.PolicyOptions;
import dev.occ.enclave.program.StopSignal;
import dev.occ.json.JsonException;
import dev.occ.programs.kit.FailureReport;
import dev.occ.programs.kit.ProofFiles;
import dev.occ.programs.kit.Screen;
import dev.occ.programs.kit.ServerOptions;
import dev.occ.proof.Commit;
import dev.occ.proof.Proof;
import dev.occ.proof.ProtocolName;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code occ anchor}: anchors a chain in Ethereum, block after block, until it is stopped. */
@Command(
    name = "anchor",
    description = {
      "Commits the hash of the newest Ethereum block to a chain at a fixed interval.",
      "Every proof that follows an anchor on its chain was made after that block."
    },
    mixinStandardHelpOptions = true)
public final class AnchorCommand implements Callable<Integer>, AnchorListener {
  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli before call()
  private CommandSpec spec;

  @Mixin private RpcOptions rpc = new RpcOptions();

  @Option(
      names = "--finality",
      paramLabel = "latest|safe|finalized",
      defaultValue = "latest",
      description = "The block that counts as the newest (default: ${DEFAULT-VALUE}).")
  private String finality = "latest";

  @Option(
      names = "--interval",
      paramLabel = "TIME",
      defaultValue = "12s",
      description = "Time between two queries, such as 12s or 5m (default: ${DEFAULT-VALUE}).")
  private String interval = "12s";

  @Mixin private ServerOptions server = new ServerOptions();
  @Mixin private PolicyOptions policy = new PolicyOptions();

  @Option(
      names = "--chain",
      paramLabel = "ID",
      defaultValue = Commit.DEFAULT_CHAIN,
      description = "The chain for the anchors (default: ${DEFAULT-VALUE}).")
  private String chain = Commit.DEFAULT_CHAIN;

  @Option(
      names = "--explorer",
      paramLabel = "URL",
      defaultValue = "https://etherscan.io",
      description = "Start of the URL in each anchor's title (default: ${DEFAULT-VALUE}).")
  private String explorer = "https://etherscan.io";

  @Option(
      names = "--anchor-key-file",
      required = true,
      paramLabel = "FILE",
      defaultValue = "${env:OCC_ANCHOR_KEY_FILE}",
      description =
          "File with the private anchor key, mode 0600; occ anchor-key makes one. Also"
              + " OCC_ANCHOR_KEY_FILE.")
  @SuppressWarnings("NullAway.Init") // required
  private Path anchorKeyFile;

  @Option(
      names = "--state",
      required = true,
      paramLabel = "FILE",
      description =
          "File that holds the last anchored block. After a restart no block is anchored twice.")
  @SuppressWarnings("NullAway.Init") // required
  private Path state;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Write each anchor's proof to this folder as block-NUMBER.occ.json.")
  private Optional<Path> out = Optional.empty();

  @Option(
      names = "--once",
      description = "Query once, anchor a new block if there is one, and exit.")
  private boolean once;

  public AnchorCommand() {}

  @Override
  public Integer call() throws IOException, InterruptedException {
    requireWritableOut();
    try (AnchorSigner signer = AnchorKeyFile.read(anchorKeyFile)) {
      return anchor(anchorer(signer));
    }
  }

  private int anchor(Anchorer anchorer) throws IOException, InterruptedException {
    StopSignal signal = new StopSignal(StopSignal.SERVER_SECONDS, anchorer::stop);
    try {
      if (once) {
        return anchorer.once() ? ExitCode.OK : ExitCode.UNUSABLE;
      }
      anchorer.run();
    } finally {
      signal.close();
    }
    return ExitCode.OK;
  }

  /** A proof whose file cannot be written is made all the same: what can be seen before is. */
  private void requireWritableOut() throws IOException {
    if (out.isPresent()) {
      Path folder = Files.createDirectories(out.get());
      if (!Files.isWritable(folder)) {
        throw new AccessDeniedException(folder.toString());
      }
    }
  }

  private Anchorer anchorer(AnchorSigner signer) throws IOException {
    try {
      ClientAnchorMaker maker =
          new ClientAnchorMaker(
              server.client(policy.verifier()),
              signer,
              new ClientAnchorMaker.Target(ProtocolName.OCC, chain, explorer()));
      return Anchorer.open(
          rpc.blocks(),
          maker,
          new Anchorer.Memory(
              state,
              rpc.chainId(),
              (file, document) -> {
                int unused = ProofFiles.write(file, document, true);
              }),
          new Anchorer.Pace(
              RpcOptions.duration("--interval", interval),
              finality(),
              () -> ThreadLocalRandom.current().nextDouble()),
          this);
    } catch (IllegalArgumentException | JsonException e) {
      throw unusable(String.valueOf(e.getMessage()), e);
    } catch (UnusableInputException e) {
      throw unusable(e.text(), e);
    }
  }

  private ParameterException unusable(String text, Exception e) {
    return new ParameterException(spec.commandLine(), Printable.of(text), e);
  }

  private String explorer() {
    if (!explorer.matches("https?://[!-~]{1,200}") || explorer.endsWith("/")) {
      throw new IllegalArgumentException("--explorer must be a URL without a trailing slash");
    }
    return explorer;
  }

  private Finality finality() {
    for (Finality one : Finality.values()) {
      if (one.tag().equals(finality)) {
        return one;
      }
    }
    throw new IllegalArgumentException("--finality must be latest, safe or finalized");
  }

  @Override
  public void anchored(Block block, Proof proof) throws IOException {
    String counter = proof.commit().counter().map(c -> ", counter " + c).orElse("");
    screen().ok("block " + block + counter);
    if (out.isPresent()) {
      Path file = out.get().resolve("block-" + block.number() + ProofFiles.SUFFIX);
      try {
        int unused = ProofFiles.write(file, proof, true);
      } catch (IOException e) {
        // The block counts as anchored, so the proof would not be made again.
        FailureReport.unsaved(spec.commandLine().getErr(), "occ anchor", file, proof, e);
        throw e;
      }
    }
  }

  @Override
  public void replaced(Block block) {
    screen()
        .caution(
            "Ethereum replaced block "
                + block
                + ": no node will confirm its anchor"
                + " (--finality safe or finalized prevents this)");
  }

  @Override
  public void failed(String text, Duration pause) {
    spec.commandLine()
        .getErr()
        .println(
            "occ anchor: " + Printable.of(text) + "; next attempt in " + pause.toMillis() + " ms");
    spec.commandLine().getErr().flush();
  }

  private Screen screen() {
    return Screen.of(spec.commandLine());
  }
}
