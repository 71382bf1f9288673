package dev.occ.programs.demo;

import dev.occ.cli.ExitCode;
import dev.occ.cli.Printable;
import dev.occ.programs.kit.Screen;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code occ demo}: the whole way of a proof, told step by step, each step asserted. */
@Command(
    name = "demo",
    description = {
      "Shows how proofs work: makes one, verifies it, forges it and restarts the signer.",
      "Exits with 0 only if every step had the expected result."
    },
    mixinStandardHelpOptions = true)
public final class DemoCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli before call()
  private CommandSpec spec;

  @Parameters(
      arity = "0..1",
      paramLabel = "FILE",
      description = "The file to prove (default: a sample letter). It is only read.")
  private Optional<Path> file = Optional.empty();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "Write the proof to this folder (default: beside FILE, or a new temporary folder for the"
              + " sample letter). Nothing is overwritten.")
  private Optional<Path> out = Optional.empty();

  public DemoCommand() {}

  @Override
  public Integer call() throws Exception {
    Screen screen = Screen.of(spec.commandLine());
    screen.title("OCC: one file, one proof, and three forgeries");
    try {
      DemoFiles files = file.isPresent() ? DemoFiles.of(file.get(), out) : DemoFiles.sample(out);
      new Demo(screen, files).run();
    } catch (DemoFailedException e) {
      spec.commandLine().getErr().println("occ demo: " + Printable.of(e.getMessage()));
      return ExitCode.REFUSED;
    }
    return ExitCode.OK;
  }
}
