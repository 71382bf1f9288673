package dev.occ.programs.eif;

import dev.occ.cli.ExitCode;
import dev.occ.cli.Printable;
import dev.occ.json.JsonException;
import dev.occ.json.JsonObject;
import dev.occ.json.JsonValue;
import dev.occ.programs.kit.Screen;
import dev.occ.proof.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code occ eif}: what an enclave started from an image file will be measured as, computed from
 * the file's bytes.
 */
@Command(
    name = "eif",
    description = {
      "Computes PCR0, PCR1 and PCR2 of an enclave image (EIF, versions 2 to 4), and PCR8 if it is"
          + " signed.",
      "PCR0 is the measurement that a verifier pins. A damaged image, or one with an invalid"
          + " signature, is refused.",
      "The kernel command line is shown because PCR0 to 2 do not cover where it begins and ends."
    },
    mixinStandardHelpOptions = true,
    subcommands = EifBuildCommand.class)
public final class EifCommand implements Callable<Integer> {
  private static final int PCR_LENGTH = 48;

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli before call()
  private CommandSpec spec;

  @Parameters(
      paramLabel = "IMAGE",
      arity = "0..1", // picocli would ask build for it too
      hideParamSyntax = true,
      description = "The image file. It is only read. Write ./build for a file named build.")
  private Optional<Path> given = Optional.empty();

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @Option(
      names = "--pcr0",
      paramLabel = "HEX",
      description = "Exit with 1 if the image has another PCR0.")
  private Optional<String> expected = Optional.empty();

  public EifCommand() {}

  @Override
  public Integer call() throws IOException {
    Path image =
        given.orElseThrow(
            () ->
                new ParameterException(spec.commandLine(), "Missing required parameter: 'IMAGE'"));
    Optional<Bytes> pinned = expected.map(this::measurement);
    EifImage read;
    try (InputStream file = Files.newInputStream(image)) {
      read = EifReader.read(file);
    } catch (EifException e) {
      return refuse(image, e.reason().code(), String.valueOf(e.getMessage()));
    }
    if (pinned.isPresent() && !pinned.get().equals(read.pcr0())) {
      return refuse(image, "pcr0-mismatch", "the image's PCR0 is " + read.pcr0().toHex());
    }
    if (json) {
      print(EifReport.json(image, read));
    } else {
      EifReport.text(Screen.of(spec.commandLine()), image, read);
    }
    return ExitCode.OK;
  }

  /** Tools print PCRs in lower case; people may have upper case. */
  private Bytes measurement(String hex) {
    try {
      Bytes bytes = Bytes.fromHex(hex.toLowerCase(Locale.ROOT));
      if (bytes.size() == PCR_LENGTH) {
        return bytes;
      }
      throw notPcr(hex, null);
    } catch (JsonException e) {
      throw notPcr(hex, e);
    }
  }

  private ParameterException notPcr(String hex, @Nullable JsonException e) {
    return new ParameterException(
        spec.commandLine(), Printable.of("--pcr0 needs 96 hex digits, not " + hex), e);
  }

  private int refuse(Path image, String reason, String text) {
    if (json) {
      print(
          JsonObject.builder()
              .put("image", image.toString())
              .put("refused", reason)
              .put("text", text)
              .build());
    }
    PrintWriter err = spec.commandLine().getErr();
    err.println("occ eif: " + Printable.of(image + " is refused: " + text) + " (" + reason + ")");
    err.flush();
    return ExitCode.REFUSED;
  }

  /** One line; what a terminal could take for a command is escaped, which JSON reads the same. */
  private void print(JsonValue value) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(Printable.of(value.toJson()));
    out.flush();
  }
}
