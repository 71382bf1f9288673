package dev.occ.programs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.occ.programs.kit.EpochSettings;
import dev.occ.programs.service.ParentCommand;
import dev.occ.server.ApiKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Option;

/** Rules for the files of {@code occ-examples/deploy} that only AWS or Docker could break. */
class DeployFilesTest {
  private static final Pattern DIGEST = Pattern.compile("@sha256:[0-9a-f]{64}");

  @TempDir private Path folder;

  @Test
  void enclaveImage_always_isWhatNitroCliTakesOver() throws IOException {
    String file = DeployFiles.text("Dockerfile.enclave");
    assertThat(instructions(file, "CMD")).hasSize(1);
    assertThat(instructions(file, "ENTRYPOINT")).as("nitro-cli prefers CMD").isEmpty();
    assertThat(instructions(file, "ENV")).as("nitro-cli refuses images without ENV").isNotEmpty();
    assertThat(instructions(file, "USER")).as("ignored, so it would mislead").isEmpty();
    assertThat(instructions(file, "CMD").get(0))
        .as("the enclave has no PATH, and its /tmp is noexec")
        .startsWith("CMD [\"/opt/occ/bin/java\"")
        .contains("-Djava.io.tmpdir=/opt/occ/native", "-Djna.tmpdir=/opt/occ/native")
        .endsWith("\"-jar\", \"/opt/occ/occ-enclave.jar\"]");
  }

  /** What PCR0 covers: nitro-cli puts ENV into the ramdisk that it measures. */
  @Test
  void enclaveImage_always_holdsTheAnchorKeyInItsMeasuredEnvironment() throws IOException {
    String file = DeployFiles.text("Dockerfile.enclave");
    assertThat(file.lines()).contains("ARG ANCHOR_KEY=", "ARG BASE_FLOORS=false");
    List<String> defaults =
        Arrays.stream(EpochSettings.class.getDeclaredFields())
            .map(field -> field.getAnnotation(Option.class))
            .filter(Objects::nonNull)
            .map(Option::defaultValue)
            .toList();
    assertThat(defaults).containsExactly("${env:OCC_ANCHOR_KEY}", "${env:OCC_BASE_FLOORS:-false}");
    assertThat(file).contains("OCC_ANCHOR_KEY=${ANCHOR_KEY} OCC_BASE_FLOORS=${BASE_FLOORS}");
  }

  /** Docker's image and ours differ in what surrounds the program, not in how it is started. */
  @Test
  void imageBuild_always_startsTheProgramAsDockersImageDoes() throws IOException {
    String build = DeployFiles.text("image/build");
    String file = DeployFiles.text("Dockerfile.enclave");
    String command = instructions(file, "CMD").get(0).replaceAll("CMD \\[|\\]|\"|,", "");
    assertThat(function(build, "command_lines").replace("printf '%s\\n' ", "")).isEqualTo(command);
    String modules = String.join(",", DeployFiles.modules("Dockerfile.enclave"));
    assertThat(build).contains("--add-modules " + modules + " ");
    for (String line : file.lines().filter(text -> text.matches("(ENV|   ) .*OCC_.*")).toList()) {
      for (String setting : line.replaceAll("^(ENV|   )|\\\\$", "").strip().split(" ", -1)) {
        String name = setting.substring(0, setting.indexOf('=') + 1);
        assertThat(function(build, "environment_lines")).contains(name);
      }
    }
  }

  @Test
  void imageInputs_always_areNamedByTheirHash() throws IOException {
    List<String> lines =
        DeployFiles.text("image/inputs.lock").lines().filter(s -> !s.startsWith("#")).toList();
    assertThat(lines.get(0)).matches("snapshot \\d{8}T\\d{6}Z");
    assertThat(lines.subList(1, lines.size()))
        .allMatch(
            line ->
                line.matches(
                    "[0-9a-f]{64} ((source|runtime|tool|test) debian(-security)?/pool/\\S+[.]deb"
                        + "|jar [^ /@]+/[^ /@]+@[^ /@]+)"))
        .doesNotHaveDuplicates();
  }

