package dev.occ.programs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** No package leads back to itself through others, over all modules that the build has made. */
class PackageCyclesTest {
  /** A class of the project as a constant pool names it; its package is the first group. */
  private static final Pattern CLASS = Pattern.compile("dev/occ/((?:[a-z0-9]+/)+)[A-Z]");

  @Test
  void packages_always_formNoCycle() throws IOException {
    Map<String, Set<String>> uses = uses();
    assertThat(uses)
        .as("what was looked at")
        .containsKeys("json", "proof", "epoch", "verifier", "verifier.chain", "programs.kit");
    assertThat(uses.get("verifier")).contains("proof", "verifier.attestation");
    assertThat(uses.keySet()).allSatisfy(start -> assertThat(wayBack(start, uses)).isEmpty());
  }

  @Test
  void wayBack_longerCycle_isFound() {
    Map<String, Set<String>> uses =
        Map.of("a", Set.of("b"), "b", Set.of("c", "d"), "c", Set.of("a"), "d", Set.of());
    assertThat(wayBack("a", uses)).containsExactly("a", "b", "c", "a");
    assertThat(wayBack("d", uses)).isEmpty();
  }

  /** The shortest way from a package over others to itself; empty if there is none. */
  private static List<String> wayBack(String start, Map<String, Set<String>> uses) {
    Map<String, List<String>> ways = new TreeMap<>();
    Deque<List<String>> open = new ArrayDeque<>(List.of(List.of(start)));
    while (!open.isEmpty()) {
      List<String> way = open.remove();
      for (String next : uses.getOrDefault(way.get(way.size() - 1), Set.of())) {
        List<String> longer = Stream.concat(way.stream(), Stream.of(next)).toList();
        if (next.equals(start)) {
          return longer;
        }
        if (ways.putIfAbsent(next, longer) == null) {
          open.add(longer);
        }
      }
    }
    return List.of();
  }

  private static Map<String, Set<String>> uses() throws IOException {
    Map<String, Set<String>> uses = new TreeMap<>();
    for (Path module : modules()) {
      Path classes = module.resolve("target").resolve("classes");
      for (Path file : ProjectFiles.filesUnder(classes, ".class")) {
        Path folder = classes.relativize(file).getParent();
        if (folder != null && folder.startsWith(Path.of("dev", "occ"))) {
          String name = Path.of("dev", "occ").relativize(folder).toString();
          String user = name.replaceAll("[/\\\\]", ".");
          uses.computeIfAbsent(user, key -> new TreeSet<>()).addAll(used(file, user));
        }
      }
    }
    return uses;
  }

  private static Set<String> used(Path file, String user) throws IOException {
    // Names in a constant pool are ASCII here.
    String constants = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    Set<String> used = new TreeSet<>();
    Matcher classes = CLASS.matcher(constants);
    while (classes.find()) {
      String name = classes.group(1);
      used.add(name.substring(0, name.length() - 1).replace('/', '.'));
    }
    used.remove(user);
    return used;
  }

  /** The folders with main code, two levels deep. */
  private static List<Path> modules() throws IOException {
    try (Stream<Path> folders = Files.find(ProjectFiles.root(), 2, PackageCyclesTest::isModule)) {
      return folders.sorted().toList();
    }
  }

  private static boolean isModule(Path folder, Object attributes) {
    return Files.isDirectory(folder.resolve("src").resolve("main").resolve("java"));
  }
}
