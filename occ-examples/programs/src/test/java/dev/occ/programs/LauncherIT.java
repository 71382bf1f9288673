package dev.occ.programs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The jar and the launcher script as processes of their own, as users start them. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the launcher is a POSIX shell script")
class LauncherIT {
  private static final Path SCRIPT = ProjectFiles.root().resolve("occ");
  private static final Path JAR =
      ProjectFiles.root().resolve("occ-examples/programs/target/occ.jar");
  private static final Path JAVA_HOME = Path.of(System.getProperty("java.home"));

  @TempDir private Path folder;

  /**
   * The package phase has just made sure of the jar. Maven leaves one alone whose content would be
   * the same, however, and a jar older than its sources is one that the script builds again.
   */
  @BeforeAll
  static void markJarAsFresh() throws IOException {
    FileTime now = FileTime.fromMillis(System.currentTimeMillis());
    assertThat(Files.setLastModifiedTime(JAR, now)).isRegularFile();
  }

  @Test
  void jar_demo_succeedsWithoutNoise() throws Exception {
    Path java = JAVA_HOME.resolve("bin").resolve("java");
    Ended ended = run(Map.of(), java, "-jar", JAR, "demo", "--out", folder.resolve("out"));
    assertThat(ended.err()).isEmpty();
    assertThat(ended.exitCode()).isZero();
    assertThat(ended.out())
        .contains("Every step had the expected result.")
        .doesNotContain("\u001B");
  }

  @Test
  void jar_always_knowsItsVersion() throws Exception {
    Ended ended = script("--version");
    assertThat(ended.exitCode()).isZero();
    assertThat(ended.out()).startsWith("occ 0.").doesNotContain("not started from its jar");
  }

