package dev.occ.bench;

import dev.occ.programs.SuppressForbidden;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The programs of {@code occ-examples/bench/run}: each prints a Markdown table for {@code
 * docs/performance.md} when it is done. What fails ends the program with an exception.
 */
@SuppressForbidden("prints its results")
public final class Bench {
  private Bench() {}

  /**
   * Measures.
   *
   * @param arguments a command, then {@code --quick} or {@code --count N}; after {@code jmh} what
   *     JMH takes
   * @throws Exception if something does not work, or proofs do not verify
   */
  public static void main(String[] arguments) throws Exception {
    String command = arguments.length == 0 ? "" : arguments[0];
    if (command.equals("jmh")) {
      org.openjdk.jmh.Main.main(Arrays.copyOfRange(arguments, 1, arguments.length));
      return;
    }
    if (command.equals("sign-twice")) {
      serve();
      return;
    }
    Path root = Path.of(System.getProperty("occ.root", ".")).toAbsolutePath().normalize();
    Table table = measure(command, Settings.parse(arguments, root));
    System.out.println();
    System.out.println(table);
  }

  private static void serve() throws IOException, InterruptedException {
    try (SignTwice server = SignTwice.start()) {
      System.out.println(server.url());
      server.join();
    }
  }

  private static Table measure(String command, Settings settings) throws Exception {
    LibraryTables library = new LibraryTables(settings);
    return switch (command) {
      case "verify" -> new VerifyTables(settings).print();
      case "ratios" -> new RatioTable(settings).print();
      case "commit" -> library.commit();
      case "json" -> library.json();
      case "link" -> library.link();
      case "bulk" -> new BulkTable(settings).print();
      case "http" -> new HttpTable(settings).print();
      case "startup" -> new StartupTable(settings).print();
      default -> throw new IllegalArgumentException("no such command: " + command);
    };
  }
}
