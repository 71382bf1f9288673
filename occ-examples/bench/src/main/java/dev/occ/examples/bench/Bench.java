package dev.occ.examples.bench;

/** The programs of {@code occ-examples/bench/run}. */
public final class Bench {
  private Bench() {}

  /** Runs JMH. */
  public static void main(String[] arguments) throws java.io.IOException {
    org.openjdk.jmh.Main.main(arguments);
  }
}
