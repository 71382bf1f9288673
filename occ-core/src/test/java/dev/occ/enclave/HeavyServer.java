package dev.occ.enclave;

import dev.occ.epoch.Epoch;
import dev.occ.signer.soft.SoftSigner;

/**
 * An enclave's server as a process of its own, until its input ends: for a JVM with a small heap.
 */
final class HeavyServer {
  private HeavyServer() {}

  public static void main(String[] args) throws Exception {
    try (Epoch epoch = Epoch.open(SoftSigner.open());
        EnclaveServer server =
            EnclaveServer.builder(epoch)
                .listener(EnclaveListener.open(EnclaveAddress.parse(args[0])))
                .start()) {
      System.out.println(epoch.id() + " is served by " + server.getClass().getSimpleName());
      while (System.in.read() >= 0) {
        Thread.onSpinWait();
      }
    }
  }
}
