package dev.occ.soak;

import dev.occ.enclave.EnclaveClient;
import dev.occ.enclave.EnclaveException;
import dev.occ.enclave.EnclaveException.Reason;
import dev.occ.epoch.CommitRequest;
import dev.occ.epoch.Slot;
import dev.occ.proof.Bytes;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** A client at the enclave's own socket: slots that are used, and slots that are left to expire. */
final class DirectLoad {
  private static final String WHO = "enclave";
  private static final String CHAIN = "direct";
  private static final int COMMITS = 10;
  private static final Set<Reason> FORESEEN =
      EnumSet.of(Reason.UNAVAILABLE, Reason.TIMEOUT, Reason.BUSY);

  private final Programs programs;
  private final Supplier<Bytes> digests;
  private final LoadTally tally;
  private final Ledger ledger;

  DirectLoad(Programs programs, Supplier<Bytes> digests, LoadTally tally, Ledger ledger) {
    this.programs = programs;
    this.digests = digests;
    this.tally = tally;
    this.ledger = ledger;
  }

  void addTo(Workers workers) {
    workers.add("direct", Duration.ofMillis(200), this::session);
  }

  private void session() throws IOException {
    try (EnclaveClient client = EnclaveClient.open(programs.enclaveAddress())) {
      Object unusedUntilItExpires = client.allocateSlot(CHAIN);
      for (int i = 0; i < COMMITS; i++) {
        commit(client, client.allocateSlot(CHAIN));
      }
    } catch (EnclaveException e) {
      failed(e);
    }
  }

  private void commit(EnclaveClient client, Slot slot) throws IOException, EnclaveException {
    long sent = System.nanoTime();
    try {
      CommitRequest request = CommitRequest.of(slot.id(), digests.get());
      ledger.handedOut(List.of(client.commitDigest(request)), sent, false);
      tally.count(WHO, "proof");
    } catch (EnclaveException e) {
      if (e.mayHaveTakenEffect()) {
        ledger.cutOff(CHAIN, 1, sent);
      }
      throw e;
    }
  }

  private void failed(EnclaveException e) {
    String kind = e.reason().name() + e.code().map(code -> " " + code).orElse("");
    tally.count(WHO, kind);
    // A slot that was allocated before a restart and committed on a new connection after it.
    if (!FORESEEN.contains(e.reason()) && !e.code().equals(Optional.of("slot-unknown"))) {
      tally.fail(WHO + " got " + kind + ": " + e.getMessage());
    }
  }
}