  /** What an enclave has no use for, and an attacker would. */
  @Test
  void imageKernel_always_namesNoModulesNetworkOrDisks() throws IOException {
    assertThat(DeployFiles.text("image/kernel.config").lines())
        .contains("CONFIG_VIRTIO_MMIO_CMDLINE_DEVICES=y", "CONFIG_NSM=y", "CONFIG_STACKPROTECTOR=y")
        .noneMatch(
            line ->
                line.matches(
                    "CONFIG_(MODULES|INET|NETDEVICES|BLOCK|PCI|ACPI|USB_SUPPORT|BPF_SYSCALL)=[ym]"));
  }

  /** The words of a shell function that prints, on one line. */
  private static String function(String script, String name) {
    int start = script.indexOf(name + "() {");
    return script
        .substring(script.indexOf('\n', start), script.indexOf("\n}", start))
        .replaceAll("\\\\\n|\n", " ")
        .replaceAll(" +", " ")
        .strip();
  }

  @Test
  void parentImage_always_runsAsNobodyAndTellsItsHealth() throws IOException {
    String file = DeployFiles.text("Dockerfile.parent");
    assertThat(instructions(file, "USER")).containsExactly("USER 65532:65532");
    assertThat(instructions(file, "HEALTHCHECK")).hasSize(1);
    assertThat(instructions(file, "CMD").get(0)).endsWith("\"parent\"]");
  }

