package dev.occ.programs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The files of {@code occ-examples/deploy}, read as far as tests ask. */
final class DeployFiles {
  static final Path FOLDER = ProjectFiles.root().resolve("occ-examples/deploy");

  private static final String MODULES = "ARG MODULES=";

  private DeployFiles() {}

  static String text(String name) throws IOException {
    return Files.readString(FOLDER.resolve(name));
  }

  /** The modules of which a Dockerfile makes its runtime. */
  static Set<String> modules(String dockerfile) throws IOException {
    List<String> lines = text(dockerfile).lines().filter(line -> line.startsWith(MODULES)).toList();
    if (lines.size() != 1) {
      throw new AssertionError(dockerfile + " has not one line " + MODULES);
    }
    return new TreeSet<>(List.of(lines.get(0).substring(MODULES.length()).split(",", -1)));
  }
}
