package dev.occ.embedding.pkcs11;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * The signer as a stranger brings it: this module's jar in OCC_CLASS_PATH beside occ.jar, a token
 * of SoftHSM, and {@code ./occ} as processes.
 */
@EnabledOnOs(value = OS.LINUX, disabledReason = "uses Unix sockets and the POSIX launcher")
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class Pkcs11IT {
  private static final Path ROOT = Path.of(System.getProperty("occ.root"));
  private static final Path JAR = ROOT.resolve("occ-examples/programs/target/occ.jar");
  private static final String LABEL = "occ-launcher";
  private static final String API_KEY = "a-key-for-tests-0123456789";

  /** SHA-256 of "hello world", in Base64. */
  private static final String DIGEST = "uU0nuZNNPgilLlLX2n2r+sSE7+N6U4DukIj3rOLvzek=";

  private static final Pattern PORT = Pattern.compile("serving on /127\\.0\\.0\\.1:(\\d+)");

  @TempDir private Path folder;
  private final List<Process> started = new ArrayList<>();

  @BeforeEach
  void prepare() throws IOException, InterruptedException {
    assumeTrue(Files.exists(JAR), "no jar: run the phase package first");
    SoftHsm.token(LABEL);
    // Maven leaves a jar alone that would stay the same; the launcher would build it again.
    assertThat(Files.setLastModifiedTime(JAR, FileTime.from(Instant.now()))).exists();
  }

  @AfterEach
  void cleanUp() {
    started.forEach(Process::destroyForcibly);
  }

  @Test
  void enclaveAndParent_signerFromOutside_giveProofsOfTierHwKey() throws Exception {
    Path socket = Files.createTempDirectory(Path.of("/tmp"), "occ-p11").resolve("s");
    Process enclave =
        start(
            "enclave",
            "--signer=pkcs11",
            "--signer-option=module=" + SoftHsm.module(),
            "--signer-option=token=" + LABEL,
            "--signer-option=allowSoftware=true",
            "--listen=unix:" + socket);
    String said = readTo(enclave, "serving on");
    assertThat(said)
        .contains("(tier hw-key)", "pkcs11:manufacturer=SoftHSM")
        .doesNotContain("WARN");
    Process parent = start("parent", "--management-port=0", "--enclave=unix:" + socket);
    Matcher port = PORT.matcher(readTo(parent, "serving on"));
    assertThat(port.find()).isTrue();
    Path proofs = Files.write(folder.resolve("proofs.json"), commit(port.group(1)));
    assertVerifies(proofs);
  }

  private static byte[] commit(String port) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/commit"))
            .header("Authorization", "Bearer " + API_KEY)
            .header("Content-Type", "application/json")
            .POST(
                BodyPublishers.ofString(
                    "{\"digests\":[{\"digestB64\":\"" + DIGEST + "\",\"hashAlg\":\"sha256\"}]}"))
            .build();
    HttpResponse<byte[]> answer =
        HttpClient.newHttpClient().send(request, BodyHandlers.ofByteArray());
    assertThat(answer.statusCode()).isEqualTo(200);
    return answer.body();
  }

  @Test
  void commit_signerFromOutside_verifiesAndOtherwiseNamesWhatIsInstalled() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "hello world");
    Ended made =
        run(
            "commit",
            file.toString(),
            "--signer=pkcs11",
            "--signer-option=module=" + SoftHsm.module(),
            "--signer-option=token=" + LABEL,
            "--signer-option=allowSoftware=true");
    assertThat(made.exitCode()).as(made.text()).isZero();
    assertVerifies(folder.resolve("file.occ.json"));
    Path unproven = Files.writeString(folder.resolve("unproven"), "anything");
    Ended other = run("commit", unproven.toString(), "--signer=none");
    assertThat(other.exitCode()).isEqualTo(2);
    assertThat(other.text()).contains("soft", "nitro", "jca", "pkcs11");
  }

  private void assertVerifies(Path proofs) throws IOException, InterruptedException {
    assertThat(proofs)
        .content()
        .containsPattern("\"measurement\": ?\"pkcs11:manufacturer=SoftHSM%20project;");
    Ended valid = verify(proofs, "hw-key");
    assertThat(valid.exitCode()).as(valid.text()).isZero();
    Ended other = verify(proofs, "stub");
    assertThat(other.exitCode()).as(other.text()).isEqualTo(1);
    assertThat(other.text()).contains("policy-enforcement");
  }

  private Ended verify(Path proofs, String tier) throws IOException, InterruptedException {
    Path policy =
        Files.writeString(
            folder.resolve(tier + ".json"), "{\"requireEnforcement\": \"" + tier + "\"}");
    return run("verify", proofs.toString(), "--digest", DIGEST, "--policy", policy.toString());
  }

  private Process start(String... args) throws IOException {
    List<String> command = new ArrayList<>(List.of(ROOT.resolve("occ").toString()));
    command.addAll(List.of(args));
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("OCC_CLASS_PATH", System.getProperty("occ.embedding.jar"));
    builder.environment().put(Pkcs11SignerOptions.PIN_VARIABLE, SoftHsm.PIN);
    builder.environment().put("API_KEYS", API_KEY);
    builder.environment().put("PORT", "0");
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    Process process = builder.start();
    started.add(process);
    return process;
  }

  private record Ended(int exitCode, String text) {}

  private Ended run(String... args) throws IOException, InterruptedException {
    Process process = start(args);
    String text =
        process.inputReader(StandardCharsets.UTF_8).lines().collect(Collectors.joining("\n"));
    return new Ended(process.waitFor(), text);
  }

  private static String readTo(Process process, String end) throws IOException {
    BufferedReader reader = process.inputReader(StandardCharsets.UTF_8);
    StringBuilder text = new StringBuilder();
    while (text.indexOf(end) < 0) {
      String line = reader.readLine();
      if (line == null) {
        throw new AssertionError("the process ended after: " + text);
      }
      text.append(line).append('\n');
    }
    Object unused = CompletableFuture.supplyAsync(() -> reader.lines().count());
    return text.toString();
  }
}
