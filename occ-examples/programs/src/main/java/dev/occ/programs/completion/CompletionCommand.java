package dev.occ.programs.completion;

import dev.occ.cli.ExitCode;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code occ completion}: the completion of commands and options for a shell. */
@Command(
    name = "completion",
    description = {
      "Prints the completion of occ's commands and options for bash and zsh.",
      "For the current shell: source <(./occ completion)"
    },
    mixinStandardHelpOptions = true)
public final class CompletionCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli before call()
  private CommandSpec spec;

  /** For picocli. */
  public CompletionCommand() {}

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    out.print(AutoComplete.bash("occ", spec.root().commandLine()));
    out.flush();
    return ExitCode.OK;
  }
}
