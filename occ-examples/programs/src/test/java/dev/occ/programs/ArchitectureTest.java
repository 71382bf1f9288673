package dev.occ.programs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Requires;
import java.lang.module.ModuleFinder;
import java.lang.reflect.Modifier;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The module rules of {@code docs/architecture.md}, asserted over what the compiler made. A change
 * here is a change of what the libraries promise, and belongs into that page too.
 */
class ArchitectureTest {
  private static final Set<String> COMPILE_TIME_ONLY =
      Set.of("org.jspecify", "com.google.errorprone.annotations");
  private static final String PROVIDES_SIGNER = "dev.occ.signer.SignerProvider";
  private static final String PICOCLI = "info.picocli";

  /**
   * What a module's descriptor must say, neither more nor less.
   *
   * @param folder the Maven module
   * @param name the JPMS module
   * @param exports packages for users
   * @param requires modules needed at run time, {@code java.base} aside
   * @param optional modules needed only by a part that is not always used
   * @param provides implemented services
   * @param opens packages open to reflection, and by which module
   */
  record Rule(
      String folder,
      String name,
      Set<String> exports,
      Set<String> requires,
      Set<String> optional,
      Set<String> provides,
      Map<String, String> opens) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static final Rule SPI =
      new Rule(
          "occ-signer-spi",
          "dev.occ.signer",
          Set.of("dev.occ.signer"),
          Set.of(),
          Set.of(),
          Set.of(),
          Map.of());
  private static final Rule CORE =
      new Rule(
          "occ-core",
          "dev.occ.core",
          Set.of(
              "dev.occ.agency",
              "dev.occ.anchor",
              "dev.occ.enclave",
              "dev.occ.epoch",
              "dev.occ.json",
              "dev.occ.proof"),
          Set.of("dev.occ.signer", "org.slf4j", "tools.jackson.core"),
          Set.of(),
          Set.of(),
          Map.of());
  private static final Rule SOFT =
      new Rule(
          "occ-signer-soft",
          "dev.occ.signer.soft",
          Set.of("dev.occ.signer.soft"),
          Set.of("dev.occ.signer", "org.bouncycastle.provider"),
          Set.of(),
          Set.of(PROVIDES_SIGNER),
          Map.of());
  private static final Rule NITRO =
      new Rule(
          "occ-signer-nitro",
          "dev.occ.signer.nitro",
          Set.of("dev.occ.signer.nitro"),
          Set.of(
              "com.sun.jna",
              "dev.occ.signer",
              "org.bouncycastle.provider",
              "org.newsclub.net.unix",
              "org.slf4j",
              "tools.jackson.core",
              "tools.jackson.dataformat.cbor"),
          Set.of(),
          Set.of(PROVIDES_SIGNER),
          Map.of());
  private static final Rule VERIFIER =
      new Rule(
          "occ-verifier",
          "dev.occ.verifier",
          Set.of(
              "dev.occ.verifier",
              "dev.occ.verifier.attestation",
              "dev.occ.verifier.chain",
              "dev.occ.verifier.crypto",
              "dev.occ.verifier.timestamp"),
          Set.of("dev.occ.core", "org.bouncycastle.provider"),
          Set.of("org.bouncycastle.pkix", "org.bouncycastle.util"),
          Set.of(),
          Map.of());

  private static final Rule TESTKIT =
      new Rule(
          "occ-signer-spi/testkit",
          "dev.occ.signer.testkit",
          Set.of("dev.occ.signer.testkit"),
          Set.of("dev.occ.signer", "org.assertj.core", "org.junit.jupiter.api"),
          Set.of(),
          Set.of(),
          Map.of());
  private static final Rule CLI =
      new Rule(
          "occ-verifier/cli",
          "dev.occ.verifier.cli",
          Set.of("dev.occ.verifier.cli"),
          Set.of("dev.occ.verifier", "info.picocli"),
          Set.of(),
          Set.of(),
          Map.of(
              "dev.occ.cli", PICOCLI,
              "dev.occ.cli.options", PICOCLI,
              "dev.occ.verifier.cli", PICOCLI,
              "dev.occ.verifier.cli.attestation", PICOCLI,
              "dev.occ.verifier.cli.chain", PICOCLI,
              "dev.occ.verifier.cli.inspect", PICOCLI,
              "dev.occ.verifier.cli.policy", PICOCLI,
              "dev.occ.verifier.cli.verify", PICOCLI));
  private static final Rule CLIENT =
      new Rule(
          "occ-examples/client",
          "dev.occ.client",
          Set.of("dev.occ.client"),
          Set.of("dev.occ.verifier", "java.net.http"),
          Set.of(),
          Set.of(),
          Map.of());
  private static final Rule SERVER =
      new Rule(
          "occ-examples/server",
          "dev.occ.server",
          Set.of("dev.occ.server"),
          Set.of(
              "dev.occ.core",
              "dev.occ.verifier",
              "io.prometheus.metrics.core",
              "io.prometheus.metrics.model",
              "io.prometheus.writer.text",
              "org.eclipse.jetty.server",
              "org.slf4j"),
          Set.of(),
          Set.of(),
          Map.of());
  private static final Rule ENCLAVE =
      new Rule(
          "occ-examples/enclave",
          "dev.occ.enclave.program",
          Set.of("dev.occ.enclave.program"),
          Set.of(
              "dev.occ.core",
              "dev.occ.signer.nitro",
              "jdk.net",
              "org.bouncycastle.provider",
              "org.slf4j"),
          Set.of(),
          Set.of("dev.occ.enclave.TransportProvider"),
          Map.of());
  private static final Rule TESTING =
      new Rule(
          "occ-examples/testing",
          "dev.occ.testing",
          Set.of("dev.occ.testing"),
          Set.of("dev.occ.signer.soft", "dev.occ.verifier", "jdk.httpserver"),
          Set.of("org.junit.jupiter.api"),
          Set.of(),
          Map.of());

