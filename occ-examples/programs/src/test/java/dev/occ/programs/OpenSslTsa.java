package dev.occ.programs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A real authority: {@code openssl ts}, with a root and a certificate of its own. */
public final class OpenSslTsa {
  private final Path folder;

  public OpenSslTsa(Path folder) throws Exception {
    assumeTrue(isInstalled(), "no openssl on this machine");
    this.folder = folder;
    String newKey = "-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes";
    run(
        "req -x509 "
            + newKey
            + " -keyout root.key -out root.pem -days 2 -subj /CN=TestRoot"
            + " -addext keyUsage=critical,keyCertSign");
    run("req " + newKey + " -keyout tsa.key -out tsa.csr -subj /O=Test/CN=openssl-ts");
    Files.writeString(
        folder.resolve("tsa.ext"),
        "keyUsage=critical,digitalSignature\nextendedKeyUsage=critical,timeStamping\n");
    run(
        "x509 -req -in tsa.csr -CA root.pem -CAkey root.key -CAcreateserial -days 2 -extfile"
            + " tsa.ext -out tsa.pem");
    Files.writeString(folder.resolve("serial"), "01\n");
    configure("sha256");
  }

  /** Which ESS certificate id it makes: {@code sha1} is version 1, others are version 2. */
  public void configure(String essAlgorithm) throws IOException {
    Files.writeString(
        folder.resolve("ts.cnf"),
        """
        [tsa]
        default_tsa = it
        [it]
        serial = FOLDER/serial
        signer_cert = FOLDER/tsa.pem
        certs = FOLDER/root.pem
        signer_key = FOLDER/tsa.key
        signer_digest = sha256
        default_policy = 1.2.3.4.1
        digests = sha256
        accuracy = secs:1, millisecs:500
        ordering = yes
        tsa_name = yes
        ess_cert_id_alg = ALGORITHM
        """
            .replace("FOLDER", folder.toString())
            .replace("ALGORITHM", essAlgorithm));
  }

  public Path root() {
    return folder.resolve("root.pem");
  }

  /** Answers a query with what {@code openssl ts -reply} says. */
  public synchronized byte[] answer(byte[] query) throws Exception {
    Files.write(folder.resolve("query.tsq"), query);
    run("ts -reply -config ts.cnf -queryfile query.tsq -out reply.tsr");
    return Files.readAllBytes(folder.resolve("reply.tsr"));
  }

  private static boolean isInstalled() throws InterruptedException {
    try {
      Process process =
          new ProcessBuilder("openssl", "version")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private void run(String arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("openssl"));
    command.addAll(List.of(arguments.split(" ")));
    Path log = folder.resolve("log");
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue())
        .as("openssl %s: %s", arguments, Files.readString(log, StandardCharsets.UTF_8))
        .isZero();
  }
}
