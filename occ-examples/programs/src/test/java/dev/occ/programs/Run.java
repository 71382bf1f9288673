package dev.occ.programs;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;

/** One command, run in this process, and what became of it. */
public record Run(int exitCode, String out, String err) {
  public static Run occ(Object... args) {
    return occ(Ansi.OFF, args);
  }

  public static Run occ(Ansi ansi, Object... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine command =
        Occ.commandLine()
            .setColorScheme(Help.defaultColorScheme(ansi))
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err));
    int exitCode = command.execute(Stream.of(args).map(Run::text).toArray(String[]::new));
    return new Run(exitCode, out.toString(), err.toString());
  }

  private static String text(Object arg) {
    return arg instanceof Path path ? path.toString() : (String) arg;
  }
}
