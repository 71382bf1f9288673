package dev.occ.bench;

import java.nio.file.Path;

/**
 * What the user asked for.
 *
 * @param quick short runs, to see that everything works; the figures mean nothing
 * @param count how many proofs the bulk run takes
 * @param root the project's folder
 */
record Settings(boolean quick, int count, Path root) {
  private static final int BULK = 100_000;
  private static final int QUICK_BULK = 400;

  /** How often something is repeated. */
  int repetitions(int full) {
    return quick ? 2 : full;
  }

  /** How many seconds something goes on. */
  int seconds(int full) {
    return quick ? 2 : full;
  }

  /**
   * Reads the arguments after the command.
   *
   * @throws IllegalArgumentException for another option than {@code --quick} and {@code --count}
   */
  static Settings parse(String[] arguments, Path root) {
    boolean quick = false;
    int count = 0;
    for (int i = 1; i < arguments.length; i++) {
      if (arguments[i].equals("--quick")) {
        quick = true;
      } else if (arguments[i].equals("--count") && i + 1 < arguments.length) {
        i++;
        count = Integer.parseInt(arguments[i]);
      } else {
        throw new IllegalArgumentException("what is " + arguments[i] + "?");
      }
    }
    if (count < 0) {
      throw new IllegalArgumentException("--count must be positive");
    }
    return new Settings(quick, count > 0 ? count : quick ? QUICK_BULK : BULK, root);
  }
}
