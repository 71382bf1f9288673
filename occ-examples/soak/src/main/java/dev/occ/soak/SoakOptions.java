package dev.occ.soak;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What the command line says.
 *
 * @param root the project's folder
 * @param out where logs, proofs and the report go
 * @param load how long there is load, pauses not counted; at least a minute
 */
record SoakOptions(Path root, Path out, Duration load) {
  private static final Duration LONG_RUN = Duration.ofMinutes(6);
  private static final Duration EXPIRING = Duration.ofMinutes(3);

  static SoakOptions parse(List<String> arguments) {
    if (arguments.size() != 3) {
      throw new IllegalArgumentException("ROOT OUT MINUTES");
    }
    int minutes = Integer.parseInt(arguments.get(2));
    if (minutes < 1 || minutes > 1440) {
      throw new IllegalArgumentException("1 to 1440 minutes");
    }
    return new SoakOptions(
        Path.of(arguments.get(0)), Path.of(arguments.get(1)), Duration.ofMinutes(minutes));
  }

  /** How long an enclave lives: short runs need several restarts, too. */
  Duration epochTime(int epoch) {
    if (isExpiring(epoch)) {
      return EXPIRING;
    }
    return isShort() ? Duration.ofSeconds(20) : Duration.ofMinutes(1);
  }

  /** Whether an epoch is the one that lives long enough for slots to expire, after 120 s. */
  boolean isExpiring(int epoch) {
    return !isShort() && epoch == epochs() / 2;
  }

  private boolean isShort() {
    return load.compareTo(LONG_RUN) < 0;
  }

  int epochs() {
    int minutes = (int) load.toMinutes();
    return isShort() ? 3 * minutes : minutes + 1 - (int) EXPIRING.toMinutes();
  }

  /** How many of the first samples are not judged: 15 %, and one at least. */
  int warmUp() {
    return Math.max(1, (int) Math.round(epochs() * 0.15));
  }
}
