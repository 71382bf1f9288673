package dev.occ.programs.timestamp;

import dev.occ.cli.Printable;
import dev.occ.cli.options.TsaRoots;
import dev.occ.programs.kit.Screen;
import dev.occ.verifier.timestamp.TimestampVerifier;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code occ stamp}: asks an authority for timestamps on proofs that exist. */
@Command(
    name = "stamp",
    description = {
      "Adds an RFC 3161 timestamp to each PROOF. The proof's signature does not cover it.",
      "Proofs that already have a genuine timestamp are skipped."
    },
    mixinStandardHelpOptions = true)
public final class StampCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli before call()
  private CommandSpec spec;

  @Parameters(arity = "1..*", paramLabel = "PROOF", description = "Files that hold one proof each.")
  private List<Path> files = List.of();

  @Mixin private StampOptions options = new StampOptions();

  @Option(
      names = "--tsa-root",
      paramLabel = "FILE|sha256:HEX",
      description =
          "Accept only timestamps under this root: a certificate file, or the fingerprint of a root"
              + " that the timestamp carries. May be repeated. Without this option, only the"
              + " timestamp's integrity is checked.")
  private List<String> roots = List.of();

  @Option(
      names = "--tsa-certificate",
      paramLabel = "FILE",
      description =
          "Certificate of the timestamping authority or of one of its issuers (PEM or DER), for"
              + " timestamps that do not carry it. It is not trusted: --tsa-root is needed too. May"
              + " be repeated.")
  private List<String> certificates = List.of();

  public StampCommand() {}

  @Override
  public Integer call() throws IOException {
    Stamper stamper = stamper();
    for (Path file : files) {
      stamper.stamp(file);
    }
    return stamper.finish();
  }

  private Stamper stamper() {
    try {
      Optional<TimestampVerifier> verifier =
          roots.isEmpty() && certificates.isEmpty()
              ? Optional.empty()
              : Optional.of(TsaRoots.verifier(roots, certificates));
      return options
          .stamper(verifier, Screen.of(spec.commandLine()), spec.commandLine().getErr())
          .orElseThrow(
              () ->
                  new IllegalArgumentException(
                      "--tsa is required: the address of a timestamp authority"));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(
          spec.commandLine(), Printable.of(String.valueOf(e.getMessage())), e);
    }
  }
}
