package dev.occ.enclave.program;

import dev.occ.anchor.AnchorKey;
import dev.occ.enclave.EnclaveAddress;
import dev.occ.enclave.EnclaveListener;
import dev.occ.enclave.EnclaveServer;
import dev.occ.epoch.Epoch;
import dev.occ.epoch.EpochException;
import dev.occ.signer.EnforcementTier;
import dev.occ.signer.SignerException;
import dev.occ.signer.SignerProvider;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One epoch over one signer, behind the enclave protocol (spec 13), until the process is told to
 * end. Every start is a new epoch.
 */
public final class EnclaveService {
  private static final Logger LOG = LoggerFactory.getLogger("dev.occ.enclave.program");

  private EnclaveService() {}

  /**
   * Serves until SIGTERM or SIGINT, then answers requests in flight and ends the epoch.
   *
   * @param settings what to serve
   * @throws IOException if an address cannot be listened on
   * @throws SignerException if the signer cannot be opened
   * @throws EpochException if the epoch cannot be opened
   * @throws InterruptedException if the thread is interrupted; everything is closed then
   */
  public static void serve(EnclaveSettings settings)
      throws IOException, SignerException, EpochException, InterruptedException {
    try (StopSignal signal = new StopSignal(StopSignal.SERVER_SECONDS)) {
      try (Epoch epoch =
          Epoch.open(
              SignerProvider.named(settings.signer()).open(settings.signerOptions()),
              settings.epoch())) {
        announce(epoch);
        serve(epoch, settings, signal);
      }
      LOG.info("stopped; the epoch has ended");
    }
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

  private static void serve(Epoch epoch, EnclaveSettings settings, StopSignal signal)
      throws IOException, InterruptedException {
    EnclaveServer server = start(epoch, settings);
    try {
      signal.await();
    } finally {
      server.close();
    }
  }

  private static EnclaveServer start(Epoch epoch, EnclaveSettings settings) throws IOException {
    EnclaveServer.Builder server = EnclaveServer.builder(epoch);
    List<EnclaveListener> open = new ArrayList<>();
    try {
      for (EnclaveAddress address : settings.listen()) {
        EnclaveListener listener = open(address);
        open.add(listener);
        server.listener(settings.peers().filtered(listener, address.scheme()));
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