  @Test
  void jar_always_findsTheSignersOfAllModules() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "content");
    Ended ended = script("commit", file, "--signer", "none");
    assertThat(ended.exitCode()).isEqualTo(2);
    assertThat(ended.err()).contains("soft", "nitro");
  }

  @Test
  void script_demo_succeeds() throws Exception {
    Ended ended = script("demo", "--out", folder.resolve("with a space"));
    assertThat(ended.err()).isEmpty();
    assertThat(ended.exitCode()).isZero();
    assertThat(folder.resolve("with a space/letter.txt.occ.json")).isNotEmptyFile();
  }

  @Test
  void script_throughLinksAndSpaces_findsItsJar() throws Exception {
    Path spaced = Files.createDirectory(folder.resolve("my tools"));
    Path link = Files.createSymbolicLink(spaced.resolve("absolute"), SCRIPT);
    Path relative = Files.createSymbolicLink(folder.resolve("occ"), folder.relativize(link));
    Ended ended;
    try {
      ended = run(Map.of("JAVA_HOME", JAVA_HOME.toString()), relative, "--help");
    } finally {
      Files.delete(relative); // or JUnit warns of links that lead out of its folder
      Files.delete(link);
    }
    assertThat(ended.err()).isEmpty();
    assertThat(ended.exitCode()).isZero();
    assertThat(ended.out()).contains("demo").contains("commit");
  }

  @Test
  void script_commitAndVerify_tellsValidFromNot() throws Exception {
    Path file = Files.writeString(folder.resolve("a file"), "content");
    Path proof = folder.resolve("a file.occ.json");
    assertThat(script("commit", file).exitCode()).isZero();
    Ended valid = script("verify", proof, "--artifact", file);
    assertThat(valid.err()).isEmpty();
    assertThat(valid.exitCode()).isZero();
    Files.writeString(file, "Content");
    Ended notValid = script("verify", proof, "--artifact", file);
    assertThat(notValid.exitCode()).isEqualTo(1);
    assertThat(notValid.out()).contains("artifact-mismatch");
    assertThat(script("verify", folder.resolve("missing")).exitCode()).isEqualTo(2);
    assertThat(script("verify").exitCode()).isEqualTo(2);
    Ended shown = script("inspect", proof);
    assertThat(shown.exitCode()).isZero();
    assertThat(shown.out()).contains("soft:dev");
  }

  @Test
  void script_inTheCLocale_takesNamesOutsideOfAscii() throws Exception {
    assumeTrue(
        run(Map.of(), "locale", "-a").out().lines().anyMatch(l -> l.matches("C\\.(utf8|UTF-8)")),
        "this system has no C.UTF-8");
    String named =
        "cd \"$1\" && n=$(printf '\\303\\274.txt') && : >\"$n\" && exec \"$0\" commit \"$n\"";
    String home = JAVA_HOME.toString();
    List<List<String>> locales =
        List.of(List.of("C", ""), List.of("", ""), List.of("", "none.UTF-8"));
    for (List<String> of : locales) {
      Map<String, String> locale =
          Map.of("LC_ALL", of.get(0), "LC_CTYPE", "", "LANG", of.get(1), "JAVA_HOME", home);
      Ended ended = run(locale, "sh", "-c", named, SCRIPT, folder);
      assertThat(ended.err()).isEmpty();
      assertThat(ended.exitCode()).isZero();
    }
    assertThat(Path.of(URI.create(folder.toUri() + "%C3%BC.txt.occ.json"))).isNotEmptyFile();
  }

  @Test
  void script_verifyOfAGenuineProof_endsWithZero() throws Exception {
    Path proof = Path.of(System.getProperty("occ.vectors"), "proofs/nitro-2026-03-21-18.json");
    assumeTrue(Files.exists(proof), "no test vector " + proof + "; OCC_VECTORS names their folder");
    Ended ended =
        script("verify", proof, "--digest", "E6vI9byliPCSiQrH4yQTENn9eOWXvecCTGqtxxHnAGM=");
    assertThat(ended.exitCode()).isZero();
    Ended other =
        script("verify", proof, "--digest", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=");
    assertThat(other.exitCode()).isEqualTo(1);
  }

  @Test
  void script_withoutCommand_printsHelpAndFails() throws Exception {
    Ended ended = script();
    assertThat(ended.exitCode()).isEqualTo(2);
    assertThat(ended.err()).contains("Usage: occ");
  }

  @Test
  void script_always_passesArgumentsAsTheyAre() throws Exception {
    Ended ended = script("commit", folder.resolve("no *  such $file\\"));
    assertThat(ended.exitCode()).isEqualTo(2);
    assertThat(ended.err()).contains("no *  such $file\\: no such file");
  }

  @Test
  void script_classPathWithAMissingEntry_namesIt() throws Exception {
    Path missing = folder.resolve("no such.jar");
    Map<String, String> environment =
        Map.of("JAVA_HOME", JAVA_HOME.toString(), "OCC_CLASS_PATH", folder + ":" + missing);
    Ended ended = run(environment, SCRIPT, "--version");
    assertThat(ended.exitCode()).isEqualTo(2);
    assertThat(ended.out()).isEmpty();
    assertThat(ended.err())
        .hasLineCount(1)
        .contains("OCC_CLASS_PATH names " + missing + ", which does not exist.");
  }

  @Test
  void script_help_saysHowToBringInSigners() throws Exception {
    assertThat(script("--help").out()).contains("OCC_CLASS_PATH: jars and folders");
  }

  /** In bash, which completes a word by calling the function that the script registered. */
  @Test
  void script_completion_completesCommandsAndOptionsInBash() throws Exception {
    Path bash = Path.of("/bin/bash");
    assumeTrue(Files.isExecutable(bash), "there is no bash here");
    Path completion = Files.writeString(folder.resolve("complete.sh"), script("completion").out());
    String asked =
        "source \"$1\" && complete -p occ && COMP_WORDS=(occ $2) && COMP_CWORD=$3"
            + " && COMP_LINE=\"occ $2\" && COMP_POINT=${#COMP_LINE}"
            + " && _complete_occ && printf '%s\\n' \"${COMPREPLY[@]}\"";
    Ended command = run(Map.of(), bash, "-c", asked, "bash", completion, "en", "1");
    assertThat(command.err()).isEmpty();
    assertThat(command.out()).contains("-F _complete_occ").contains("enclave\n");
    Ended option = run(Map.of(), bash, "-c", asked, "bash", completion, "up --sig", "2");
    assertThat(option.out()).contains("--signer\n");
  }

  @Test
  void script_wrongJavaHome_saysSoInOneSentence() throws Exception {
    Ended ended = run(Map.of("JAVA_HOME", folder.toString()), SCRIPT, "--help");
    assertThat(ended.exitCode()).isEqualTo(2);
    assertThat(ended.out()).isEmpty();
    assertThat(ended.err()).hasLineCount(1).contains("JAVA_HOME is " + folder);
  }

  @Test
  void script_tooOldJava_saysSoInOneSentence() throws Exception {
    Path oldJdk = folder.resolve("jdk 11");
    Path java = oldJdk.resolve("bin").resolve("java");
    Files.createDirectories(oldJdk.resolve("bin"));
    writeProgram(java, "echo 'openjdk version \"11.0.2\" 2019-01-15' >&2");
    Ended asked = run(Map.of("JAVA_HOME", oldJdk.toString()), SCRIPT, "--help");
    assertThat(asked.exitCode()).isEqualTo(2);
    assertThat(asked.err()).hasLineCount(1).contains("is Java 11.0.2; OCC needs JDK 17 or newer");
    Files.writeString(oldJdk.resolve("release"), "JAVA_VERSION=\"1.8.0_402\"\n");
    Ended read = run(Map.of("JAVA_HOME", oldJdk.toString()), SCRIPT, "--help");
    assertThat(read.exitCode()).isEqualTo(2);
    assertThat(read.err()).hasLineCount(1).contains("is Java 1.8.0_402; OCC needs JDK 17 or newer");
  }

  @Test
  void script_noJavaAtAll_saysSoInOneSentence() throws Exception {
    Path tools = Files.createDirectory(folder.resolve("tools"));
    for (String tool : List.of("readlink", "dirname", "sed", "find")) {
      writeProgram(tools.resolve(tool), "exec '" + findTool(tool) + "' \"$@\"");
    }
    Ended ended = run(Map.of("JAVA_HOME", "", "PATH", tools.toString()), SCRIPT, "--help");
    assertThat(ended.exitCode()).isEqualTo(2);
    assertThat(ended.err()).hasLineCount(1).contains("no Java found: install JDK 17 or newer");
  }

  @ParameterizedTest
  @ValueSource(strings = {"demo", "enclave", "anchor"})
  void script_collectorOfTheOperator_takesThePlaceOfItsOwn(String command) throws Exception {
    Map<String, String> options =
        Map.of("JAVA_HOME", JAVA_HOME.toString(), "OCC_JAVA_OPTS", "-XX:+UseG1GC -Xmx100m");
    Ended ended = run(options, SCRIPT, command, "--help");
    assertThat(ended.err()).isEmpty();
    assertThat(ended.exitCode()).isZero();
  }

  @Test
  void script_jvmThatWritesNoArchive_runsTheCommandNevertheless() throws Exception {
    Path tree = tree();
    Files.createFile(tree.resolve("go-on"));
    Path jdk = folder.resolve("some jdk");
    Files.createDirectories(jdk.resolve("bin"));
    Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"17.0.1\"\n");
    writeProgram(jdk.resolve("bin/javac"), "exit 1");
    writeProgram(
        jdk.resolve("bin/java"),
        "case $2 in -XX:ArchiveClassesAtExit*) exit 0 ;; esac\nexec '"
            + JAVA_HOME
            + "/bin/java' \"$@\"");
    Ended ended = run(Map.of("JAVA_HOME", jdk.toString()), tree.resolve("occ"), "--version");
    assertThat(ended.exitCode()).isZero();
    assertThat(ended.out()).startsWith("occ 0.");
  }

  @Test
  void script_noPlaceToBuild_saysSoInOneSentence() throws Exception {
    Path tree = tree();
    Files.createFile(tree.resolve("occ-examples/programs/target"));
    Ended ended = run(Map.of("JAVA_HOME", JAVA_HOME.toString()), tree.resolve("occ"), "verify");
    assertThat(ended.exitCode()).as("not 1, which is a proof that is not valid").isEqualTo(2);
    assertThat(ended.err()).hasLineCount(1).contains("cannot write to ", "where OCC is built");
  }

  @ParameterizedTest(name = "flock: {0}")
  @ValueSource(booleans = {true, false})
  void script_twoFirstUsesAtOnce_buildOnce(boolean flock) throws Exception {
    Path tree = tree();
    Map<String, String> environment = environment(flock);
    Process first = start(environment, tree);
    Ended second;
    try {
      await(() -> Files.exists(tree.resolve("builds")));
      Process other = start(environment, tree);
      assertThat(other.errorReader().readLine()).contains("another build is under way");
      Files.createFile(tree.resolve("go-on"));
      assertThat(other.inputReader().readLine()).startsWith("occ 0.");
      assertThat(other.waitFor()).isZero();
      assertThat(first.inputReader().readLine()).startsWith("occ 0.");
      assertThat(first.waitFor()).isZero();
      second = run(environment, tree.resolve("occ"), "--version");
    } finally {
      end(first);
    }
    assertThat(second.err()).isEmpty();
    assertThat(tree.resolve("builds")).content().hasLineCount(1);
  }

  @ParameterizedTest(name = "flock: {0}")
  @ValueSource(booleans = {true, false})
  void script_buildThatWasKilled_isMadeAgain(boolean flock) throws Exception {
    Path tree = tree();
    Map<String, String> environment = environment(flock);
    Process first = start(environment, tree);
    try {
      await(() -> Files.exists(tree.resolve("builds")));
    } finally {
      end(first);
    }
    Files.createFile(tree.resolve("go-on"));
    Ended ended = run(environment, tree.resolve("occ"), "--version");
    assertThat(ended.out()).startsWith("occ 0.");
    assertThat(ended.exitCode()).isZero();
    assertThat(tree.resolve("builds")).content().hasLineCount(2);
    try (Stream<Path> files = Files.list(tree.resolve("occ-examples/programs/target"))) {
      assertThat(files.map(file -> file.getFileName().toString()).filter(n -> n.contains(".jar")))
          .containsExactly("occ.jar");
    }
  }

  /**
   * A tree with the launcher and, in place of Maven, a program that notes that it was called,
   * writes half of the jar, waits for a file go-on, and writes the rest.
   */
  private Path tree() throws IOException {
    Path tree = Files.createDirectory(folder.resolve("a tree"));
    Files.createDirectories(tree.resolve("occ-examples/programs/src/main"));
    Files.createFile(tree.resolve("pom.xml"));
    Files.createFile(tree.resolve("occ-examples/programs/pom.xml"));
    Files.copy(SCRIPT, tree.resolve("occ"), StandardCopyOption.COPY_ATTRIBUTES);
    writeProgram(
        tree.resolve("mvnw"),
        """
        jar=occ-examples/programs/target/occ.jar
        for option; do
          case $option in -Docc.jar=*) jar=${option#*=} ;; esac
        done
        mkdir -p occ-examples/programs/target
        head -c 1000000 'THE-JAR' >"$jar"
        echo built >>builds
        until [ -e go-on ]; do sleep 0.1; done
        cp 'THE-JAR' "$jar"
        """
            .replace("THE-JAR", JAR.toString()));
    return tree;
  }

  /** An environment whose PATH has what the launcher needs, and flock or not. */
  private Map<String, String> environment(boolean flock) throws IOException {
    assumeTrue(!flock || Files.isExecutable(Path.of("/usr/bin/flock")), "there is no flock here");
    Path tools = Files.createDirectory(folder.resolve("some tools"));
    String names = "cp dirname find head ln locale mkdir mv ps readlink rm sed sleep touch";
    for (String name : (flock ? names + " flock" : names).split(" ", -1)) {
      writeProgram(tools.resolve(name), "exec '" + findTool(name) + "' \"$@\"");
    }
    return Map.of("JAVA_HOME", JAVA_HOME.toString(), "PATH", tools.toString());
  }

  private static Process start(Map<String, String> environment, Path tree) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(tree.resolve("occ").toString(), "--version");
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    builder.environment().putAll(environment);
    return builder.start();
  }

  /** Kills a process and those it has started, none of which can tidy up. */
  private static void end(Process process) throws InterruptedException {
    List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
    process.destroyForcibly().waitFor();
    all.forEach(ProcessHandle::destroyForcibly);
    all.forEach(one -> one.onExit().join());
  }

  private interface Condition {
    boolean holds();
  }

  private static void await(Condition condition) throws InterruptedException {
    long deadline = System.nanoTime() + 60_000_000_000L;
    while (!condition.holds()) {
      assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
      Thread.sleep(20);
    }
  }

  private Ended script(Object... args) throws Exception {
    List<Object> command = new ArrayList<>(List.of(SCRIPT));
    command.addAll(List.of(args));
    return run(Map.of("JAVA_HOME", JAVA_HOME.toString()), command.toArray());
  }

  private Ended run(Map<String, String> environment, Object... command)
      throws IOException, InterruptedException {
    return Ended.of(folder, environment, command);
  }

  private static void writeProgram(Path file, String line) throws IOException {
    Files.writeString(file, "#!/bin/sh\n" + line + "\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  private static Path findTool(String name) {
    for (String folder : System.getenv("PATH").split(File.pathSeparator, -1)) {
      Path candidate = Path.of(folder, name);
      if (Files.isExecutable(candidate)) {
        return candidate;
      }
    }
    throw new AssertionError("the tests need " + name);
  }
}
