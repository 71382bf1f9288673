package dev.occ.programs.kit;

import dev.occ.client.OccClient;
import dev.occ.verifier.ProofVerifier;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which server makes the proofs. */
public final class ServerOptions {
  private static final int MAX_KEY_FILE = 4096;

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "Address of the server that makes the proofs. Also TEE_URL.")
  private Optional<String> url = Optional.empty();

  @Option(
      names = "--api-key-file",
      paramLabel = "FILE",
      description = "File with the server's API key on one line (default: the key in OCC_API_KEY).")
  private Optional<Path> keyFile = Optional.empty();

  @Option(
      names = "--allow-plain-http",
      description =
          "Allow plain http to other machines. The network can then read the key and digests.")
  private boolean allowPlainHttp;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      description = "Timeout of one request (default: 60).")
  private long timeout = 60;

  /** For picocli. */
  public ServerOptions() {}

  /** Whether the user named a server on the command line. */
  public boolean isNamed() {
    return url.isPresent();
  }

  /** Whether the environment names one. */
  public static boolean isInEnvironment() {
    return !System.getenv().getOrDefault(OccClient.URL_VARIABLE, "").isEmpty();
  }

  /** The client, as {@link #clientBuilder} has it. */
  public OccClient client(ProofVerifier verifier) throws IOException {
    return clientBuilder(verifier).build();
  }

  /**
   * A builder for the client.
   *
   * @throws IllegalArgumentException if address or key cannot be used
   * @throws IOException if the key's file cannot be read
   */
  public OccClient.Builder clientBuilder(ProofVerifier verifier) throws IOException {
    OccClient.Builder client =
        url.isPresent() ? OccClient.builder(URI.create(url.get())) : OccClient.fromEnvironment();
    Optional<String> key = key();
    if (key.isPresent()) {
      client.apiKey(key.get());
    }
    if (allowPlainHttp) {
      client.allowPlainHttp();
    }
    return client.requestTimeout(Duration.ofSeconds(timeout)).verifier(verifier);
  }

  private Optional<String> key() throws IOException {
    if (keyFile.isEmpty()) {
      return Optional.ofNullable(System.getenv(OccClient.KEY_VARIABLE)).filter(k -> !k.isEmpty());
    }
    Path file = keyFile.get();
    if (Files.size(file) > MAX_KEY_FILE) {
      throw new FileSystemException(file.toString(), null, "is too long for an API key");
    }
    return Optional.of(Files.readString(file, StandardCharsets.UTF_8).strip());
  }
}
