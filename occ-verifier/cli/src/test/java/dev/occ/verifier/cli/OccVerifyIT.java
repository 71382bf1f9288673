package dev.occ.verifier.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged program, run as its users run it. */
class OccVerifyIT {
  private static final Path JAR = Path.of(System.getProperty("occ.verify.jar")).toAbsolutePath();
  private static final String PCR0 =
      "66ad1bb2d201f9d2f57072864e344dd5d7fed65c26c9e14692cad2bb1132bdd03f1584033d692286047fd7b55edd7c9b";
  private static final String DIGEST = "E6vI9byliPCSiQrH4yQTENn9eOWXvecCTGqtxxHnAGM=";

  @TempDir private Path folder;

  @Test
  void verify_validProof_exits0() throws Exception {
    Path proof = Files.write(folder.resolve("proof.json"), SoftProofs.proof().toBytes());

    Run run = run(new byte[0], "verify", proof);

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out()).contains("VALID (integrity only)").doesNotContain("\u001b");
  }

  @Test
  void verify_namesLikeOptions_areFiles() throws Exception {
    Files.write(folder.resolve("@a.json"), SoftProofs.proof().toBytes());
    Files.writeString(folder.resolve("a.json"), "--help");
    Files.write(folder.resolve("--help.json"), SoftProofs.proof().toBytes());

    Run at = run(new byte[0], "verify", "@a.json");
    Run dashes = run(new byte[0], "verify", "--", "--help.json", "@a.json");
    Run path = run(new byte[0], "verify", "./--help.json");

    assertThat(at.out()).contains("VALID (integrity only)", "@a.json");
    assertThat(dashes.out()).contains("--help.json", "@a.json", "2 proofs: 2 valid");
    assertThat(path.out()).contains("VALID (integrity only)");
    assertThat(List.of(at.code(), dashes.code(), path.code())).containsOnly(0);
  }

  @Test
  void verify_standardInputAsJson_exits0() throws Exception {
    Run run = run(SoftProofs.proof().toBytes(), "verify", "--json", "-");

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.json().required("valid").booleanValue()).isTrue();
  }

  @Test
  void chainVerify_page_isWritten(@TempDir Path folder) throws Exception {
    Path page = folder.resolve("page.html");

    Run run =
        run(
            SoftProofs.proof().toBytes(),
            "chain",
            "verify",
            "--html",
            page.toString(),
            "--json",
            "-");

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.json().required("sound").booleanValue()).isTrue();
    assertThat(page).content().contains("OCC history", "requestAnimationFrame");
  }

  @Test
  void verify_malformed_exits1() throws Exception {
    Run run = run("{}".getBytes(StandardCharsets.UTF_8), "verify", "--json", "-");

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.json().required("reason").stringValue()).isEqualTo("malformed");
  }

  @Test
  void verify_unreadable_exits2() throws Exception {
    run(new byte[0], "verify", folder.resolve("none")).assertUnusable("no such file");
    run(new byte[0], "verify", folder.resolve("none"), "--nonsense").assertUnusable("--nonsense");
  }

  @Test
  void inspectAndPolicy_attestedProof_work() throws Exception {
    Path proof =
        Files.write(
            folder.resolve("proof.json"), SoftProofs.attested(SoftProofs.authority()).toBytes());

    assertThat(
            run(new byte[0], "inspect", "--json", proof).json().at("/document/pcrs/0").isString())
        .isTrue();
    assertThat(run(new byte[0], "policy", "init", proof).code()).isEqualTo(1);
    assertThat(run(new byte[0], "--version").out()).startsWith("occ-verify 0.");
    assertThat(run(new byte[0], "--help").out()).contains("verify", "inspect", "policy");
  }

  @Test
  void verify_realProof_showsAwsChain() throws Exception {
    Path proof = realProof();
    Path policy = folder.resolve("policy.json");
    assertThat(run(new byte[0], "policy", "init", "--historical", "--out", policy, proof).code())
        .isZero();

    Run good =
        run(new byte[0], "verify", "--historical", "--policy", policy, proof, "--digest", DIGEST);
    Run strict = run(new byte[0], "verify", "--policy", policy, proof, "--digest", DIGEST);

    assertThat(good.code()).as(good.err()).isZero();
    assertThat(good.out())
        .contains(
            "Attested by AWS",
            "CN=aws.nitro-enclaves,OU=AWS,O=Amazon,C=US",
            "2026-03-21T17:30:52.900Z",
            PCR0);
    assertThat(strict.code()).isEqualTo(1);
    assertThat(strict.out()).contains("attestation-user-data-historical");
  }

  @Test
  void verify_realProofAgainstOtherCode_exits1AndSaysSo() throws Exception {
    Path proof = realProof();

    Run other = run(new byte[0], "verify", "--historical", "--pcr0", PCR0.replace('6', '7'), proof);
    Run right = run(new byte[0], "verify", "--historical", "--pcr0", PCR0, proof);
    Run integrity = run(new byte[0], "verify", proof, "--digest", DIGEST);

    assertThat(other.code()).isEqualTo(1);
    assertThat(other.out()).contains("policy-measurement");
    assertThat(right.code()).isZero();
    assertThat(integrity.code()).isZero();
    assertThat(integrity.out())
        .contains("VALID (integrity only)")
        .contains("nothing about hardware was shown");
  }

  @Test
  void jar_classes_areOursOrRelocated() throws IOException {
    try (JarFile jar = new JarFile(JAR.toFile())) {
      List<String> names = jar.stream().map(JarEntry::getName).toList();
      assertThat(names.stream().filter(name -> name.endsWith(".class")))
          .allMatch(name -> name.startsWith("dev/occ/"))
          .noneMatch(name -> name.endsWith("module-info.class"));
      assertThat(names).contains("META-INF/LICENSE", "META-INF/LICENSE.md", "META-INF/NOTICE");
      assertThat(names).noneMatch(name -> name.endsWith(".SF") || name.endsWith(".RSA"));
    }
  }

  private static Path realProof() {
    Path proof =
        Path.of(
                System.getProperty("occ.vectors", "../../shared/vectors"),
                "proofs/nitro-2026-03-21-18.json")
            .toAbsolutePath();
    assumeTrue(Files.exists(proof), "no test vector " + proof + "; OCC_VECTORS names their folder");
    return proof;
  }

  /** A process of its own, with output to files, so that nothing can block. */
  private Run run(byte[] input, Object... arguments) throws IOException, InterruptedException {
    File in = Files.write(Files.createTempFile(folder, "in", null), input).toFile();
    File out = Files.createTempFile(folder, "out", null).toFile();
    File err = Files.createTempFile(folder, "err", null).toFile();
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-jar");
    command.add(JAR.toString());
    command.addAll(List.of(Run.texts(arguments)));
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectInput(in)
            .redirectOutput(out)
            .redirectError(err)
            .start();
    try {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("it ends").isTrue();
    } finally {
      process.destroyForcibly();
    }
    return new Run(
        process.exitValue(), Files.readString(out.toPath()), Files.readString(err.toPath()));
  }
}
