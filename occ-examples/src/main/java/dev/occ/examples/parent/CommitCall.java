package dev.occ.examples.parent;

import dev.occ.epoch.Slot;
import dev.occ.json.JsonException;
import dev.occ.json.JsonView;
import dev.occ.proof.Proof;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * {@code POST /commit}: a proof for each digest, in order. A slot is made for a digest when its
 * turn comes, so a batch takes one place in the enclave's table at a time, however long it is.
 * Nothing is asked for twice.
 */
final class CommitCall implements Call {
  private final EnclaveGateway enclave;
  private final PendingLedger slots;
  private final ParentMetrics metrics;
  private final Stopping stopping;
  private final LongSupplier nanoClock;
  private final Duration timeout;

  CommitCall(Services services) {
    enclave = services.enclave();
    slots = services.slots();
    metrics = services.metrics();
    stopping = services.stopping();
    nanoClock = services.nanoClock();
    timeout = services.limits().workTimeout();
  }

  @Override
  public Answer answer(JsonView body, Asker asker) throws ApiException, JsonException {
    BatchRequest batch = BatchRequest.read(body);
    long start = nanoClock.getAsLong();
    MadeProofs made = new MadeProofs(asker.answer());
    try {
      for (int i = 0; i < batch.size(); i++) {
        requireTime(start);
        made.requireRoom(batch.proofSize());
        made.add(commit(batch, i));
        metrics.committed();
      }
    } catch (ApiException e) {
      throw e.withMade(made);
    }
    return Answer.ok(made.toBytes());
  }

  private void requireTime(long start) throws ApiException {
    if (stopping.isDue()) {
      throw new ApiException(ApiError.STOPPING, "the server is being stopped")
          .retryAfter(Duration.ofSeconds(5));
    }
    if (nanoClock.getAsLong() - start > timeout.toNanos()) {
      throw new ApiException(
          ApiError.OUT_OF_TIME, "the request took longer than " + timeout.toSeconds() + " s");
    }
  }

  private Proof commit(BatchRequest batch, int index) throws ApiException, JsonException {
    PendingLedger.Ticket ticket = slots.note();
    Slot slot;
    try {
      slot = enclave.allocateSlot(batch.chainId());
    } catch (ApiException e) {
      if (e.isWithoutEffect()) {
        slots.release(ticket);
      }
      throw e;
    }
    enclave.requireServed(slot);
    try {
      Proof proof = enclave.commit(batch.commit(index, slot.id()));
      slots.release(ticket);
      return proof;
    } catch (ApiException e) {
      throw e.isWithoutEffect()
          ? e
          : e.adding("; whether the commit of /digests/" + index + " took effect is not known");
    }
  }
}
