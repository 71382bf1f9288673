package dev.occ.examples;

import dev.occ.epoch.CommitRequest;
import dev.occ.epoch.Epoch;
import dev.occ.epoch.EpochException;
import dev.occ.epoch.Slot;
import dev.occ.proof.Attribution;
import dev.occ.proof.Commit;
import dev.occ.proof.Proof;
import dev.occ.signer.EnforcementTier;
import dev.occ.signer.SignerException;
import dev.occ.signer.SignerProvider;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code occ commit}: makes a proof for each file, all on one chain of one new epoch in this
 * process. Everything is read and checked before the first slot is made.
 */
@Command(
    name = "commit",
    description = {
      "Makes a proof for each FILE, written as FILE.occ.json.",
      "Files that a valid proof is there for already are skipped."
    },
    mixinStandardHelpOptions = true)
final class CommitCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli before call()
  private CommandSpec spec;

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "What to prove; only read.")
  private List<Path> files = List.of();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where the proofs go; beside each FILE if absent.")
  private Optional<Path> out = Optional.empty();

  @Option(
      names = "--chain",
      paramLabel = "ID",
      defaultValue = Commit.DEFAULT_CHAIN,
      description = "The chain to put them on (default: ${DEFAULT-VALUE}).")
  private String chain = Commit.DEFAULT_CHAIN;

  @Option(
      names = "--signer",
      paramLabel = "NAME",
      defaultValue = "soft",
      description = "Who signs, by its provider's name (default: ${DEFAULT-VALUE}).")
  private String signer = "soft";

  @Option(
      names = "--signer-option",
      paramLabel = "NAME=VALUE",
      description = "An option for the signer; may be repeated.")
  private Map<String, String> signerOptions = Map.of();

  @Option(names = "--attribution-name", paramLabel = "TEXT", description = "Signed: who made it.")
  private Optional<String> attributionName = Optional.empty();

  @Option(names = "--attribution-title", paramLabel = "TEXT", description = "Signed: its title.")
  private Optional<String> attributionTitle = Optional.empty();

  @Option(names = "--attribution-message", paramLabel = "TEXT", description = "Signed: a message.")
  private Optional<String> attributionMessage = Optional.empty();

  @Option(names = "--force", description = "Replace what stands in a proof's place.")
  private boolean force;

  CommitCommand() {}

  @Override
  public Integer call() throws IOException, EpochException, SignerException {
    Screen screen = Screen.of(spec.commandLine());
    CommitPlan plan;
    try {
      plan = CommitPlan.of(files, out, force);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(
          spec.commandLine(), Printable.of(String.valueOf(e.getMessage())));
    }
    if (!plan.inTheWay().isEmpty()) {
      plan.inTheWay().forEach(this::reportInTheWay);
      return ExitCodes.REFUSED;
    }
    plan.proven().forEach(item -> screen.ok(item.file() + " is proven already: " + item.proof()));
    if (!plan.toDo().isEmpty()) {
      commitAll(screen, plan);
    }
    return ExitCodes.OK;
  }

  private void reportInTheWay(CommitPlan.Item item) {
    spec.commandLine()
        .getErr()
        .println(
            "occ commit: "
                + Printable.of(item.proof().toString())
                + " is no valid proof of this file; nothing was committed (--force replaces it)");
  }

  private void commitAll(Screen screen, CommitPlan plan)
      throws IOException, EpochException, SignerException {
    Optional<Attribution> attribution = attribution();
    try (Epoch epoch = Epoch.open(SignerProvider.named(signer).open(signerOptions))) {
      screen.field("epoch", epoch.id());
      for (CommitPlan.Item item : plan.toDo()) {
        Proof proof = commit(epoch, item, attribution);
        int size = ProofFiles.write(item.proof(), proof, force);
        String counter = proof.commit().counter().map(c -> "counter " + c + ", ").orElse("");
        screen.ok(item.file() + " -> " + item.proof() + "  (" + counter + size + " bytes)");
      }
      if (epoch.enforcement() == EnforcementTier.STUB) {
        screen.caution("the key was in this process's memory: such a signer proves no hardware");
      }
    }
  }

  private Proof commit(Epoch epoch, CommitPlan.Item item, Optional<Attribution> attribution)
      throws EpochException {
    Slot slot = epoch.allocateSlot(chain);
    CommitRequest.Builder request = CommitRequest.builder(slot.id(), item.artifact().digest());
    attribution.ifPresent(request::attribution);
    return epoch.commit(request.build());
  }

  private Optional<Attribution> attribution() {
    if (attributionName.isEmpty() && attributionTitle.isEmpty() && attributionMessage.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(new Attribution(attributionName, attributionTitle, attributionMessage));
  }
}
