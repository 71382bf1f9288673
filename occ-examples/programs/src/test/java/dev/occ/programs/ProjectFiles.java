package dev.occ.programs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** The project's own tree, for tests about its pages and its compiled modules. */
public final class ProjectFiles {
  private ProjectFiles() {}

  /** The folder of the root pom, which Surefire and Failsafe name in a system property. */
  public static Path root() {
    String root = System.getProperty("occ.root");
    return Path.of(Objects.requireNonNull(root, "system property occ.root, set by the build"));
  }

  /** What the compiler made of a module. */
  public static Path classes(String module) {
    return root().resolve(module).resolve("target").resolve("classes");
  }

  /** All files under a folder whose names end so, in order; none if there is no such folder. */
  public static List<Path> filesUnder(Path folder, String suffix) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(suffix)).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