  @Test
  void parentImage_itsSettings_areOnesThatTheProgramReads() throws IOException {
    String env = instructions(DeployFiles.text("Dockerfile.parent"), "ENV").get(0);
    assertThat(env).contains("BIND_HOST=0.0.0.0");
    List<String> defaults =
        Arrays.stream(ParentCommand.class.getDeclaredFields())
            .map(field -> field.getAnnotation(Option.class))
            .filter(Objects::nonNull)
            .map(Option::defaultValue)
            .toList();
    for (String setting : env.substring("ENV ".length()).split(" ", -1)) {
      String name = setting.substring(0, setting.indexOf('='));
      assertThat(defaults).as(name).anyMatch(value -> value.startsWith("${env:" + name + ":"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Dockerfile.enclave", "Dockerfile.parent"})
  void image_always_hasReplaceableBasesAndOneTime(String name) throws IOException {
    String file = DeployFiles.text(name);
    assertThat(instructions(file, "FROM"))
        .containsExactly("FROM ${BUILD_IMAGE} AS build", "FROM ${BASE_IMAGE}");
    assertThat(file).contains("touch -h -d \"@${SOURCE_DATE_EPOCH}\"");
    assertThat(DIGEST.matcher(file).find()).as("nobody here can look one up").isFalse();
    assertThat(DeployFiles.modules(name)).contains("java.base", "jdk.crypto.ec");
  }

  @Test
  void ignoreFile_always_letsTheBuildsInputIn() throws IOException {
    List<String> rules = Files.readAllLines(ProjectFiles.root().resolve(".dockerignore"));
    assertThat(rules).contains("*", "!mvnw", "!.mvn", "!pom.xml");
    assertThat(rules).contains("!occ-*/src/main", "!occ-*/*/src/main");
    assertThat(rules).contains("!occ-examples/deploy/healthcheck.sh");
    // Maven wants every pom of the reactor.
    assertThat(rules).contains("!occ-*/pom.xml", "!occ-*/*/pom.xml");
  }

  @ParameterizedTest
  @ValueSource(strings = {"occ-parent.service", "occ-enclave.service"})
  void unit_always_isRightForSystemd(String name) throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/systemd-analyze")), "no systemd-analyze here");
    // Only the programs, which are not installed here, are put in place of others.
    Path copy = folder.resolve(name);
    Files.writeString(
        copy,
        DeployFiles.text("systemd/" + name).replaceAll("(?m)^(Exec\\w+)=/\\S+", "$1=/bin/true"));
    Ended verified = Ended.of(folder, Map.of(), "systemd-analyze", "verify", "--man=no", copy);
    assertThat(verified.out() + verified.err()).isEmpty();
    assertThat(verified.exitCode()).isZero();
  }

  @Test
  void parentUnit_always_isSandboxed() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/systemd-analyze")), "no systemd-analyze here");
    Path unit = DeployFiles.FOLDER.resolve("systemd/occ-parent.service");
    Ended ended =
        Ended.of(
            folder,
            Map.of("SYSTEMD_EMOJI", "0"),
            "systemd-analyze",
            "security",
            "--offline=true",
            "--threshold=20",
            unit);
    assertThat(ended.exitCode()).as("exposure over 2.0:\n" + ended.out()).isZero();
  }

  @Test
  void units_always_shareTheFoldersOfTheScripts() throws IOException {
    assertThat(DeployFiles.text("enclave.sh")).contains("OCC_STATE:-/var/lib/occ}");
    assertThat(DeployFiles.text("systemd/occ-parent.service"))
        .contains("/var/lib/occ/current/parent/bin/java", "EnvironmentFile=/etc/occ/parent.env")
        .contains("append:/var/log/occ/parent.log");
    assertThat(DeployFiles.text("systemd/occ-enclave.service"))
        .contains("enclave.sh keep", "KillMode=process", "append:/var/log/occ/enclave.log");
    assertThat(DeployFiles.text("logrotate.conf")).contains("/var/log/occ/*.log", "copytruncate");
    assertThat(DeployFiles.text("systemd/parent.env")).as("no key of ours").contains("API_KEYS=\n");
  }

  @Test
  void keysFile_itsExample_isOneOnceAKeyIsPasted() throws IOException {
    List<String> lines = DeployFiles.text("systemd/keys").lines().toList();
    List<String> pasted =
        lines.stream()
            .filter(line -> line.startsWith("# PASTE-A-KEY "))
            .map(
                line ->
                    line.substring(2).replace("PASTE-A-KEY", "0123456789abcdef" + line.length()))
            .toList();
    assertThat(ApiKeys.ofLines(pasted)).hasToString(pasted.size() + " API keys");
    assertThat(pasted).isNotEmpty();
    assertThat(lines).as("no key of ours").allMatch(line -> line.startsWith("#"));
    assertThat(DeployFiles.text("systemd/occ-parent-keys.conf"))
        .contains("LoadCredential=keys:/etc/occ/keys", "API_KEYS_FILE=%d/keys");
  }

  /** Any of these settings implies, in some version of systemd, that other devices are closed. */
  @Test
  void enclaveUnit_always_leavesTheDeviceOfEnclavesOpen() throws IOException {
    String unit = DeployFiles.text("systemd/occ-enclave.service");
    assertThat(unit.lines())
        .noneMatch(line -> line.matches("(ProtectClock|PrivateDevices|Device\\w+)=.*"))
        .contains("CapabilityBoundingSet=~CAP_SYS_TIME CAP_WAKE_ALARM");
  }

  /** What systemd runs when the unit ends, with the script put in another's place. */
  @ParameterizedTest
  @CsvSource({"'', 0, ''", "4711, 0, stop"})
  void enclaveUnit_ending_stopsTheEnclaveOnlyWhenItIsTold(String pid, int code, String called)
      throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "no /bin/sh here");
    String line =
        DeployFiles.text("systemd/occ-enclave.service")
            .lines()
            .filter(text -> text.startsWith("ExecStop="))
            .findFirst()
            .orElseThrow();
    Matcher command = Pattern.compile("ExecStop=/bin/sh -c '([^']+)'").matcher(line);
    assertThat(command.matches()).as(line).isTrue();
    String script =
        command
            .group(1)
            .replace("$$", "$") // as systemd does
            .replace("/opt/occ/occ-examples/deploy/enclave.sh", "echo");
    Map<String, String> environment = pid.isEmpty() ? Map.of() : Map.of("MAINPID", pid);
    Ended ended = Ended.of(folder, environment, "/bin/sh", "-c", script);
    assertThat(ended.exitCode()).isEqualTo(code);
    assertThat(ended.out().strip()).isEqualTo(called);
  }

  private static List<String> instructions(String dockerfile, String name) {
    return dockerfile.lines().filter(line -> line.startsWith(name + " ")).toList();
  }
}
