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

/** {@code occ stamp}: asks an authority for time stamps on proofs that exist. */
@Command(
    name = "stamp",
    description = {
      "Adds an RFC 3161 time stamp to each PROOF, outside of what its signature covers.",
      "Proofs that carry a genuine one already are skipped."
    },
    mixinStandardHelpOptions = true)
public final class StampCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli before call()
  private CommandSpec spec;

  @Parameters(arity = "1..*", paramLabel = "PROOF", description = "Files with one proof each.")
  private List<Path> files = List.of();

  @Mixin private StampOptions options = new StampOptions();

  @Option(
      names = "--tsa-root",
      paramLabel = "FILE|sha256:HEX",
      description =
          "Take stamps under this root only: a certificate, or the fingerprint of one that the"
              + " stamp brings. May be repeated. Without, the stamp is only checked to be intact.")
  private List<String> roots = List.of();

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
          roots.isEmpty() ? Optional.empty() : Optional.of(TsaRoots.verifier(roots));
      return options
          .stamper(verifier, Screen.of(spec.commandLine()), spec.commandLine().getErr())
          .orElseThrow(() -> new IllegalArgumentException("--tsa says who stamps"));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(
          spec.commandLine(), Printable.of(String.valueOf(e.getMessage())), e);
    }
  }
}
