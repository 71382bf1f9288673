package dev.occ.programs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.occ.programs.eif.EifImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code deploy.sh} and {@code enclave.sh} with stand-ins for docker, nitro-cli, systemctl and
 * curl, which note how they are called; the image and its check by {@code occ eif} are real.
 * Folders have spaces in their names.
 */
@EnabledOnOs(value = OS.LINUX, disabledReason = "uses bash, flock and GNU tools")
class DeployScriptIT {
  private static final Path SCRIPTS = ProjectFiles.root().resolve("occ-examples/deploy");
  private static final String OTHER_PCR0 = "ab".repeat(48);

  @TempDir private Path folder;
  private Path standin;
  private Path state;
  private Path config;
  private String pcr0 = "";
  private final Map<String, String> environment = new HashMap<>();

  @BeforeEach
  void prepare() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/flock")), "there is no flock here");
    standin = Files.createDirectory(folder.resolve("stand ins"));
    state = folder.resolve("occ state");
    Path tools = Files.createDirectory(folder.resolve("the tools"));
    for (String tool : List.of("docker", "nitro-cli", "systemctl", "curl")) {
      Path copy = tools.resolve(tool);
      Files.copy(
          ProjectFiles.root().resolve("occ-examples/programs/src/test/resources/deploy/" + tool),
          copy);
      assertThat(copy.toFile().setExecutable(true)).isTrue();
    }
    build(EifImages.usual(), "1");
    environment.put("PATH", tools + ":" + System.getenv("PATH"));
    environment.put("STANDIN", standin.toString());
    environment.put("STANDIN_JAVA", System.getProperty("java.home") + "/bin/java");
    environment.put("STANDIN_JAR", ProjectFiles.root() + "/occ-examples/programs/target/occ.jar");
    environment.put("OCC_STATE", state.toString());
    config = Files.createDirectory(folder.resolve("occ config"));
    environment.put("OCC_CONFIG", config.toString());
    environment.put("ENCLAVE_SETTLE", "0");
    environment.put("ENCLAVE_PAUSE", "0");
    environment.put("HEALTH_WAIT", "1");
  }

  @Test
  void deploy_firstTime_buildsMeasuresRunsAndReports() throws Exception {
    Ended ended = deploy();
    assertThat(ended.err()).doesNotContain("deploy.sh:");
    assertThat(ended.exitCode()).isZero();
    assertThat(calls().stream().map(DeployScriptIT::firstWords))
        .containsExactly(
            "docker build",
            "docker build",
            "docker image",
            "docker image",
            "docker container",
            "docker create",
            "docker cp",
            "docker rm",
            "nitro-cli build-enclave",
            "nitro-cli describe-enclaves",
            "nitro-cli describe-enclaves",
            "nitro-cli run-enclave",
            "nitro-cli describe-enclaves",
            "systemctl reset-failed",
            "systemctl restart",
            "curl --silent");
    assertThat(ended.out())
        .contains("+ docker build ", "+ nitro-cli build-enclave ", "+ nitro-cli run-enclave ")
        .contains("+ systemctl restart occ-parent.service")
        .contains("./occ verify PROOF --pcr0 " + pcr0);
    assertThat(state.resolve("current/pcr0")).hasContent(pcr0);
    assertThat(Files.readString(state.resolve("pcr0.log"))).contains(pcr0);
    assertThat(state.resolve("current/enclave.eif")).hasBinaryContent(EifImages.usual());
    assertThat(state.resolve("releases/.next")).doesNotExist();
    assertThat(call("nitro-cli [run-enclave]"))
        .contains("[--cpu-count] [2] [--memory] [1024] [--enclave-cid] [16]")
        .doesNotContain("debug");
  }

  @Test
  void deploy_again_changesNothing() throws Exception {
    assertThat(deploy().exitCode()).isZero();
    String enclave = Files.readString(standin.resolve("enclave"));
    forgetCalls();
    Ended again = deploy();
    assertThat(again.exitCode()).isZero();
    assertThat(again.out()).contains("no new release", "running already", "runs already");
    assertThat(calls())
        .noneMatch(call -> call.contains("run-enclave") || call.contains("terminate-enclave"))
        .noneMatch(call -> call.contains("build-enclave") || call.contains("restart"));
    assertThat(Files.readString(standin.resolve("enclave"))).isEqualTo(enclave);
    assertThat(Files.readString(state.resolve("pcr0.log"))).hasLineCount(1);
  }

  @Test
  void deploy_changedSource_replacesTheEnclaveAndKeepsBothPcr0s() throws Exception {
    assertThat(deploy().exitCode()).isZero();
    String before = pcr0;
    build(EifImages.withMetadata("{}"), "2");
    forgetCalls();
    assertThat(deploy().exitCode()).isZero();
    assertThat(pcr0).isNotEqualTo(before);
    assertThat(state.resolve("current/pcr0")).hasContent(pcr0);
    assertThat(Files.readString(state.resolve("pcr0.log"))).contains(before, pcr0);
    List<String> words = calls().stream().map(DeployScriptIT::firstWords).toList();
    assertThat(words.indexOf("nitro-cli build-enclave"))
        .isLessThan(words.indexOf("nitro-cli terminate-enclave"));
    assertThat(words.indexOf("nitro-cli terminate-enclave"))
        .isLessThan(words.indexOf("nitro-cli run-enclave"));
  }

  @Test
  void deploy_otherSettingsOrRestart_replacesTheSameImage() throws Exception {
    assertThat(deploy().exitCode()).isZero();
    environment.put("ENCLAVE_MEM", "2048");
    forgetCalls();
    assertThat(deploy().exitCode()).isZero();
    assertThat(call("nitro-cli [run-enclave]")).contains("[--memory] [2048]");
    forgetCalls();
    assertThat(deploy("--restart").exitCode()).isZero();
    assertThat(calls()).anyMatch(call -> call.contains("terminate-enclave"));
  }

  @Test
  void deploy_settingsInItsFiles_areThoseOfTheNextRunToo() throws Exception {
    Files.writeString(
        config.resolve("enclave.env"),
        """
        # ENCLAVE_CPU=8
        ENCLAVE_CPU=3
        ENCLAVE_CPU="4"
          ENCLAVE_MEM = 2048\s
        ENCLAVE_CID='20'
        BASE_IMAGE=debian@sha256:00
        OTHER=$(touch "$STANDIN/was-run")
        """);
    Files.writeString(
        config.resolve("parent.env"), "API_KEYS=secret\nPORT=9090\nENCLAVE=vsock:20:5000\n");
    assertThat(deploy().exitCode()).isZero();
    assertThat(call("nitro-cli [run-enclave]"))
        .contains("[--cpu-count] [4] [--memory] [2048] [--enclave-cid] [20]");
    assertThat(call("docker [build]")).contains("[BASE_IMAGE=debian@sha256:00]");
    assertThat(call("curl")).contains("[http://127.0.0.1:9090/health]");
    assertThat(standin.resolve("was-run")).doesNotExist();
    forgetCalls();
    assertThat(deploy().out()).contains("running already");
    assertThat(calls()).noneMatch(call -> call.contains("terminate-enclave"));
    Files.delete(standin.resolve("enclave"));
    forgetCalls();
    assertThat(enclave("start").exitCode()).isZero();
    assertThat(call("nitro-cli [run-enclave]")).contains("[--enclave-cid] [20]");
    environment.put("ENCLAVE_CPU", "2");
    environment.put("PORT", "9091");
    forgetCalls();
    assertThat(deploy().exitCode()).isZero();
    assertThat(call("nitro-cli [run-enclave]")).contains("[--cpu-count] [2] [--memory] [2048]");
    assertThat(call("curl")).contains("[http://127.0.0.1:9091/health]");
  }

  @Test
  void deploy_parentLooksElsewhere_isRefusedBeforeTheBuild() throws Exception {
    Files.writeString(config.resolve("parent.env"), "ENCLAVE=vsock:16:5000\n");
    assertThat(deploy("--dry-run").exitCode()).isZero();
    environment.put("ENCLAVE_CID", "20");
    Ended ended = deploy();
    assertThat(ended.exitCode()).isEqualTo(2);
    assertThat(ended.err()).contains("ENCLAVE_CID is 20", "ENCLAVE=vsock:16:5000");
    assertThat(standin.resolve("calls")).doesNotExist();
  }

  @Test
  void deploy_enclaveOfAnotherName_leavesItAlone() throws Exception {
    Files.writeString(
        standin.resolve("other"),
        "{\"EnclaveName\": \"occ_1\", \"EnclaveID\": \"i-0-enc0\", \"State\": \"RUNNING\"}");
    assertThat(deploy().exitCode()).isZero();
    build(EifImages.withMetadata("{}"), "2");
    assertThat(deploy().exitCode()).isZero();
    assertThat(calls()).noneMatch(call -> call.contains("i-0-enc0"));
  }

  @Test
  void deploy_failureBeforeTheSwitch_leavesTheOldEnclaveRunning() throws Exception {
    assertThat(deploy().exitCode()).isZero();
    String enclave = Files.readString(standin.resolve("enclave"));
    Path current = state.resolve("current").toRealPath();
    build(EifImages.withMetadata("{}"), "2");
    for (String failure : List.of("fail-docker-build", "fail-build-enclave", "fail-describe")) {
      Path cause = Files.writeString(standin.resolve(failure), "");
      Ended ended = deploy();
      assertThat(ended.exitCode()).as(failure).isEqualTo(1);
      assertThat(ended.err()).as(failure).contains("Nothing that runs was changed");
      Files.delete(cause);
    }
    Path inTheWay = Files.createDirectory(state.resolve("current.new"));
    assertThat(deploy().err()).contains("current.new", "Nothing that runs was changed");
    assertThat(inTheWay).doesNotExist();
    Files.writeString(standin.resolve("pcr0"), OTHER_PCR0);
    Ended mismatch = deploy();
    assertThat(mismatch.exitCode()).isEqualTo(1);
    assertThat(mismatch.err()).contains("pcr0-mismatch", "Nothing that runs was changed");
    byte[] damaged = EifImages.usual();
    damaged[600] ^= 1;
    Files.write(standin.resolve("image.eif"), damaged);
    assertThat(deploy().err()).contains("crc-mismatch", "Nothing that runs was changed");
    assertThat(Files.readString(standin.resolve("enclave"))).isEqualTo(enclave);
    assertThat(state.resolve("current").toRealPath()).isEqualTo(current);
    assertThat(state.resolve("releases/.next")).doesNotExist();
  }

  @Test
  void deploy_tooLittleMemoryForTheImage_isRefusedBeforeTheSwitch() throws Exception {
    assertThat(deploy().exitCode()).isZero();
    build(EifImages.large(40 * 1024 * 1024), "2");
    environment.put("ENCLAVE_MEM", "128");
    forgetCalls();
    Ended ended = deploy();
    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.err()).contains("needs 161 MiB", "allocator.yaml", "Nothing that runs");
    assertThat(calls()).noneMatch(call -> call.contains("terminate-enclave"));
  }

  @Test
  void deploy_newEnclaveDoesNotStart_runsTheOldOneAgain() throws Exception {
    assertThat(deploy().exitCode()).isZero();
    String before = pcr0;
    build(EifImages.withMetadata("{}"), "2");
    Files.writeString(standin.resolve("fail-run"), ""); // the stand-in fails once
    Ended ended = deploy();
    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.err())
        .contains("[ E27 ]", "The one from before runs again (PCR0 " + before, "allocator.yaml");
    assertThat(Files.readString(standin.resolve("enclave"))).contains(before);
    assertThat(state.resolve("current/pcr0")).hasContent(before);
    assertThat(deploy().exitCode()).as("the next run mends it").isZero();
    assertThat(state.resolve("current/pcr0")).hasContent(pcr0);
  }

  @Test
  void deploy_looksThatFailNowAndThen_areMadeAgain() throws Exception {
    assertThat(deploy().exitCode()).isZero();
    build(EifImages.withMetadata("{}"), "2");
    Files.writeString(standin.resolve("fail-describe-after-run-enclave"), "3");
    Ended ended = deploy();
    assertThat(ended.exitCode()).isZero();
    assertThat(ended.err()).contains("describe-enclaves failed");
    assertThat(state.resolve("current/pcr0")).hasContent(pcr0);
  }

  @Test
  void deploy_newEnclaveCannotBeSeen_saysSoAndTheNextRunMendsIt() throws Exception {
    assertThat(deploy().exitCode()).isZero();
    String before = pcr0;
    build(EifImages.withMetadata("{}"), "2");
    Files.writeString(standin.resolve("fail-describe-after-run-enclave"), "");
    Ended ended = deploy();
    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.err())
        .contains("started (PCR0 " + pcr0, "cannot be told", "The parent was not restarted");
    assertThat(state.resolve("current/pcr0")).hasContent(before);
    Files.delete(standin.resolve("fail-describe"));
    forgetCalls();
    assertThat(deploy().out()).contains("running already");
    assertThat(calls()).noneMatch(call -> call.contains("terminate-enclave"));
    assertThat(state.resolve("current/pcr0")).hasContent(pcr0);
  }

  @Test
  void deploy_nothingCanBeSeenAnyMore_startsTheOldOneAndSaysSo() throws Exception {
    assertThat(deploy().exitCode()).isZero();
    String before = pcr0;
    build(EifImages.withMetadata("{}"), "2");
    Files.writeString(standin.resolve("fail-run"), "");
    Files.writeString(standin.resolve("fail-describe-after-run-enclave"), "");
    Ended ended = deploy();
    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.err())
        .contains("was started again (PCR0 " + before, "WHETHER IT RUNS CANNOT BE TOLD");
    assertThat(Files.readString(standin.resolve("enclave"))).contains(before);
  }

  @Test
  void deploy_terminationFails_goesOnOnlyIfTheEnclaveIsGone() throws Exception {
    assertThat(deploy().exitCode()).isZero();
    build(EifImages.withMetadata("{}"), "2");
    Files.writeString(standin.resolve("fail-terminate"), "");
    String enclave = Files.readString(standin.resolve("enclave"));
    assertThat(deploy().err()).contains("could not be terminated", "Nothing that runs was changed");
    assertThat(Files.readString(standin.resolve("enclave"))).isEqualTo(enclave);
    Files.writeString(standin.resolve("fail-describe-after-terminate-enclave"), "");
    assertThat(deploy().err()).contains("its state is unknown now", "was not started");
    Files.delete(standin.resolve("fail-describe"));
    Files.writeString(standin.resolve("fail-terminate"), "but ends");
    assertThat(deploy().exitCode()).isZero();
    assertThat(Files.readString(standin.resolve("enclave"))).contains(pcr0);
  }

  @Test
  void deploy_neitherStarts_saysWhatIsKnown() throws Exception {
    assertThat(deploy().exitCode()).isZero();
    build(EifImages.withMetadata("{}"), "2");
    Files.writeString(standin.resolve("ends-at-once"), "");
    assertThat(deploy().err()).contains("nor did the one from before. NO ENCLAVE IS RUNNING.");
    Files.delete(state.resolve("current"));
    Files.writeString(standin.resolve("fail-run"), "");
    Files.writeString(standin.resolve("fail-describe-after-run-enclave"), "");
    assertThat(deploy().err()).contains("WHETHER AN ENCLAVE IS RUNNING CANNOT BE TOLD.");
  }

  @Test
  void deploy_releaseCannotBeMadeTheCurrentOne_saysThatTheNewEnclaveRuns() throws Exception {
    assertThat(deploy().exitCode()).isZero();
    Path release = state.resolve("current").toRealPath();
    Files.delete(state.resolve("current"));
    Files.move(release, state.resolve("current")); // a folder, which no link can take the place of
    build(EifImages.withMetadata("{}"), "2");
    forgetCalls();
    Ended ended = deploy();
    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.err())
        .contains("the new enclave runs (PCR0 " + pcr0, "current cannot be changed");
    assertThat(calls()).noneMatch(call -> call.contains("restart"));
    Files.move(state.resolve("current"), release);
    Files.createSymbolicLink(state.resolve("current"), release);
    forgetCalls();
    assertThat(deploy().out()).contains("running already");
    assertThat(calls()).noneMatch(call -> call.contains("terminate-enclave"));
  }

  @Test
  void deploy_firstEnclaveDoesNotStart_saysThatNoneIsRunning() throws Exception {
    Files.writeString(standin.resolve("fail-run"), "");
    Ended ended = deploy();
    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.err()).contains("NO ENCLAVE IS RUNNING", "E22 and E27");
    assertThat(Files.exists(state.resolve("current"), LinkOption.NOFOLLOW_LINKS)).isFalse();
  }

  @Test
  void deploy_enclaveThatEndsAtOnce_isAFailure() throws Exception {
    Files.writeString(standin.resolve("ends-at-once"), "");
    Ended ended = deploy();
    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.err()).contains("started and ended at once", "--debug-mode");
  }

  @Test
  void deploy_parentThatFails_saysWhereToLook() throws Exception {
    Files.writeString(standin.resolve("fail-parent"), "");
    Ended failed = deploy();
    assertThat(failed.exitCode()).isEqualTo(1);
    assertThat(failed.err()).contains("systemctl status occ-parent.service");
    assertThat(Files.readString(state.resolve("pcr0.log"))).as("it runs").contains(pcr0);
    Files.delete(standin.resolve("fail-parent"));
    Files.writeString(standin.resolve("unhealthy"), "");
    Ended unhealthy = deploy();
    assertThat(unhealthy.exitCode()).isEqualTo(1);
    assertThat(unhealthy.err()).contains("not healthy after 1 s", "/var/log/occ/parent.log");
    Files.delete(standin.resolve("unhealthy"));
    assertThat(deploy().exitCode()).isZero();
  }

  @Test
  void deploy_parentThatEndedTooOften_isStartedNevertheless() throws Exception {
    Files.writeString(standin.resolve("start-limit"), "");
    assertThat(deploy().exitCode()).isZero();
    assertThat(standin.resolve("parent-active")).exists();
    Files.delete(standin.resolve("parent-active"));
    Files.writeString(standin.resolve("fail-reset"), "");
    Ended ended = deploy();
    assertThat(ended.exitCode()).as("a unit that never failed").isZero();
    assertThat(ended.err()).isEmpty();
  }

  /** The image holds it, so that PCR0 covers it. */
  @Test
  void deploy_anchorKey_goesIntoTheImageOrIsRefused() throws Exception {
    String key = "L/zyqG3111Y0hEyKF6NIKI4amSvSBBQxGMjdjLa2520=";
    environment.put("ANCHOR_KEY", key);
    environment.put("BASE_FLOORS", "true");
    assertThat(deploy().exitCode()).isZero();
    assertThat(call("docker [build]")).contains("[ANCHOR_KEY=" + key + "]", "[BASE_FLOORS=true]");
    environment.put("ANCHOR_KEY", "anchor.key");
    forgetCalls();
    Ended refused = deploy();
    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err()).contains("ANCHOR_KEY must be 32 bytes in Base64");
    assertThat(calls()).isEmpty();
  }

  @Test
  void deploy_debugMode_mustBeNamedAndStaysWithTheRelease() throws Exception {
    Files.writeString(standin.resolve("source"), "debug");
    Ended ended = deploy("--debug-mode");
    assertThat(ended.exitCode()).isZero();
    assertThat(ended.out()).contains("DEBUG MODE");
    assertThat(call("nitro-cli [run-enclave]")).endsWith("[--debug-mode]");
    assertThat(call("docker [build]")).contains("[ALLOW_DEBUG=true]");
    Files.delete(standin.resolve("enclave"));
    forgetCalls();
    assertThat(enclave("start").exitCode()).isZero();
    assertThat(call("nitro-cli [run-enclave]")).endsWith("[--debug-mode]");
    build(EifImages.usual(), "production");
    forgetCalls();
    assertThat(deploy().exitCode()).isZero();
    assertThat(call("nitro-cli [run-enclave]")).doesNotContain("debug");
  }

  @Test
  void deploy_dryRun_printsTheCommandsAndDoesNothing() throws Exception {
    Ended ended = deploy("--dry-run");
    assertThat(ended.err()).isEmpty();
    assertThat(ended.exitCode()).isZero();
    assertThat(ended.out())
        .contains("+ docker build", "+ nitro-cli build-enclave", "+ nitro-cli terminate-enclave")
        .contains("+ nitro-cli run-enclave", "+ systemctl restart", "+ curl");
    assertThat(standin.resolve("calls")).doesNotExist();
    assertThat(state).doesNotExist();
  }

  @Test
  void deploy_settingsThatMakeNoSense_areRefused() throws Exception {
    Map<String, String> wrong =
        Map.of(
            "ENCLAVE_CPU", "two",
            "ENCLAVE_MEM", "-1",
            "ENCLAVE_CID", "3",
            "ENCLAVE_NAME", "occ; rm",
            "OCC_STATE", "relative",
            "PORT", "70000");
    for (Map.Entry<String, String> setting : wrong.entrySet()) {
      String right = environment.get(setting.getKey());
      environment.put(setting.getKey(), setting.getValue());
      Ended ended = deploy();
      assertThat(ended.exitCode()).as(setting.toString()).isEqualTo(2);
      assertThat(ended.err()).contains(setting.getKey());
      if (right == null) {
        environment.remove(setting.getKey());
      } else {
        environment.put(setting.getKey(), right);
      }
    }
    assertThat(deploy("--debug").exitCode()).isEqualTo(2);
    assertThat(standin.resolve("calls")).doesNotExist();
  }

  @Test
  void deploy_whileAnotherRuns_isRefused() throws Exception {
    Process holder = holdLock("deploy.lock");
    try {
      Ended ended = deploy();
      assertThat(ended.exitCode()).isEqualTo(1);
      assertThat(ended.err()).contains("another deployment is under way");
    } finally {
      letGo(holder);
    }
  }

  @Test
  void deploy_whileItBuilds_leavesStartsAndStopsToOthers() throws Exception {
    assertThat(deploy().exitCode()).isZero();
    String first = Files.readString(standin.resolve("enclave"));
    String before = pcr0;
    build(EifImages.withMetadata("{}"), "2");
    environment.put("ENCLAVE_WAIT", "0");
    String script = "'" + SCRIPTS.resolve("enclave.sh") + "'";
    hook("docker-build", "rm -f \"$STANDIN/enclave\"", script + " start");
    hook("nitro-cli-build-enclave", "cp \"$STANDIN/enclave\" \"$STANDIN/started-meanwhile\"");
    hook("nitro-cli-terminate-enclave", "! " + script + " stop 2>\"$STANDIN/not-now\"");
    hook("systemctl-restart", script + " start");
    assertThat(deploy().exitCode()).isZero();
    assertThat(Files.readString(standin.resolve("started-meanwhile")))
        .contains(before)
        .isNotEqualTo(first);
    assertThat(Files.readString(standin.resolve("not-now"))).contains("nothing was done");
    assertThat(Files.readString(standin.resolve("enclave"))).contains(pcr0);
  }

  @Test
  void deploy_whileTheEnclaveIsStarted_givesUpAndSaysSo() throws Exception {
    assertThat(deploy().exitCode()).isZero();
    String enclave = Files.readString(standin.resolve("enclave"));
    build(EifImages.withMetadata("{}"), "2");
    environment.put("ENCLAVE_WAIT", "0");
    Process holder = holdLock("lock");
    try {
      Ended ended = deploy();
      assertThat(ended.exitCode()).isEqualTo(1);
      assertThat(ended.err()).contains("starting or stopping", "Nothing that runs was changed");
    } finally {
      letGo(holder);
    }
    assertThat(Files.readString(standin.resolve("enclave"))).isEqualTo(enclave);
  }

  @Test
  void enclave_startOrStopWithoutTheLock_saysThatNothingWasDone() throws Exception {
    assertThat(deploy().exitCode()).isZero();
    environment.put("ENCLAVE_WAIT", "0");
    Process holder = holdLock("lock");
    try {
      for (String command : List.of("start", "stop")) {
        Ended ended = enclave(command);
        assertThat(ended.exitCode()).as(command).isEqualTo(1);
        assertThat(ended.err()).as(command).contains("nothing was done", "for 0 s");
      }
    } finally {
      letGo(holder);
    }
    assertThat(standin.resolve("enclave")).exists();
  }

  @Test
  void deploy_manyReleases_keepsThreeAndEveryPcr0() throws Exception {
    for (int i = 0; i < 5; i++) {
      build(i % 2 == 0 ? EifImages.usual() : EifImages.withMetadata("{}"), "version " + i);
      assertThat(deploy().exitCode()).isZero();
      Files.move( // releases are named by the second
          state.resolve("current").toRealPath(), state.resolve("releases/2000-" + i));
      Files.delete(state.resolve("current"));
      Files.createSymbolicLink(state.resolve("current"), state.resolve("releases/2000-" + i));
    }
    assertThat(deploy().exitCode()).isZero();
    try (var releases = Files.list(state.resolve("releases"))) {
      assertThat(releases.map(r -> r.getFileName().toString()))
          .containsExactlyInAnyOrder("2000-2", "2000-3", "2000-4");
    }
    assertThat(Files.readAllLines(state.resolve("pcr0.log"))).hasSizeGreaterThanOrEqualTo(5);
  }

  @Test
  void keep_enclaveThatIsGone_startsItAgainAndLeavesARunningOneAlone() throws Exception {
    assertThat(deploy().exitCode()).isZero();
    Files.delete(standin.resolve("enclave"));
    forgetCalls();
    environment.put("ENCLAVE_POLL", "0.1");
    ProcessBuilder builder =
        new ProcessBuilder(SCRIPTS.resolve("enclave.sh").toString(), "keep")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.environment().putAll(environment);
    Process keep = builder.start();
    try {
      await(() -> Files.exists(standin.resolve("enclave")));
      int looks = calls().size();
      await(() -> calls().size() > looks + 3);
      assertThat(calls().stream().filter(call -> call.contains("run-enclave"))).hasSize(1);
      Path trouble = Files.writeString(standin.resolve("fail-describe"), "");
      int looksInVain = calls().size();
      await(() -> calls().size() > looksInVain + 3);
      Files.delete(trouble);
      assertThat(keep.isAlive()).as("a look that fails is not the enclave's end").isTrue();
      int later = calls().size();
      await(() -> calls().size() > later + 3);
      assertThat(calls().stream().filter(call -> call.contains("run-enclave"))).hasSize(1);
      keep.destroy();
      assertThat(keep.waitFor(10, TimeUnit.SECONDS)).isTrue();
    } finally {
      keep.destroyForcibly();
    }
    assertThat(enclave("status").out()).contains("RUNNING, CID 16, 2 CPUs, 1024 MiB, NONE", pcr0);
    assertThat(enclave("stop").exitCode()).isZero();
    assertThat(enclave("status").exitCode()).isEqualTo(3);
    assertThat(enclave("stop").out()).contains("no enclave named occ");
  }

  @Test
  void keep_firstLookFails_endsSoThatItIsSeen() throws Exception {
    assertThat(deploy().exitCode()).isZero();
    Files.writeString(standin.resolve("fail-describe"), "");
    Ended ended = enclave("keep");
    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.err()).contains("describe-enclaves failed");
    assertThat(standin.resolve("enclave")).exists();
  }

  @Test
  void enclave_nothingDeployedOrWrongUse_isRefused() throws Exception {
    Files.createDirectories(state);
    Ended ended = enclave("start");
    assertThat(ended.exitCode()).isEqualTo(2);
    assertThat(ended.err()).contains("run deploy.sh first");
    assertThat(enclave("begin").exitCode()).isEqualTo(2);
    assertThat(enclave("--help").out()).contains("Usage: enclave.sh");
  }

  /** What the next build makes, and from what. */
  private void build(byte[] image, String source) throws Exception {
    pcr0 = EifImages.pcr0(image);
    Files.write(standin.resolve("image.eif"), image);
    Files.writeString(standin.resolve("pcr0"), pcr0);
    Files.writeString(standin.resolve("source"), source);
  }

  /** What a stand-in does, beside its own, when it is called with that verb. */
  private void hook(String name, String... lines) throws Exception {
    Path program = standin.resolve("on-" + name);
    Files.writeString(program, "#!/bin/sh\nset -e\n" + String.join("\n", lines) + "\n");
    assertThat(program.toFile().setExecutable(true)).isTrue();
  }

  private Process holdLock(String name) throws Exception {
    Path lock = Files.createDirectories(state).resolve(name);
    Process holder =
        new ProcessBuilder("flock", lock.toString(), "sh", "-c", "echo held; exec sleep 60")
            .start();
    assertThat(holder.inputReader(UTF_8).readLine()).isEqualTo("held");
    return holder;
  }

  private static void letGo(Process holder) {
    holder.descendants().forEach(ProcessHandle::destroyForcibly);
    holder.destroyForcibly();
  }

  private Ended deploy(String... options) throws Exception {
    return script("deploy.sh", options);
  }

  private Ended enclave(String command) throws Exception {
    return script("enclave.sh", command);
  }

  private Ended script(String name, String... options) throws Exception {
    List<Object> command = new ArrayList<>(List.of(SCRIPTS.resolve(name)));
    command.addAll(List.of(options));
    return Ended.of(folder, environment, command.toArray());
  }

  private List<String> calls() throws IOException {
    return Files.exists(standin.resolve("calls"))
        ? Files.readAllLines(standin.resolve("calls"))
        : List.of();
  }

  private String call(String start) throws IOException {
    return calls().stream().filter(call -> call.startsWith(start)).findFirst().orElseThrow();
  }

  private void forgetCalls() throws IOException {
    Files.deleteIfExists(standin.resolve("calls"));
  }

  /** The program and its first argument. */
  private static String firstWords(String call) {
    return call.substring(0, call.indexOf(']')).replace("[", "");
  }

  private interface Condition {
    boolean holds() throws IOException;
  }

  private static void await(Condition condition) throws Exception {
    long deadline = System.nanoTime() + 30_000_000_000L;
    while (!condition.holds()) {
      assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
      Thread.sleep(20);
    }
  }
}
