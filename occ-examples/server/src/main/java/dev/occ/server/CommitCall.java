package dev.occ.server;

import dev.occ.epoch.Slot;
import dev.occ.json.JsonException;
import dev.occ.json.JsonView;
import dev.occ.proof.Proof;
import java.time.Duration;

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
  private final int maxAnswerBytes;

  CommitCall(Services services) {
    enclave = services.enclave();
    slots = services.slots();
    metrics = services.metrics();
    stopping = services.stopping();
    maxAnswerBytes = services.limits().maxAnswersBytes();
  }

  @Override
  public Answer answer(JsonView body, Asker asker)
      throws ApiException, JsonException, ClientGoneException {
    BatchRequest batch = BatchRequest.read(body, maxAnswerBytes);
    asker.caller().requireChain(batch.chainId());
    AnchorRight.require(asker.caller(), body);
    MadeProofs made = new MadeProofs(asker.answer());
    try {
      for (int i = 0; i < batch.size(); i++) {
        requireTime(asker.deadline());
        if (i > 0 && asker.isGone().getAsBoolean()) { // before the first one it was asked just now
          throw new ClientGoneException(
              "the client disconnected after " + i + " of " + batch.size() + " digests");
        }
        made.requireRoom(batch.proofSize());
        made.add(commit(batch, i, asker.caller()));
        metrics.committed(asker.caller());
      }
    } catch (ApiException e) {
      throw e.withMade(made);
    }
    return Answer.ok(made.toBytes());
  }

  private void requireTime(Deadline deadline) throws ApiException {
    if (stopping.isDue()) {
      throw new ApiException(ApiError.STOPPING, "the server is stopping")
          .retryAfter(Duration.ofSeconds(5));
    }
    deadline.require();
  }

  private Proof commit(BatchRequest batch, int index, Caller caller)
      throws ApiException, JsonException {
    enclave.requireServable(); // before a place is taken: nothing was made if this fails
    PendingLedger.Ticket ticket = slots.lend(caller);
    Slot slot = allocateSlot(batch.chainId(), ticket);
    try {
      enclave.requireServed(slot);
      Proof proof = commit(batch, index, slot);
      slots.release(ticket);
      return proof;
    } catch (ApiException e) {
      if (e.hasUsedSlot()) {
        slots.release(ticket);
      } else {
        slots.leave(ticket); // a refusal leaves the slot in the enclave's table (spec 13)
      }
      throw e;
    }
  }

  private Slot allocateSlot(String chainId, PendingLedger.Ticket ticket) throws ApiException {
    try {
      return enclave.allocateSlot(chainId);
    } catch (ApiException e) {
      if (e.isWithoutEffect()) {
        slots.release(ticket);
      } else {
        slots.leave(ticket);
      }
      throw e;
    }
  }

  private Proof commit(BatchRequest batch, int index, Slot slot)
      throws ApiException, JsonException {
    try {
      return enclave.commit(batch.commit(index, slot.id()));
    } catch (ApiException e) {
      throw e.isWithoutEffect()
          ? e
          : e.adding("; the outcome of /digests/" + index + " is unknown");
    }
  }
}
