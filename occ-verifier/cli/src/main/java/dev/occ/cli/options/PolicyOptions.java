package dev.occ.cli.options;

import dev.occ.cli.Printable;
import dev.occ.cli.UnusableInputException;
import dev.occ.json.JsonException;
import dev.occ.proof.Bytes;
import dev.occ.verifier.Caveat;
import dev.occ.verifier.ProofVerifier;
import dev.occ.verifier.VerificationPolicy;
import dev.occ.verifier.timestamp.TimestampVerifier;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What a proof must fulfil, and what it is judged by. */
public final class PolicyOptions {
  private static final int PCR_LENGTH = 48;

  @Option(
      names = "--policy",
      paramLabel = "FILE",
      description = "Apply this policy file (policy init writes one).")
  private @Nullable Path policyFile;

  @Option(
      names = "--pcr0",
      paramLabel = "HEX",
      description = "Require a slot and an attested enclave with this PCR0. May be repeated.")
  private List<String> pcr0 = List.of();

  @Option(
      names = "--historical",
      description =
          "Accept the historical forms of early proofs. The result of each proof names the forms that"
              + " it uses; the report of a chain only says that they were accepted.")
  private boolean historical;

  @Option(
      names = "--allow-debug",
      description =
          "Accept attestations of debug enclaves, whose memory the parent instance can read.")
  private boolean allowDebug;

  @Option(
      names = "--at",
      paramLabel = "INSTANT",
      description =
          "Check certificates at this time, such as 2026-03-21T17:30:00Z (default: the time in each"
              + " document).")
  private @Nullable String at;

  @Mixin private RootOptions roots = new RootOptions();
  @Mixin private TimestampOptions timestamps = new TimestampOptions();

  /**
   * Whose timestamps count.
   *
   * @return empty unless roots of authorities were given
   * @throws UnusableInputException if one cannot be used
   */
  public Optional<TimestampVerifier> timestampVerifier() throws UnusableInputException {
    return timestamps.areGiven() ? Optional.of(timestamps.verifier()) : Optional.empty();
  }

  /** For picocli. */
  public PolicyOptions() {}

  /**
   * Whether the user said what to require.
   *
   * @return false if only integrity is going to be checked
   */
  public boolean isGiven() {
    return trust() != Trust.INTEGRITY_ONLY;
  }

  public Trust trust() {
    if (policyFile != null) {
      return Trust.FILE;
    }
    return pcr0.isEmpty() ? Trust.INTEGRITY_ONLY : Trust.PCR0;
  }

  /** The options that let proofs pass which would be refused without. */
  public List<String> leniency() {
    List<String> options = new ArrayList<>();
    if (historical) {
      options.add("--historical");
    }
    if (allowDebug) {
      options.add("--allow-debug");
    }
    if (!roots.isEmpty()) {
      options.add("--root");
    }
    return options;
  }

  /**
   * The verifier that the options describe.
   *
   * @return a verifier; of integrity only if nothing is required
   * @throws UnusableInputException if options contradict each other or a file cannot be used
   */
  public ProofVerifier verifier() throws UnusableInputException {
    ProofVerifier.Builder verifier = ProofVerifier.builder(policy());
    roots.addTo(verifier);
    timestamps.addTo(verifier);
    if (at != null) {
      verifier.judgeAttestationsAt(instant(at));
    }
    return RootOptions.build(verifier);
  }

  /**
   * What the verdicts under these options leave open, whatever the proofs are.
   *
   * @return the policy's caveats
   * @throws UnusableInputException if options contradict each other or a file cannot be used
   */
  public List<Caveat> caveats() throws UnusableInputException {
    return policy().caveats();
  }

  private VerificationPolicy policy() throws UnusableInputException {
    if (policyFile != null && !pcr0.isEmpty()) {
      throw new UnusableInputException("--policy and --pcr0 exclude each other");
    }
    VerificationPolicy.Builder policy = required().toBuilder();
    if (historical) {
      policy.historical();
    }
    if (allowDebug) {
      policy.allowDebugEnclave();
    }
    return policy.build();
  }

  private VerificationPolicy required() throws UnusableInputException {
    if (policyFile != null) {
      return PolicyFiles.read(policyFile);
    }
    if (pcr0.isEmpty()) {
      refuseAttestationOptions();
      return VerificationPolicy.integrityOnly();
    }
    Set<String> allowed = new LinkedHashSet<>();
    for (String hex : pcr0) {
      allowed.add(measurement(hex));
    }
    return VerificationPolicy.measuredTee(allowed);
  }

  /**
   * Without a policy attestations are not checked; an option about them would silently do nothing.
   */
  private void refuseAttestationOptions() throws UnusableInputException {
    if (!roots.isEmpty() || at != null || allowDebug) {
      throw new UnusableInputException(
          "--root, --at and --allow-debug need --policy or --pcr0; otherwise no attestation is"
              + " checked");
    }
  }

  private static Instant instant(String text) throws UnusableInputException {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw new UnusableInputException(
          "--at needs a time like 2026-03-21T17:30:00Z, not " + Printable.text(text), e);
    }
  }

  private static String measurement(String hex) throws UnusableInputException {
    try {
      if (Bytes.fromHex(hex).size() == PCR_LENGTH) {
        return hex;
      }
    } catch (JsonException e) {
      throw notPcr(hex, e);
    }
    throw notPcr(hex, null);
  }

  private static UnusableInputException notPcr(String hex, @Nullable Throwable cause) {
    String message = "--pcr0 needs 96 lower-case hex digits, not " + Printable.text(hex);
    return new UnusableInputException(message, cause);
  }
}
