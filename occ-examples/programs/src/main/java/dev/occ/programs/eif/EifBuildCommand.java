package dev.occ.programs.eif;

import dev.occ.cli.ExitCode;
import dev.occ.cli.NewFile;
import dev.occ.cli.Printable;
import dev.occ.cli.UnusableInputException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code occ eif build}: writes an image from a kernel and ramdisks. */
@Command(
    name = "build",
    description = {
      "Writes an enclave image (EIF, version 4, x86-64) and prints its PCRs.",
      "The same inputs give the same bytes. The first ramdisk is measured in PCR1, later ones in"
          + " PCR2.",
      "With a certificate the image is signed (ES384), which gives PCR8."
    },
    mixinStandardHelpOptions = true)
final class EifBuildCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli before call()
  private CommandSpec spec;

  @Parameters(
      paramLabel = "IMAGE",
      description = "The image file to write. A regular file is replaced.")
  private Path image = Path.of("");

  @Option(
      names = "--kernel",
      paramLabel = "FILE",
      required = true,
      description = "The kernel, a bzImage.")
  private Path kernel = Path.of("");

  @ArgGroup(multiplicity = "1")
  @SuppressWarnings("NullAway.Init") // required
  private CommandLineSource commandLine;

  /** Exactly one. */
  static final class CommandLineSource {
    @Option(names = "--cmdline", paramLabel = "TEXT", description = "The kernel's command line.")
    private Optional<String> text = Optional.empty();

    @Option(
        names = "--cmdline-file",
        paramLabel = "FILE",
        description = "A file with the command line; a line end at its end is left out.")
    private Optional<Path> file = Optional.empty();

    String read() throws IOException {
      if (text.isPresent()) {
        return text.get();
      }
      return Files.readString(file.orElseThrow(), StandardCharsets.ISO_8859_1)
          .replaceFirst("\n$", "");
    }
  }

  @Option(
      names = "--ramdisk",
      paramLabel = "FILE",
      required = true,
      description = "A ramdisk. May be repeated.")
  private List<Path> ramdisks = List.of();

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "The image's name in its metadata (default: image).")
  private String name = "image";

  @Option(
      names = "--image-version",
      paramLabel = "VERSION",
      description = "The image's version in its metadata (default: 0).")
  private String version = "0";

  @Option(
      names = "--sign-certificate",
      paramLabel = "FILE",
      description = "Sign for this P-384 certificate in PEM. Needs --sign-key or --sign-command.")
  private Optional<Path> certificate = Optional.empty();

  @Option(
      names = "--sign-key",
      paramLabel = "FILE",
      description = "The certificate's private key in PEM.")
  private Optional<Path> keyFile = Optional.empty();

  @Option(
      names = "--sign-command",
      paramLabel = "COMMAND",
      description =
          "A shell command that signs its standard input with ECDSA and SHA-384, and prints DER.")
  private Optional<String> keyCommand = Optional.empty();

  @Option(names = "--json", description = "Print one JSON object, as occ eif --json does.")
  private boolean json;

  EifBuildCommand() {}

  @Override
  public Integer call() throws IOException {
    EifWriter.Builder writer = writer();
    checkOutput();
    try {
      print(writer.write(image));
      return ExitCode.OK;
    } catch (EifException e) {
      PrintWriter err = spec.commandLine().getErr();
      String problem = image + " is not written: " + e.getMessage();
      err.println("occ eif build: " + Printable.of(problem) + " (" + e.reason().code() + ")");
      err.flush();
      return ExitCode.REFUSED;
    }
  }

  /** Before the work: a link or a device must not become a file. */
  private void checkOutput() {
    try {
      NewFile.check(image, true);
    } catch (UnusableInputException e) {
      throw new ParameterException(spec.commandLine(), e.text(), e);
    }
  }

  private EifWriter.Builder writer() throws IOException {
    EifWriter.Builder writer;
    try {
      writer = EifWriter.builder(kernel, commandLine.read()).name(name, version);
      ramdisks.forEach(writer::ramdisk);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(
          spec.commandLine(), Printable.of(String.valueOf(e.getMessage())), e);
    }
    if (certificate.isPresent() != (keyFile.isPresent() || keyCommand.isPresent())
        || (keyFile.isPresent() && keyCommand.isPresent())) {
      throw new ParameterException(
          spec.commandLine(),
          "to sign give --sign-certificate and one of --sign-key and --sign-command");
    }
    if (certificate.isPresent()) {
      EifSigner.Key key =
          keyFile.isPresent()
              ? SigningKeys.ofFile(keyFile.get())
              : SigningKeys.ofCommand(keyCommand.orElseThrow());
      writer.signer(EifSigner.of(certificate.get(), key));
    }
    return writer;
  }

  private void print(EifImage made) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(Printable.of(EifReport.json(image, made).toJson()));
    } else {
      out.println("PCR0 " + made.pcr0().toHex());
      out.println("PCR1 " + made.pcr1().toHex());
      out.println("PCR2 " + made.pcr2().toHex());
      made.signature().ifPresent(signature -> out.println("PCR8 " + signature.pcr8().toHex()));
    }
    out.flush();
  }
}
