package dev.occ.programs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.occ.enclave.EnclaveAddress;
import dev.occ.enclave.EnclaveClient;
import dev.occ.epoch.CommitRequest;
import dev.occ.programs.eif.EifImages;
import dev.occ.proof.Bytes;
import dev.occ.proof.Proof;
import dev.occ.verifier.ProofVerifier;
import dev.occ.verifier.ValidProof;
import dev.occ.verifier.VerificationPolicy;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.bouncycastle.crypto.Digest;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * The runtimes that the Dockerfiles make, made here of the same modules: the programs really run on
 * them, with the options of the images.
 */
@EnabledOnOs(value = OS.LINUX, disabledReason = "the images are Linux's")
class RuntimeIT {
  private static final Path JAVA_HOME = Path.of(System.getProperty("java.home"));
  private static final Path JAR =
      ProjectFiles.root().resolve("occ-examples/programs/target/occ.jar");

  private static final Path ENCLAVE_JAR =
      ProjectFiles.root().resolve("occ-examples/enclave/target/occ-enclave.jar");

  /** Modules that classes in the jars refer to and no program of ours loads. */
  private static final Map<String, String> NOT_NEEDED =
      new TreeMap<>(
          Map.of(
              "java.desktop", "JNA's helpers for AWT windows, Jackson's for bean names",
              "java.naming", "BouncyCastle's LDAP stores, Logback's JNDI selector",
              "java.rmi", "junixsocket's sockets for RMI",
              "java.sql", "Jackson's binding of dates"));

  @TempDir private static Path folder;
  private static Path enclave = Path.of("");

  @BeforeAll
  static void link() throws Exception {
    assumeTrue(Files.isDirectory(JAVA_HOME.resolve("jmods")), "this JDK has no jmods to link");
    Path runtime = folder.resolve("enclave");
    Ended ended =
        Ended.of(
            folder,
            Map.of(),
            JAVA_HOME.resolve("bin/jlink"),
            "--add-modules",
            String.join(",", DeployFiles.modules("Dockerfile.enclave")),
            "--strip-debug",
            "--no-header-files",
            "--no-man-pages",
            "--output",
            runtime);
    assertThat(ended.exitCode()).as(ended.out() + ended.err()).isZero();
    enclave = runtime.resolve("bin/java");
  }

  /** A dependency that needs more of the JDK is to be seen here and not in an enclave. */
  @Test
  void modules_ofBothRuntimes_coverWhatJdepsFinds() throws Exception {
    assertThat(NOT_NEEDED.keySet()).containsAll(missing(found(JAR), "Dockerfile.parent"));
    assertThat(NOT_NEEDED.keySet()).containsAll(missing(found(ENCLAVE_JAR), "Dockerfile.enclave"));
  }

  @Test
  void enclaveJar_always_holdsNothingOfTheParentTheVerifierOrTheCommandLine() throws Exception {
    try (JarFile jar = new JarFile(ENCLAVE_JAR.toFile())) {
      List<String> names = jar.stream().map(ZipEntry::getName).toList();
      assertThat(names)
          .contains("dev/occ/enclave/program/EnclaveMain.class")
          .noneMatch(
              name ->
                  name.matches(
                      "(dev/occ/(verifier|server|client|cli|programs|signer/soft)|picocli|ch/qos"
                          + "|org/eclipse|io/prometheus)/.*"));
      assertThat(names.stream().filter(name -> name.matches(".*[.](so|dll|dylib|a|jnilib)")))
          .as("native code for Linux on x86-64 and arm64 only")
          .allMatch(name -> name.matches(".*(linux-|amd64-Linux|aarch64-Linux).*"));
      assertThat(names.stream().filter(name -> name.endsWith(".class")).count())
          .as("classes of the trusted base; a dependency that brings more is to be seen here")
          .isLessThan(1900);
    }
  }

  private static Set<String> found(Path jar) throws Exception {
    Ended ended =
        Ended.of(
            folder,
            Map.of(),
            JAVA_HOME.resolve("bin/jdeps"),
            "--ignore-missing-deps",
            "--multi-release",
            "17",
            "--print-module-deps",
            jar);
    assertThat(ended.exitCode()).as(ended.err()).isZero();
    Set<String> found = new TreeSet<>(List.of(ended.out().strip().split(",", -1)));
    assertThat(found).contains("java.base");
    return found;
  }

  private static Set<String> missing(Set<String> found, String dockerfile) throws IOException {
    Set<String> missing = new TreeSet<>(found);
    missing.removeAll(DeployFiles.modules(dockerfile));
    return missing;
  }

  @Test
  void enclave_withTheImagesCommand_commitsAProofThatVerifies() throws Exception {
    Path socketFolder = Files.createTempDirectory(Path.of("/tmp"), "occ-rt"); // 107 bytes at most
    Path socket = socketFolder.resolve("s");
    List<String> command = withSoftSigner(imageCommand("Dockerfile.enclave", enclave));
    Process process = start(command, Map.of("OCC_SIGNER", "soft", "OCC_LISTEN", "unix:" + socket));
    try (EnclaveClient client = EnclaveClient.open(EnclaveAddress.parse("unix:" + socket))) {
      Bytes digest = Bytes.sha256("hello world".getBytes(UTF_8));
      Proof proof = client.commitDigest(CommitRequest.of(client.allocateSlot("main").id(), digest));
      assertThat(ProofVerifier.create(VerificationPolicy.integrityOnly()).verifyProofOnly(proof))
          .isInstanceOf(ValidProof.class);
    } finally {
      process.destroy();
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      Files.deleteIfExists(socket);
      Files.delete(socketFolder);
    }
  }

