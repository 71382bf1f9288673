package dev.occ.verifier.cli.policy;

import dev.occ.cli.ExitCode;
import dev.occ.cli.Guard;
import dev.occ.cli.InputFiles;
import dev.occ.cli.NewFile;
import dev.occ.cli.Printable;
import dev.occ.cli.Terminal;
import dev.occ.cli.UnusableInputException;
import dev.occ.cli.Version;
import dev.occ.cli.options.RootOptions;
import dev.occ.json.JsonLimits;
import dev.occ.signer.EnforcementTier;
import dev.occ.verifier.Caveat;
import dev.occ.verifier.HistoricalForm;
import dev.occ.verifier.ProofVerifier;
import dev.occ.verifier.Rejected;
import dev.occ.verifier.ValidProof;
import dev.occ.verifier.VerificationPolicy;
import dev.occ.verifier.VerificationResult;
import dev.occ.verifier.cli.policy.StrictPolicy.Pins;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code policy init}: a strict policy after the model of a proof that is known to be good. */
@Command(
    name = "init",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    exitCodeOnExecutionException = ExitCode.UNUSABLE,
    description = {
      "Writes a strict policy from a proof that you know to be good.",
      "The proof is verified first, and so is its attestation if it has one. The policy requires"
          + " the proof's tier, measurement and attestation. It does not require its key or epoch,"
          + " which change at every restart of the enclave."
    },
    exitCodeListHeading = "%nExit code:%n",
    exitCodeList = {
      "0:the policy was written",
      "1:the proof is not valid",
      "2:invalid arguments or input"
    })
final class PolicyInitCommand implements Callable<Integer> {
  @ParentCommand private @Nullable PolicyCommand parent;

  @Parameters(paramLabel = "PROOF", description = "The known-good proof, or - for standard input.")
  private String proof = "";

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Write the policy to this file (default: standard output).")
  private @Nullable Path out;

  @Option(
      names = "--force",
      description = "Replace an existing file. Links and devices are never replaced.")
  private boolean force;

  @Option(names = "--pin-key", description = "Also require the proof's public key.")
  private boolean pinKey;

  @Option(names = "--pin-epoch", description = "Also require the proof's epoch.")
  private boolean pinEpoch;

  @Option(
      names = "--pin-role",
      description = "Also require the IAM role of the parent instance (PCR3).")
  private boolean pinRole;

  @Option(names = "--pin-instance", description = "Also require the parent instance (PCR4).")
  private boolean pinInstance;

  @Option(
      names = "--unattested",
      description = "Accept a proof that claims a measured enclave but has no attestation.")
  private boolean unattested;

  @Option(names = "--historical", description = "Accept the historical forms of early proofs.")
  private boolean historical;

  @Mixin private RootOptions roots = new RootOptions();

  @Override
  public Integer call() {
    Terminal terminal = Objects.requireNonNull(parent, "picocli sets it").terminal();
    return Guard.run(terminal, () -> init(terminal));
  }

  private int init(Terminal terminal) throws UnusableInputException {
    byte[] document = InputFiles.readUpTo(proof, terminal, JsonLimits.DEFAULT.maxBytes() + 1);
    VerificationResult result = verify(document, VerificationPolicy.builder());
    if (result instanceof Rejected rejected) {
      terminal.problem(
          "the proof is not valid: "
              + Printable.text(rejected.text())
              + " ("
              + rejected.reason().code()
              + ")");
      return ExitCode.REFUSED;
    }
    ValidProof verified = (ValidProof) result;
    if (StrictPolicy.hasUncheckedAttestation(verified)) {
      terminal.problem(
          "the proof's attestation was not checked; pin a root for its format with --root");
      return ExitCode.REFUSED;
    }
    if (!unattested && claimsHardware(verified)) {
      terminal.problem(
          "the proof says "
              + verified.enforcement().wireName()
              + " and has no attestation, so anyone could have made it (--unattested accepts it)");
      return ExitCode.REFUSED;
    }
    VerificationPolicy policy =
        StrictPolicy.of(verified, new Pins(pinKey, pinEpoch, pinRole, pinInstance));
    if (verify(document, policy.toBuilder()) instanceof Rejected rejected) {
      throw new IllegalStateException("the policy refuses its own model: " + rejected.text());
    }
    write(terminal, policy);
    remark(terminal, policy, verified);
    return ExitCode.OK;
  }

  private static boolean claimsHardware(ValidProof proof) {
    return proof.enforcement() == EnforcementTier.MEASURED_TEE && proof.attested().isEmpty();
  }

  private VerificationResult verify(byte[] document, VerificationPolicy.Builder policy)
      throws UnusableInputException {
    if (historical) {
      policy.historical();
    }
    ProofVerifier.Builder verifier = ProofVerifier.builder(policy.build());
    roots.addTo(verifier);
    return RootOptions.build(verifier).verifyProofOnly(document);
  }

  private void write(Terminal terminal, VerificationPolicy policy) throws UnusableInputException {
    byte[] json = policy.toJson().toPrettyBytes();
    if (out == null) {
      terminal.out().print(new String(json, StandardCharsets.UTF_8));
      return;
    }
    NewFile.write(out, json, force);
    terminal.out().println("wrote " + Printable.text(out.toString()));
  }

  private void remark(Terminal terminal, VerificationPolicy policy, ValidProof verified)
      throws UnusableInputException {
    terminal.flush();
    if (verified.attested().isEmpty()) {
      terminal.note(
          "the proof has no attestation, so the policy requires none; it shows nothing about"
              + " hardware");
    }
    for (Caveat caveat : policy.caveats()) {
      if (caveat.kind() == Caveat.Kind.OPERATOR_NOT_PINNED) {
        terminal.note(caveat.text() + " (--pin-role, --pin-instance, --pin-key)");
      }
    }
    if (StrictPolicy.hasFloorByAnchor(verified)) {
      terminal.note(
          "the proof has a floor by an anchor, and the policy does not require one: proofs before the"
              + " first anchor of an epoch have none (requireFloor)");
    }
    if (verified.historicalForms().stream().anyMatch(HistoricalForm::needsHistoricalMode)) {
      terminal.note(
          "proofs of this form need verify --historical; the policy file does not contain it");
    }
  }
}
