package dev.occ.programs.bridge;

import dev.occ.cli.ExitCode;
import dev.occ.cli.Printable;
import dev.occ.enclave.Connector;
import dev.occ.enclave.EnclaveAddress;
import dev.occ.enclave.EnclaveListener;
import dev.occ.enclave.program.StopSignal;
import dev.occ.programs.kit.Addresses;
import dev.occ.programs.kit.PeerOptions;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code occ bridge}: carries bytes between two kinds of sockets until the process is ended. */
@Command(
    name = "bridge",
    description = {
      "Forwards connections from one socket to another until SIGTERM, for tools that speak only TCP.",
      "Addresses are vsock:CID:PORT (vsock:PORT to listen), unix:/path and tcp:HOST:PORT."
    },
    mixinStandardHelpOptions = true)
public final class BridgeCommand implements Callable<Integer> {
  private static final Logger LOG = LoggerFactory.getLogger("dev.occ.bridge.program");

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli before call()
  private CommandSpec spec;

  @Option(
      names = "--listen",
      paramLabel = "ADDRESS",
      required = true,
      description = "Accept connections here. TCP takes loopback addresses only.")
  private String listen = "";

  @Option(
      names = "--to",
      paramLabel = "ADDRESS",
      required = true,
      description = "Forward each connection to this address.")
  private String target = "";

  @Option(
      names = "--allow-remote",
      description =
          "Allow --listen on TCP addresses that other machines can reach. Clients are not"
              + " authenticated.")
  private boolean allowRemote;

  @Option(
      names = "--max-connections",
      paramLabel = "N",
      description = "Maximum number of open connections; further ones are closed (default: 256).")
  private int maxConnections = BridgeLimits.DEFAULT.maxConnections();

  @Option(
      names = "--connect-timeout",
      paramLabel = "SECONDS",
      description = "Timeout for connecting to the target (default: 5).")
  private long connectTimeout = BridgeLimits.DEFAULT.connectTimeout().toSeconds();

  @Option(
      names = "--idle-timeout",
      paramLabel = "SECONDS",
      description = "Close a connection after this time without traffic (default: 60).")
  private long idleTimeout = BridgeLimits.DEFAULT.idleTimeout().toSeconds();

  @Option(
      names = "--stop-timeout",
      paramLabel = "SECONDS",
      description = "Time that open connections get after SIGTERM (default: 10).")
  private long stopTimeout = BridgeLimits.DEFAULT.stopTimeout().toSeconds();

  @Mixin private PeerOptions peers = new PeerOptions();

  public BridgeCommand() {}

  @Override
  public Integer call() throws IOException, InterruptedException {
    EnclaveAddress from = Addresses.parse(spec, "--listen", listen);
    EnclaveAddress to = Addresses.parse(spec, "--to", target);
    BridgeLimits limits = limits();
    Connector connector = connector(to);
    try (StopSignal signal = new StopSignal(stopTimeout + StopSignal.SERVER_SECONDS)) {
      Bridge bridge = Bridge.start(open(from), connector, limits);
      try {
        LOG.info("from {} to {}", from, to);
        signal.await();
      } finally {
        bridge.close();
      }
    }
    return ExitCode.OK;
  }

  private BridgeLimits limits() {
    try {
      return new BridgeLimits(
          maxConnections,
          Duration.ofSeconds(connectTimeout),
          Duration.ofSeconds(idleTimeout),
          Duration.ofSeconds(stopTimeout));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  private Connector connector(EnclaveAddress to) {
    try {
      return Connector.to(to);
    } catch (IllegalArgumentException e) {
      throw Addresses.unusable(spec, "--to", target, e);
    }
  }

  private EnclaveListener open(EnclaveAddress from) throws IOException {
    EnclaveListener listener;
    try {
      listener = EnclaveListener.open(from);
    } catch (IllegalArgumentException e) {
      throw Addresses.unusable(spec, "--listen", listen, e);
    }
    SocketAddress bound = listener.channel().getLocalAddress();
    if (!allowRemote && bound instanceof InetSocketAddress tcp && !isLoopback(tcp)) {
      listener.close();
      throw new ParameterException(
          spec.commandLine(),
          "--listen "
              + Printable.of(listen)
              + " can be reached from other machines; --allow-remote allows that");
    }
    return peers.peers().filtered(listener, from.scheme());
  }

  private static boolean isLoopback(InetSocketAddress address) {
    return address.getAddress() != null && address.getAddress().isLoopbackAddress();
  }
}