  static List<Rule> rules() {
    return List.of(
        SPI, TESTKIT, CORE, SOFT, NITRO, VERIFIER, CLI, CLIENT, SERVER, ENCLAVE, TESTING);
  }

  @ParameterizedTest
  @MethodSource("rules")
  void module_always_exportsExactlyItsPackages(Rule rule) {
    ModuleDescriptor module = descriptor(rule);
    assertThat(module.isOpen()).isFalse();
    assertThat(module.exports()).noneMatch(ModuleDescriptor.Exports::isQualified);
    assertThat(module.exports().stream().map(ModuleDescriptor.Exports::source))
        .containsExactlyInAnyOrderElementsOf(rule.exports());
  }

  @ParameterizedTest
  @MethodSource("rules")
  void module_always_requiresExactlyItsDependencies(Rule rule) {
    ModuleDescriptor module = descriptor(rule);
    Set<String> expected = new TreeSet<>(rule.requires());
    expected.add("java.base");
    assertThat(requires(module, false)).isEqualTo(expected);
    Set<String> expectedStatic = new TreeSet<>(rule.optional());
    expectedStatic.addAll(COMPILE_TIME_ONLY);
    assertThat(requires(module, true)).isEqualTo(expectedStatic);
  }

  @ParameterizedTest
  @MethodSource("rules")
  void module_always_providesExactlyItsServices(Rule rule) {
    assertThat(descriptor(rule).provides().stream().map(ModuleDescriptor.Provides::service))
        .containsExactlyInAnyOrderElementsOf(rule.provides());
  }

