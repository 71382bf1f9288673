package dev.occ.soak;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One of OCC's programs as a process, started by the launcher, which becomes it. */
final class Child {
  private static final Duration POLL = Duration.ofMillis(20);
  private static final Duration START_LIMIT = Duration.ofMinutes(3);
  private static final Duration END_LIMIT = Duration.ofSeconds(60);

  private final String name;
  private final Path log;
  private final Process process;

  private Child(String name, Path log, Process process) {
    this.name = name;
    this.log = log;
    this.process = process;
  }

  static Child start(SoakOptions options, String name, Map<String, String> env, String... arguments)
      throws IOException {
    Path log = options.out().resolve(name + ".log");
    ProcessBuilder builder =
        new ProcessBuilder(options.root().resolve("occ").toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.command().addAll(List.of(arguments));
    builder.environment().putAll(env);
    Process process = builder.start();
    Path unused =
        Files.writeString(
            options.out().resolve("pids"),
            process.pid() + "\n",
            StandardOpenOption.CREATE,
            StandardOpenOption.APPEND);
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    return new Child(name, log, process);
  }

  /** Waits for a line of the log. */
  Matcher await(Pattern line) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + START_LIMIT.toNanos();
    while (System.nanoTime() - deadline < 0) {
      Matcher found = line.matcher(Files.readString(log, StandardCharsets.UTF_8));
      if (found.find()) {
        return found;
      }
      if (!process.isAlive()) {
        break;
      }
      Thread.sleep(POLL.toMillis());
    }
    throw new IOException(name + " did not say " + line + "; see " + log);
  }

  /** SIGKILL. */
  void kill() throws InterruptedException, IOException {
    Process unused = process.destroyForcibly();
    awaitEnd();
  }

  /** SIGTERM; gives the exit code. */
  int stop() throws InterruptedException, IOException {
    process.destroy();
    awaitEnd();
    return process.exitValue();
  }

  private void awaitEnd() throws InterruptedException, IOException {
    if (!process.waitFor(END_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new IOException(name + " did not end");
    }
  }

  boolean isAlive() {
    return process.isAlive();
  }

  String state() {
    return process.isAlive() ? "runs" : "had ended with " + process.exitValue();
  }

  long pid() {
    return process.pid();
  }

  String name() {
    return name;
  }
}
