package dev.occ.programs.anchor;

import dev.occ.anchor.AnchorSigner;
import dev.occ.cli.ExitCode;
import dev.occ.proof.Bytes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code occ anchor-key}: makes the key that signs anchor claims. */
@Command(
    name = "anchor-key",
    description = {
      "Makes an anchor key: writes the private half to FILE, mode 0600, and prints the public half.",
      "The enclave takes the public half (--anchor-key), occ anchor the file (--anchor-key-file)."
    },
    mixinStandardHelpOptions = true)
public final class AnchorKeyCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli before call()
  private CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "The key's file; must not exist.")
  @SuppressWarnings("NullAway.Init") // required
  private Path file;

  @Option(names = "--show", description = "Make nothing; print the public half of the key in FILE.")
  private boolean show;

  public AnchorKeyCommand() {}

  @Override
  public Integer call() throws IOException {
    Bytes publicKey = show ? shown() : AnchorKeyFile.create(file);
    spec.commandLine().getOut().println(publicKey.toBase64());
    spec.commandLine().getOut().flush();
    return ExitCode.OK;
  }

  private Bytes shown() throws IOException {
    try (AnchorSigner signer = AnchorKeyFile.read(file)) {
      return signer.publicKey().encoded();
    }
  }
}