  /** Only a usable JNA finds out that there is no device; its library is unpacked where told. */
  @Test
  void enclave_nitroSignerWithoutDevice_saysSoItself() throws Exception {
    assumeTrue(Files.notExists(Path.of("/dev/nsm")), "this machine has a /dev/nsm");
    List<Object> command = new ArrayList<>(imageCommand("Dockerfile.enclave", enclave));
    Ended ended = Ended.of(folder, Map.of("OCC_LISTEN", "tcp:127.0.0.1:0"), command.toArray());
    assertThat(ended.exitCode()).isEqualTo(2);
    assertThat(ended.err()).contains("opening /dev/nsm failed: no device");
  }

  @Test
  void enclave_allowUser_findsItsModule() throws Exception {
    List<Object> command = new ArrayList<>(imageCommand("Dockerfile.enclave", enclave));
    command.addAll(List.of("--allow-user", "root", "--signer", "no-such-signer"));
    Ended ended = Ended.of(folder, Map.of(), command.toArray());
    assertThat(ended.err()).contains("no-such-signer").doesNotContain("NoClassDefFound");
  }

  @Test
  void parent_commandsOfOperators_run() throws Exception {
    Path image = Files.write(folder.resolve("i.eif"), EifImages.signed(folder));
    Ended eif = parent("eif", image);
    assertThat(eif.err()).isEmpty();
    assertThat(eif.out()).contains("ES384 over PCR0");
    Ended demo = parent("demo", "--out", "demo");
    assertThat(demo.err()).isEmpty();
    assertThat(demo.exitCode()).isZero(); // verifies attestations, too
  }

  /** Twelve times the heap: the image passes through one buffer, to the checksum at its end. */
  @Test
  void eif_imageLargerThanTheHeap_isReadToItsEnd() throws Exception {
    long size = 288L * 1024 * 1024;
    Path image = folder.resolve("large.eif");
    byte[] start = EifImages.startOfLarge(size);
    Files.write(image, start);
    try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
      file.setLength(start.length + size); // sparse: takes no room
    }
    Path java = JAVA_HOME.resolve("bin/java");
    Ended ended = Ended.of(folder, Map.of(), java, "-Xmx24m", "-jar", JAR, "eif", image);
    assertThat(ended.err()).contains("(crc-mismatch)").doesNotContain("OutOfMemory");
    assertThat(ended.exitCode()).isEqualTo(1);
  }

  @Test
  void parent_server_isHealthy() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    Process process = start(parentCommand("up"), Map.of("PORT", String.valueOf(port)));
    try {
      Path check = DeployFiles.FOLDER.resolve("healthcheck.sh");
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
      Ended ended = Ended.of(folder, Map.of(), check, port);
      while (ended.exitCode() != 0) {
        assertThat(System.nanoTime()).as(ended.err()).isLessThan(deadline);
        Thread.sleep(100);
        ended = Ended.of(folder, Map.of(), check, port);
      }
    } finally {
      process.destroyForcibly();
    }
  }

  private static Ended parent(Object... args) throws Exception {
    return Ended.of(folder, Map.of(), parentCommand(args).toArray());
  }

  /** The parent's modules by a limit on the JDK's, which takes seconds less than linking again. */
  private static List<String> parentCommand(Object... args) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(JAVA_HOME.resolve("bin/java").toString());
    command.add("--limit-modules=" + String.join(",", DeployFiles.modules("Dockerfile.parent")));
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-jar", JAR.toString()));
    for (Object arg : args) {
      command.add(arg.toString());
    }
    return command;
  }

  /** CMD of an image with the runtime and jar of this test in place of the image's. */
  static List<String> imageCommand(String dockerfile, Path java) throws IOException {
    String cmd =
        DeployFiles.text(dockerfile)
            .lines()
            .filter(line -> line.startsWith("CMD ["))
            .findFirst()
            .orElseThrow();
    Path unpack = Files.createDirectories(folder.resolve("native"));
    List<String> command = new ArrayList<>();
    for (String part : cmd.substring("CMD [\"".length(), cmd.length() - 2).split("\", \"", -1)) {
      command.add(
          part.replace("/opt/occ/bin/java", java.toString())
              .replace("/opt/occ/occ-enclave.jar", ENCLAVE_JAR.toString())
              .replace("/opt/occ/occ.jar", JAR.toString())
              .replace("/opt/occ/native", unpack.toString()));
    }
    return command;
  }

  /** The same with a class path: an image's jar has no software signer. */
  private static List<String> withSoftSigner(List<String> command) throws Exception {
    List<String> changed = new ArrayList<>(command.subList(0, command.indexOf("-jar")));
    Path bouncyCastle =
        Path.of(Digest.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    changed.addAll(
        List.of(
            "-cp",
            ENCLAVE_JAR + ":" + ProjectFiles.classes("occ-signer-soft") + ":" + bouncyCastle,
            "dev.occ.enclave.program.EnclaveMain"));
    return changed;
  }

  /** Returns when the program says that it serves. */
  private static Process start(List<String> command, Map<String, String> environment)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    Process process = builder.redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    BufferedReader log = process.errorReader(UTF_8);
    StringBuilder seen = new StringBuilder();
    for (String line = log.readLine(); line != null; line = log.readLine()) {
      seen.append(line).append('\n');
      if (line.contains("serving on")) {
        return process;
      }
    }
    throw new AssertionError("the enclave did not start:\n" + seen);
  }
}
