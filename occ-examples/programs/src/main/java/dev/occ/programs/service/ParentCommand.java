package dev.occ.programs.service;

import dev.occ.cli.ExitCode;
import dev.occ.cli.Printable;
import dev.occ.enclave.EnclaveAddress;
import dev.occ.enclave.program.StopSignal;
import dev.occ.programs.kit.ApiKeySource;
import dev.occ.server.ApiKeys;
import dev.occ.server.ParentServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code occ parent}: the HTTP API of spec 14 in front of an enclave, until told to end. */
@Command(
    name = "parent",
    description = {
      "Serves the HTTP API in front of an enclave until SIGTERM.",
      "API keys come from API_KEYS (separated by commas) or from a file. They are never arguments,"
          + " because every process on the machine can read those."
    },
    mixinStandardHelpOptions = true)
public final class ParentCommand implements Callable<Integer> {
  private static final String DEFAULT_ENCLAVE = "vsock:16:5000";

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli before call()
  private CommandSpec spec;

  @Option(
      names = "--enclave",
      paramLabel = "ADDRESS",
      defaultValue = "${env:ENCLAVE}",
      description = {
        "The enclave's address: vsock:CID:PORT, unix:/path or tcp:HOST:PORT."
            + " Also ENCLAVE (default: "
            + DEFAULT_ENCLAVE
            + ")."
      })
  private Optional<String> enclave = Optional.empty();

  @Option(
      names = "--bridge-port",
      paramLabel = "PORT",
      defaultValue = "${env:VSOCK_BRIDGE_PORT}",
      description =
          "Reach the enclave by a TCP bridge on this port of 127.0.0.1, instead of --enclave."
              + " Also VSOCK_BRIDGE_PORT.")
  private Optional<Integer> bridgePort = Optional.empty();

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "${env:PORT:-8080}",
      description = "The port of the API; 0 takes a free one. Also PORT (default: 8080).")
  private int port = 8080;

  @Option(
      names = "--host",
      paramLabel = "HOST",
      defaultValue = "${env:BIND_HOST:-127.0.0.1}",
      description =
          "The address to bind; 0.0.0.0 binds all interfaces. Also BIND_HOST"
              + " (default: 127.0.0.1).")
  private String host = "127.0.0.1";

  @Option(
      names = "--management-port",
      paramLabel = "PORT",
      defaultValue = "${env:MANAGEMENT_PORT:-9464}",
      description = "The port of /metrics. Also MANAGEMENT_PORT (default: 9464).")
  private int managementPort = 9464;

  @Option(
      names = "--management-host",
      paramLabel = "HOST",
      defaultValue = "${env:MANAGEMENT_HOST:-127.0.0.1}",
      description = "The address of /metrics. Also MANAGEMENT_HOST (default: 127.0.0.1).")
  private String managementHost = "127.0.0.1";

  @Option(
      names = "--api-keys-file",
      paramLabel = "FILE",
      defaultValue = "${env:API_KEYS_FILE}",
      description =
          "File with one API key per line, with its name and rights: KEY [name=NAME] [anchor]"
              + " [chains=a|b*]. Instead of API_KEYS. Also API_KEYS_FILE.")
  private Optional<Path> keysFile = Optional.empty();

  @Option(
      names = "--open",
      description = "Require no API key. Anyone who can reach the port can commit.")
  private boolean open;

  @Option(
      names = "--allow-debug",
      defaultValue = "${env:ALLOW_DEBUG_MODE:-false}",
      description =
          "Accept an enclave in debug mode, whose memory can be read. Also"
              + " ALLOW_DEBUG_MODE=true.")
  private boolean allowDebug;

  public ParentCommand() {}

  @Override
  public Integer call() throws IOException, InterruptedException {
    ParentServer.Builder server;
    try {
      ApiKeys keys =
          ApiKeySource.read(open, Optional.ofNullable(System.getenv("API_KEYS")), keysFile);
      server = ParentServer.builder(address(), keys);
      server.listen(new InetSocketAddress(host, port));
      server.management(new InetSocketAddress(managementHost, managementPort));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(
          spec.commandLine(), Printable.of(String.valueOf(e.getMessage())), e);
    }
    if (allowDebug) {
      server.allowDebugEnclave();
    }
    try (StopSignal signal = new StopSignal(StopSignal.SERVER_SECONDS)) {
      ParentServer running = server.start();
      try {
        signal.await();
      } finally {
        running.close();
      }
    }
    return ExitCode.OK;
  }

  private EnclaveAddress address() {
    if (bridgePort.isPresent()) {
      if (enclave.isPresent()) {
        throw new IllegalArgumentException(
            "--enclave (ENCLAVE) and --bridge-port (VSOCK_BRIDGE_PORT) exclude each other");
      }
      return EnclaveAddress.parse("tcp:127.0.0.1:" + bridgePort.get());
    }
    return EnclaveAddress.parse(enclave.orElse(DEFAULT_ENCLAVE));
  }
}
