package dev.occ.cli;

import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command that does nothing but hold others. */
public abstract class CommandGroup implements Callable<Integer> {
  private final Terminal terminal;

  @Spec private @Nullable CommandSpec spec;

  public CommandGroup(Terminal terminal) {
    this.terminal = terminal;
  }

  public Terminal terminal() {
    return terminal;
  }

  /**
   * Says which subcommands there are; by itself there is nothing to do.
   *
   * @return the exit code 2
   */
  @Override
  public Integer call() {
    CommandLine line = Objects.requireNonNull(spec, "picocli sets it").commandLine();
    return Usage.missingCommand(terminal, line);
  }
}
