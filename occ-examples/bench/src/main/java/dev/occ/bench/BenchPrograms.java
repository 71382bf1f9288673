package dev.occ.bench;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The project's programs as processes, and what Linux says about them. */
final class BenchPrograms {
  private static final int STOP_SECONDS = 30;

  private final Path root;

  BenchPrograms(Path root) {
    this.root = root;
  }

  /** The JDK that runs this. */
  static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  /** This module's classes. */
  static Path classes() {
    return Path.of(
        URI.create(Bench.class.getProtectionDomain().getCodeSource().getLocation().toString()));
  }

  /** The standalone verifier. */
  Path verifyJar() {
    return root.resolve("occ-verifier/cli/target/occ-verify.jar");
  }

  /** The launcher. */
  String occ() {
    return root.resolve("occ").toString();
  }

  /** Starts a program whose standard streams are thrown away. */
  static Process start(List<String> command) throws IOException {
    return new ProcessBuilder(command)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  /**
   * Runs a program to its end.
   *
   * @param log where its output goes
   * @return how long it took, in seconds
   * @throws IOException if it does not end with 0
   */
  @CanIgnoreReturnValue
  static double run(Path log, String... command) throws IOException, InterruptedException {
    long start = System.nanoTime();
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    int exit = process.waitFor();
    double seconds = (System.nanoTime() - start) / 1e9;
    if (exit != 0) {
      List<String> said = Files.readAllLines(log, StandardCharsets.UTF_8);
      throw new IOException(
          Arrays.toString(command)
              + " ended with "
              + exit
              + ": "
              + String.join("\n", said.subList(Math.max(0, said.size() - 10), said.size())));
    }
    return seconds;
  }

  /** Ends a program of ours as an operator would. */
  static void stop(Process process) throws IOException, InterruptedException {
    process.destroy();
    if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IOException("a program did not end when asked to");
    }
  }

  /**
   * A line of {@code /proc/PID/status}.
   *
   * @param name {@code VmRSS}, what is in memory, or {@code VmHWM}, the most that ever was
   * @return MiB
   */
  static double mebibytes(Process process, String name) throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/" + process.pid() + "/status"))) {
      if (line.startsWith(name + ":")) {
        return Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024.0;
      }
    }
    throw new IOException("the process has no " + name);
  }

  /** Removes a folder with all that is in it. */
  static void delete(Path folder) throws IOException {
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path left, @Nullable IOException failure)
              throws IOException {
            if (failure != null) {
              throw failure;
            }
            Files.delete(left);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
