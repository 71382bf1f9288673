package dev.occ.soak;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The threads of a process by the first 15 characters of their names (proc(5), comm). */
final class Threads {
  private Threads() {}

  static long named(long pid, String start) throws IOException {
    try (Stream<Path> all = Files.list(Path.of("/proc/" + pid + "/task"))) {
      return all.filter(task -> name(task).startsWith(start)).count();
    }
  }

  private static String name(Path task) {
    try {
      return Files.readString(task.resolve("comm"));
    } catch (NoSuchFileException e) {
      return ""; // it ended while we looked
    } catch (IOException e) {
      return ""; // ESRCH, which has no exception of its own: the same
    }
  }
}