  @ParameterizedTest
  @MethodSource("rules")
  void module_always_opensExactlyWhatReflectionNeeds(Rule rule) {
    Map<String, Set<String>> expected =
        rule.opens().entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, entry -> Set.of(entry.getValue())));
    assertThat(
            descriptor(rule).opens().stream()
                .collect(
                    Collectors.toMap(
                        ModuleDescriptor.Opens::source, ModuleDescriptor.Opens::targets)))
        .isEqualTo(expected);
  }

  @Test
  void verifier_withAllItNeeds_reachesNoSignerAndNoSocketLibrary() {
    assertThat(reachable(VERIFIER))
        .contains("dev.occ.verifier", "dev.occ.core", "dev.occ.signer")
        .doesNotContain(
            SOFT.name(),
            NITRO.name(),
            "com.sun.jna",
            "org.newsclub.net.unix",
            "tools.jackson.databind",
            "tools.jackson.dataformat.cbor");
  }

  @Test
  void signers_withAllTheyNeed_reachNeitherCoreNorVerifier() {
    assertThat(reachable(SOFT)).doesNotContain(CORE.name(), VERIFIER.name(), NITRO.name());
    assertThat(reachable(NITRO)).doesNotContain(CORE.name(), VERIFIER.name(), SOFT.name());
  }

  @Test
  void client_withAllItNeeds_reachesNoSignerServerOrCommandLine() {
    assertThat(reachable(CLIENT))
        .contains(VERIFIER.name())
        .doesNotContain(
            SOFT.name(),
            NITRO.name(),
            SERVER.name(),
            CLI.name(),
            PICOCLI,
            "org.eclipse.jetty.server");
  }

  @Test
  void enclaveProgram_withAllItNeeds_reachesNeitherVerifierNorServerNorSoftSigner() {
    assertThat(reachable(ENCLAVE))
        .contains(CORE.name(), NITRO.name())
        .doesNotContain(VERIFIER.name(), SERVER.name(), CLIENT.name(), SOFT.name(), PICOCLI);
  }

  @Test
  void testServer_withAllItNeeds_reachesNeitherJettyNorTheServer() {
    assertThat(reachable(TESTING)).doesNotContain(SERVER.name(), "org.eclipse.jetty.server");
  }

  @Test
  void library_always_bringsNoLoggingConfiguration() {
    for (Rule rule : rules()) {
      assertThat(ProjectFiles.filesUnder(ProjectFiles.classes(rule.folder()), ".xml"))
          .as(rule.name())
          .noneMatch(file -> file.getFileName().toString().startsWith("logback"));
    }
  }

  @Test
  void verifier_always_opensNoConnectionAndNeverLogs() throws IOException {
    for (Path file : classFiles(VERIFIER)) {
      assertThat(constants(file))
          .as(file.toString())
          .doesNotContain(
              "java/net/Socket",
              "java/net/HttpURLConnection",
              "java/net/http/",
              "java/net/URL;",
              "java/nio/channels/SocketChannel",
              "org/slf4j/",
              "java/util/logging/",
              "java/lang/System$Logger");
    }
  }

  @Test
  void proofsAndEpochs_always_neverLog() throws IOException {
    List<Path> files =
        classFiles(CORE).stream()
            .filter(file -> !className(CORE, file).startsWith("dev.occ.enclave."))
            .toList();
    assertThat(files).isNotEmpty();
    for (Path file : files) {
      assertThat(constants(file))
          .as(file.toString())
          .doesNotContain("org/slf4j/", "java/util/logging/", "java/lang/System$Logger");
    }
  }

  @ParameterizedTest
  @MethodSource("rules")
  void library_standaloneVerifierAndEnclaveProgramAside_hasNoMainMethod(Rule rule)
      throws Exception {
    assumeTrue(Files.isDirectory(ProjectFiles.classes(rule.folder())), "module is still empty");
    // Not every module is on the class path of this one.
    URL[] classes = {ProjectFiles.classes(rule.folder()).toUri().toURL()};
    try (URLClassLoader loader =
        new URLClassLoader(classes, ArchitectureTest.class.getClassLoader())) {
      for (Path file : classFiles(rule)) {
        String name = className(rule, file);
        if (!name.startsWith("dev.occ.verifier.cli.")
            && !name.equals("dev.occ.enclave.program.EnclaveMain")) {
          Class<?> type = Class.forName(name, false, loader);
          assertThat(type.getDeclaredMethods())
              .as(name)
              .noneMatch(m -> m.getName().equals("main") && Modifier.isStatic(m.getModifiers()));
        }
      }
    }
  }

  /** The rule's module and all of the project's and others' that it leads to, by name. */
  private static Set<String> reachable(Rule start) {
    Set<String> reached = new TreeSet<>();
    collect(start.name(), reached);
    return reached;
  }

  private static void collect(String module, Set<String> reached) {
    if (!reached.add(module)) {
      return;
    }
    rules().stream()
        .filter(rule -> rule.name().equals(module))
        .filter(rule -> Files.isDirectory(ProjectFiles.classes(rule.folder())))
        .flatMap(rule -> requires(descriptor(rule), false).stream())
        .forEach(next -> collect(next, reached));
  }

  private static ModuleDescriptor descriptor(Rule rule) {
    Path source = ProjectFiles.root().resolve(rule.folder()).resolve("src/main/java");
    assumeTrue(Files.isDirectory(source), rule.folder() + " is still empty");
    return ModuleFinder.of(ProjectFiles.classes(rule.folder()))
        .find(rule.name())
        .orElseThrow(() -> new AssertionError("no module " + rule.name()))
        .descriptor();
  }

  private static Set<String> requires(ModuleDescriptor module, boolean isStatic) {
    return module.requires().stream()
        .filter(r -> r.modifiers().contains(Requires.Modifier.STATIC) == isStatic)
        .map(Requires::name)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static List<Path> classFiles(Rule rule) {
    return ProjectFiles.filesUnder(ProjectFiles.classes(rule.folder()), ".class").stream()
        .filter(file -> !file.endsWith("module-info.class"))
        .toList();
  }

  private static String className(Rule rule, Path file) {
    String path = ProjectFiles.classes(rule.folder()).relativize(file).toString();
    return path.substring(0, path.length() - ".class".length()).replaceAll("[/\\\\]", ".");
  }

  /** The class file as text: names in its constant pool are ASCII. */
  private static String constants(Path file) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
  }
}
