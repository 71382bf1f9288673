package dev.occ.signer.nitro;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * What depends on how a process was started: as modules or on the class path, and without the
 * native libraries. {@code dev.occ.probe.Probe} is what runs.
 */
@EnabledOnOs(OS.LINUX)
class OwnProcessTest {
  private static final List<String> CLASS_PATH =
      List.of(System.getProperty("java.class.path").split(File.pathSeparator));

  private static final List<String> LIBRARIES =
      List.of("occ-signer-", "jna-jpms", "bcprov", "junixsocket", "jackson", "slf4j-api");

  @TempDir private Path folder;

  @Test
  void onTheClassPath_everythingLoads() throws Exception {
    List<String> lines = run(List.of());
    assertThat(lines).contains("module null", "signer DEVICE_FAILURE NOT_AN_NSM");
    assertThat(vsockLine(lines)).doesNotContain("NATIVE_UNAVAILABLE");
  }

  @Test
  void asModules_everythingLoads() throws Exception {
    List<String> modules = CLASS_PATH.stream().filter(OwnProcessTest::isModule).toList();
    List<String> lines =
        run(
            List.of(
                "--module-path",
                String.join(File.pathSeparator, modules),
                "--add-modules",
                "dev.occ.signer.nitro,com.kohlschutter.junixsocket.nativecommon"));
    assertThat(lines).contains("module dev.occ.signer.nitro", "signer DEVICE_FAILURE NOT_AN_NSM");
    assertThat(vsockLine(lines)).doesNotContain("NATIVE_UNAVAILABLE");
  }

  @Test
  void withoutJnasNativeLibrary_theReasonSaysSo() throws Exception {
    List<String> lines =
        run(
            List.of(
                "-Djna.nounpack=true",
                "-Djna.nosys=true",
                "-Djna.boot.library.path=" + folder,
                "-Djna.noclasspath=true"));
    assertThat(lines).contains("signer UNAVAILABLE NATIVE_UNAVAILABLE");
  }

  @Test
  void withoutJunixsocketsNativeLibrary_theReasonSaysSo() throws Exception {
    List<String> lines = run(List.of("-Dorg.newsclub.net.unix.library.disable=true"));
    assertThat(lines).contains("vsock NATIVE_UNAVAILABLE false");
  }

  @Test
  void withoutVsock_theReasonSaysSo() throws Exception {
    List<String> lines =
        run(List.of("-Dorg.newsclub.net.unix.library.disable.CAPABILITY_VSOCK=true"));
    assertThat(lines).contains("vsock UNSUPPORTED false");
  }

  private List<String> run(List<String> options) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.add("-cp");
    boolean asModules = options.contains("--module-path");
    command.add(
        CLASS_PATH.stream()
            .filter(entry -> !asModules || !isModule(entry))
            .collect(Collectors.joining(File.pathSeparator)));
    command.add("dev.occ.probe.Probe");
    Path output = folder.resolve("output");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    boolean ended = process.waitFor(2, TimeUnit.MINUTES);
    String text = Files.readString(output, StandardCharsets.UTF_8);
    assertThat(ended).as(text).isTrue();
    assertThat(process.exitValue()).as(text).isZero();
    return text.lines().toList();
  }

  private static String vsockLine(List<String> lines) {
    return lines.stream().filter(line -> line.startsWith("vsock ")).findFirst().orElseThrow();
  }

  /** The libraries of the module, and folders that are modules themselves. */
  private static boolean isModule(String entry) {
    Path path = Path.of(entry);
    if (Files.isDirectory(path)) {
      return Files.exists(path.resolve("module-info.class"));
    }
    String name = path.getFileName().toString();
    return !name.endsWith("-tests.jar") && LIBRARIES.stream().anyMatch(name::startsWith);
  }
}
