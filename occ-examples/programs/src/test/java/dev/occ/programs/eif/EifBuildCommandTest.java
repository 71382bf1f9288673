package dev.occ.programs.eif;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.occ.cli.ExitCode;
import dev.occ.programs.Run;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EifBuildCommandTest {
  @TempDir private Path folder;
  private Path image;
  private Path kernel;
  private Path bootstrap;
  private Path application;

  @BeforeEach
  void writeInputs() throws Exception {
    image = folder.resolve("made.eif");
    kernel = Files.writeString(folder.resolve("kernel"), "the kernel");
    bootstrap = Files.writeString(folder.resolve("bootstrap"), "init and nsm.ko");
    application = Files.writeString(folder.resolve("application"), "the application");
  }

  private Run build(Object... more) {
    List<Object> arguments = new ArrayList<>(List.of("eif", "build", "--kernel", kernel));
    arguments.addAll(List.of("--ramdisk", bootstrap, "--ramdisk", application));
    arguments.addAll(List.of(more));
    arguments.add(image);
    return Run.occ(arguments.toArray());
  }

  private Run usual(Object... more) {
    List<Object> arguments =
        new ArrayList<>(List.of("--cmdline", "reboot=k panic=30 console=ttyS0"));
    arguments.addAll(List.of(more));
    return build(arguments.toArray());
  }

  /** The tests' own writer shares no code with the product's. */
  @Test
  void build_theUsualParts_areMeasuredAsInAnImageOfAnotherWriter() throws Exception {
    Run run = usual();
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    EifImage expected = EifReaderTest.read(EifImages.usual());
    assertThat(run.out())
        .isEqualTo(
            String.join(
                System.lineSeparator(),
                "PCR0 " + expected.pcr0().toHex(),
                "PCR1 " + expected.pcr1().toHex(),
                "PCR2 " + expected.pcr2().toHex(),
                ""));
    EifImage made = EifReaderTest.read(Files.readAllBytes(image));
    assertThat(made.version()).isEqualTo(4);
    assertThat(made.pcr0()).isEqualTo(expected.pcr0());
    assertThat(made.commandLine()).isEqualTo(expected.commandLine());
    assertThat(made.sections().stream().map(EifImage.Section::type))
        .isEqualTo(expected.sections().stream().map(EifImage.Section::type).toList());
  }

  @Test
  void build_twice_givesTheSameBytes() throws Exception {
    assertThat(usual("--name", "n", "--image-version", "v").exitCode()).isZero();
    byte[] first = Files.readAllBytes(image);
    assertThat(usual("--name", "n", "--image-version", "v").exitCode()).isZero();
    assertThat(Files.readAllBytes(image)).isEqualTo(first);
    assertThat(new String(first, UTF_8)).contains("\"ImageName\":\"n\",\"ImageVersion\":\"v\"");
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "rights of POSIX")
  void build_always_isReadableAndLeavesNothingElse() throws Exception {
    assertThat(usual().exitCode()).isZero();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(image)))
        .isEqualTo("rw-r--r--");
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactlyInAnyOrder(image, kernel, bootstrap, application);
    }
  }

  @Test
  void build_commandLineOfAFile_isTakenWithoutItsEnd() throws Exception {
    Path line = Files.writeString(folder.resolve("line"), "reboot=k\n");
    assertThat(build("--cmdline-file", line).exitCode()).isZero();
    assertThat(EifReaderTest.read(Files.readAllBytes(image)).commandLine()).isEqualTo("reboot=k");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "two\nlines", "tab\t", "é"})
  void build_unusableCommandLine_isRefused(String line) {
    Run run = build("--cmdline", line);
    assertThat(run.exitCode()).isEqualTo(ExitCode.UNUSABLE);
    assertThat(run.err()).contains("1 to 2047 characters of printable ASCII");
    assertThat(image).doesNotExist();
  }

  @Test
  void build_longestCommandLine_isTakenAndNoLonger() {
    assertThat(build("--cmdline", "x".repeat(2047)).exitCode()).isZero();
    assertThat(build("--cmdline", "x".repeat(2048)).exitCode()).isEqualTo(ExitCode.UNUSABLE);
  }

  @Test
  void build_mostRamdisks_areTakenAndNoMore() {
    List<Object> most = new ArrayList<>();
    for (int i = 2; i < EifWriter.MAX_RAMDISKS; i++) {
      most.addAll(List.of("--ramdisk", application));
    }
    assertThat(usual(most.toArray()).exitCode()).isZero();
    most.addAll(List.of("--ramdisk", application));
    Run run = usual(most.toArray());
    assertThat(run.exitCode()).isEqualTo(ExitCode.UNUSABLE);
    assertThat(run.err()).contains("at most 28 ramdisks");
  }

  @Test
  void build_inputsOfUnusableSize_areRefusedAndTheOldImageStays() throws Exception {
    Files.writeString(image, "old");
    Files.write(application, new byte[0]);
    assertThat(usual().err()).contains("application has 0 bytes");
    try (RandomAccessFile file = new RandomAccessFile(application.toFile(), "rw")) {
      file.setLength(EifWriter.MAX_SECTION + 1); // sparse
    }
    Run run = usual();
    assertThat(run.exitCode()).isEqualTo(ExitCode.UNUSABLE);
    assertThat(run.err()).contains("not 1 to 1073741824");
    Files.delete(application);
    assertThat(usual().exitCode()).isEqualTo(ExitCode.UNUSABLE);
    assertThat(image).hasContent("old");
  }

  /** As root it would put a file in the place of /dev/null. */
  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "makes symbolic links")
  void build_outputThatIsNoRegularFile_isRefusedAndStays() throws Exception {
    Files.createSymbolicLink(image, Path.of("/dev/null"));
    Run run = usual();
    assertThat(run.exitCode()).isEqualTo(ExitCode.UNUSABLE);
    assertThat(run.err()).contains("is not a regular file and cannot be replaced");
    assertThat(image).isSymbolicLink();
  }

  @Test
  void build_withoutSources_isAnErrorOfUse() {
    assertThat(Run.occ("eif", "build", image).exitCode()).isEqualTo(ExitCode.UNUSABLE);
    assertThat(Run.occ("eif").err()).contains("Missing required parameter: 'IMAGE'");
    assertThat(build().err()).contains("--cmdline");
    assertThat(build("--cmdline", "a", "--cmdline-file", kernel).exitCode())
        .isEqualTo(ExitCode.UNUSABLE);
  }

  private static Path pem(Path file, String type, byte[] der) throws Exception {
    return Files.writeString(
        file,
        "-----BEGIN "
            + type
            + "-----\n"
            + Base64.getMimeEncoder(64, "\n".getBytes(UTF_8)).encodeToString(der)
            + "\n-----END "
            + type
            + "-----\n");
  }

  private SignedEif signer(String curve) throws Exception {
    SignedEif signer = SignedEif.make(folder, "SHA384", "-keyalg", "EC", "-groupname", curve);
    Files.write(folder.resolve("cert.pem"), signer.pem());
    pem(folder.resolve("key.pem"), "PRIVATE KEY", signer.key().getEncoded());
    return signer;
  }

  private Run signed(String... key) {
    List<Object> options =
        new ArrayList<>(List.of("--sign-certificate", folder.resolve("cert.pem")));
    options.addAll(Arrays.asList(key));
    return usual(options.toArray());
  }

  @Test
  void build_keyFile_signsSoThatTheReaderAgrees() throws Exception {
    SignedEif signer = signer("secp384r1");
    Run run = signed("--sign-key", folder.resolve("key.pem").toString());
    assertThat(run.err()).isEmpty();
    EifSignature signature =
        EifReaderTest.read(Files.readAllBytes(image)).signature().orElseThrow();
    assertThat(signature.algorithm()).isEqualTo("ES384");
    assertThat(signature.certificate()).isEqualTo(signer.certificate());
    assertThat(run.out()).contains("PCR8 " + signature.pcr8().toHex());
  }

  /** The form of {@code openssl ecparam -genkey}: the PKCS #8 form has it inside. */
  @Test
  void build_keyFileOfSec1_signs() throws Exception {
    byte[] pkcs8 = signer("secp384r1").key().getEncoded();
    int start = 0;
    while (pkcs8[start] != 0x04 || pkcs8[start + 2] != 0x30) { // OCTET STRING of a SEQUENCE
      start++;
    }
    pem(
        folder.resolve("key.pem"),
        "EC PRIVATE KEY",
        Arrays.copyOfRange(pkcs8, start + 2, pkcs8.length));
    Run run = signed("--sign-key", folder.resolve("key.pem").toString());
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "/bin/sh")
  void build_commandThatDoesNotSign_isRefusedAndWritesNothing() throws Exception {
    signer("secp384r1");
    for (String command : List.of("false", "true", "echo no", "cat", "head -c 5000 /dev/zero")) {
      Run run = signed("--sign-command", command);
      assertThat(run.exitCode()).as(command).isEqualTo(ExitCode.REFUSED);
      assertThat(run.err()).as(command).contains("(signature-invalid)");
    }
    assertThat(image).doesNotExist();
  }

  @Test
  void build_keyOfAnotherCertificate_isRefused() throws Exception {
    signer("secp384r1");
    KeyPairGenerator other = KeyPairGenerator.getInstance("EC");
    other.initialize(new ECGenParameterSpec("secp384r1"));
    pem(
        folder.resolve("key.pem"),
        "PRIVATE KEY",
        other.generateKeyPair().getPrivate().getEncoded());
    Run run = signed("--sign-key", folder.resolve("key.pem").toString());
    assertThat(run.exitCode()).isEqualTo(ExitCode.REFUSED);
    assertThat(run.err()).contains("(signature-invalid)");
    assertThat(image).doesNotExist();
  }

  @Test
  void build_keyOfAnotherCurve_isRefused() throws Exception {
    signer("secp256r1");
    Run run = signed("--sign-key", folder.resolve("key.pem").toString());
    assertThat(run.exitCode()).isEqualTo(ExitCode.REFUSED);
    assertThat(run.err()).contains("(signature-algorithm)");
  }

  @Test
  void build_unusableKeyOrCertificate_isRefusedWithoutQuotingIt() throws Exception {
    signer("secp384r1");
    Files.writeString(folder.resolve("key.pem"), "-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END");
    Run run = signed("--sign-key", folder.resolve("key.pem").toString());
    assertThat(run.exitCode()).isEqualTo(ExitCode.UNUSABLE);
    assertThat(run.err()).contains("holds no EC private key in PEM").doesNotContain("c2VjcmV0");
    assertThat(signed("--sign-key", kernel.toString()).exitCode()).isEqualTo(ExitCode.UNUSABLE);
    Files.write(folder.resolve("cert.pem"), new byte[17 * 1024]);
    assertThat(signed("--sign-command", "true").err()).contains("too long for a certificate");
  }

  @Test
  void build_halfASigner_isAnErrorOfUse() throws Exception {
    signer("secp384r1");
    String key = folder.resolve("key.pem").toString();
    for (Run run :
        List.of(
            signed(),
            usual("--sign-key", key),
            signed("--sign-key", key, "--sign-command", "true"))) {
      assertThat(run.exitCode()).isEqualTo(ExitCode.UNUSABLE);
      assertThat(run.err()).contains("one of --sign-key and --sign-command");
    }
  }
}
