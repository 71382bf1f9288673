package dev.occ.programs.service;

import dev.occ.anchor.AnchorKey;
import dev.occ.cli.ExitCode;
import dev.occ.enclave.EnclaveAddress;
import dev.occ.enclave.EnclaveListener;
import dev.occ.enclave.EnclaveServer;
import dev.occ.enclave.program.StopSignal;
import dev.occ.epoch.Epoch;
import dev.occ.epoch.EpochException;
import dev.occ.epoch.EpochOptions;
import dev.occ.programs.kit.Addresses;
import dev.occ.programs.kit.EpochSettings;
import dev.occ.programs.kit.PeerOptions;
import dev.occ.programs.kit.SignerOptions;
import dev.occ.signer.EnforcementTier;
import dev.occ.signer.Signer;
import dev.occ.signer.SignerException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code occ enclave}: one epoch over one signer, behind the enclave protocol (spec 13), until the
 * process is told to end. What a Nitro enclave runs.
 */
@Command(
    name = "enclave",
    description = {
      "Opens an epoch and serves it until SIGTERM. Every start is a new epoch.",
      "Addresses are vsock:PORT, unix:/path and tcp:HOST:PORT.",
      "The default signer is the one that OCC_SIGNER names, or nitro."
    },
    mixinStandardHelpOptions = true)
public final class EnclaveCommand implements Callable<Integer> {
  private static final Logger LOG = LoggerFactory.getLogger("dev.occ.enclave.program");

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli before call()
  private CommandSpec spec;

  @Mixin private SignerOptions signer = new SignerOptions();

  @Option(
      names = "--allow-debug",
      defaultValue = "${env:OCC_ALLOW_DEBUG:-false}",
      description = "Run in a debug enclave, whose memory can be read. Also OCC_ALLOW_DEBUG=true.")
  private boolean allowDebug;

  @Option(
      names = "--listen",
      paramLabel = "ADDRESS",
      split = ",",
      defaultValue = "${env:OCC_LISTEN:-vsock:5000}",
      description =
          "Listen on this address. May be repeated. Also OCC_LISTEN (default: vsock:5000).")
  private List<String> listen = List.of();

  @Mixin private PeerOptions peers = new PeerOptions();
  @Mixin private EpochSettings settings = new EpochSettings();

  public EnclaveCommand() {}

  @Override
  public Integer call() throws IOException, SignerException, EpochException, InterruptedException {
    List<EnclaveAddress> addresses = addresses();
    EpochOptions options = settings.options(spec);
    try (StopSignal signal = new StopSignal(StopSignal.SERVER_SECONDS)) {
      try (Epoch epoch = Epoch.open(openSigner(), options)) {
        announce(epoch);
        serve(epoch, addresses, signal);
      }
      LOG.info("stopped; the epoch has ended");
    }
    return ExitCode.OK;
  }

  private List<EnclaveAddress> addresses() {
    List<EnclaveAddress> addresses = new ArrayList<>();
    for (String text : listen) {
      addresses.add(Addresses.parse(spec, "--listen", text));
    }
    return addresses;
  }

  private Signer openSigner() throws SignerException {
    String named = System.getenv().getOrDefault("OCC_SIGNER", "nitro");
    return signer.open(named, allowDebug ? Map.of("allowDebug", "true") : Map.of());
  }

  /** What an operator compares with the build: nothing secret. */
  private static void announce(Epoch epoch) {
    LOG.info("epoch {}", epoch.id());
    LOG.info("public key {}", epoch.publicKey());
    LOG.info("measurement {} (tier {})", epoch.measurement(), epoch.enforcement().wireName());
    LOG.info("anchor key {}", epoch.anchorKey().map(AnchorKey::toString).orElse("none"));
    LOG.info("blocks of Base as floors: {}", epoch.takesBaseFloors() ? "taken" : "not taken");
    if (epoch.enforcement() == EnforcementTier.STUB) {
      LOG.warn("the key is in this process's memory: its proofs show nothing about hardware");
    } else if (epoch.measurement().matches("0+")) {
      LOG.warn("DEBUG MODE: this enclave's memory can be read from outside; for development only");
    }
  }

  private void serve(Epoch epoch, List<EnclaveAddress> addresses, StopSignal signal)
      throws IOException, InterruptedException {
    EnclaveServer server = start(epoch, addresses);
    try {
      signal.await();
    } finally {
      server.close();
    }
  }

  private EnclaveServer start(Epoch epoch, List<EnclaveAddress> addresses) throws IOException {
    EnclaveServer.Builder server = EnclaveServer.builder(epoch);
    List<EnclaveListener> open = new ArrayList<>();
    try {
      for (EnclaveAddress address : addresses) {
        EnclaveListener listener = open(address);
        open.add(listener);
        server.listener(peers.filtered(listener, address.scheme()));
      }
      return server.start();
    } catch (IOException | RuntimeException e) {
      closeAll(open, e);
      throw e;
    }
  }

  /** The JDK does not say which address is taken. */
  private static EnclaveListener open(EnclaveAddress address) throws IOException {
    try {
      return EnclaveListener.open(address);
    } catch (IOException e) {
      throw String.valueOf(e.getMessage()).contains(address.location())
          ? e
          : new IOException("cannot listen on " + address, e);
    }
  }

  private static void closeAll(List<EnclaveListener> open, Exception failure) {
    for (EnclaveListener listener : open) {
      try {
        listener.close();
      } catch (IOException e) {
        failure.addSuppressed(e);
      }
    }
  }
}
