package dev.occ.verifier.cli.policy;

import dev.occ.cli.ExitCode;
import dev.occ.cli.Guard;
import dev.occ.cli.InputFiles;
import dev.occ.cli.Page;
import dev.occ.cli.Paint;
import dev.occ.cli.Printable;
import dev.occ.cli.Terminal;
import dev.occ.cli.UnusableInputException;
import dev.occ.cli.Version;
import dev.occ.json.JsonArray;
import dev.occ.json.JsonBoolean;
import dev.occ.json.JsonException;
import dev.occ.json.JsonLimits;
import dev.occ.json.JsonObject;
import dev.occ.json.JsonValue;
import dev.occ.verifier.VerificationPolicy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code policy check}: whether a file is a policy, and what it does not require. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    exitCodeOnExecutionException = ExitCode.UNUSABLE,
    description = "Checks a policy file and shows what it requires and what it leaves open.",
    exitCodeListHeading = "%nExit code:%n",
    exitCodeList = {
      "0:the file is a policy",
      "1:the file is not a policy",
      "2:the file cannot be read"
    })
final class PolicyCheckCommand implements Callable<Integer> {
  /** Rules that only a proof with a checked attestation fulfils. */
  private static final List<String> ABOUT_ATTESTATIONS =
      List.of("requireAttestation", "requireAttestationFormat", "maxAttestationAge", "requirePcrs");

  @ParentCommand private @Nullable PolicyCommand parent;

  @Parameters(paramLabel = "FILE", description = "The policy file.")
  private @Nullable Path file;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @Override
  public Integer call() {
    Terminal terminal = Objects.requireNonNull(parent, "picocli sets it").terminal();
    return Guard.run(terminal, () -> check(terminal));
  }

  private int check(Terminal terminal) throws UnusableInputException {
    Path policyFile = Objects.requireNonNull(file, "picocli requires it");
    byte[] document = InputFiles.read(policyFile, JsonLimits.DEFAULT.maxBytes());
    try {
      VerificationPolicy policy = VerificationPolicy.read(document);
      show(terminal, policyFile, policy.toJson(), leftOpen(policy));
      return ExitCode.OK;
    } catch (JsonException e) {
      showProblem(terminal, policyFile, e);
      return ExitCode.REFUSED;
    }
  }

  private void show(Terminal terminal, Path policyFile, JsonObject policy, List<String> leftOpen) {
    if (json) {
      JsonObject answer =
          JsonObject.builder()
              .put("valid", JsonBoolean.TRUE)
              .put("policy", policy)
              .put("leftOpen", JsonArray.ofTexts(leftOpen))
              .build();
      terminal.out().println(Printable.json(answer));
      return;
    }
    Page page = new Page(terminal.colours());
    page.headline(Paint.GREEN, "✓ a policy", policyFile.toString());
    page.section("Required");
    for (Map.Entry<String, JsonValue> rule : policy.members().entrySet()) {
      page.line(rule.getKey() + " " + rule.getValue().toJson());
    }
    page.section("Left open");
    if (leftOpen.isEmpty()) {
      page.line("none of the requirements of a strict policy");
    }
    for (String text : leftOpen) {
      page.line("– " + text);
    }
    terminal.out().println(page);
  }

  private void showProblem(Terminal terminal, Path policyFile, JsonException e) {
    if (json) {
      JsonObject answer =
          JsonObject.builder()
              .put("valid", JsonBoolean.FALSE)
              .put("reason", e.reason().code())
              .put("text", String.valueOf(e.getMessage()))
              .put("pointer", e.pointer())
              .build();
      terminal.out().println(Printable.json(answer));
    } else {
      Page page = new Page(terminal.colours());
      page.headline(Paint.RED, "✗ NOT A POLICY", policyFile.toString());
      page.field("reason", e.reason().code());
      page.field("because", String.valueOf(e.getMessage()));
      terminal.out().println(page);
    }
  }

  private static List<String> leftOpen(VerificationPolicy read) {
    JsonObject policy = read.toJson();
    List<String> open = new ArrayList<>();
    read.caveats().forEach(caveat -> open.add(caveat.text()));
    if (!policy.has("allowedMeasurements")) {
      open.add("any measurement is accepted: no allowedMeasurements");
    }
    if (ABOUT_ATTESTATIONS.stream().noneMatch(policy::has)) {
      open.add("a proof without attestation is accepted: no requireAttestation");
    }
    if (!policy.has("requireAttestationFormat")) {
      open.add(
          "any attestation format with a pinned root is accepted: no requireAttestationFormat");
    }
    if (!policy.has("requireSlot")) {
      open.add("a proof without slot is accepted: no requireSlot");
    }
    if (!policy.has("requireEnforcement")) {
      open.add("any enforcement tier is accepted: no requireEnforcement");
    }
    return open;
  }
}
