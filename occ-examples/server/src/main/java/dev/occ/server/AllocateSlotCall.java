package dev.occ.server;

import dev.occ.epoch.Slot;
import dev.occ.json.JsonException;
import dev.occ.json.JsonObject;
import dev.occ.json.JsonView;

/** {@code POST /allocate-slot}: a slot for its caller to keep, within a quota. */
final class AllocateSlotCall implements Call {
  private final EnclaveGateway enclave;
  private final PendingLedger slots;
  private final ChainLedger chains;

  AllocateSlotCall(Services services) {
    this.enclave = services.enclave();
    this.slots = services.slots();
    this.chains = services.chains();
  }

  @Override
  public Answer answer(JsonView body, Asker asker) throws ApiException, JsonException {
    String chainId = ChainIds.read(body);
    asker.caller().requireChain(chainId);
    enclave.requireServable(); // before a place is taken: nothing was made if this fails
    Slot slot;
    try (ChainLedger.Claim chain = chains.claim(asker.caller(), chainId)) {
      slot = allocate(chainId, chain, slots.reserve(asker.caller()));
    }
    JsonObject.Builder answer =
        JsonObject.builder()
            .put("slotId", slot.id())
            .put("slot", slot.allocation().json())
            .put("chainId", slot.chainId());
    slot.floor().addToAnswer(answer);
    return Answer.ok(answer.build());
  }

  private Slot allocate(String chainId, ChainLedger.Claim chain, PendingLedger.Ticket ticket)
      throws ApiException {
    Slot slot;
    try {
      slot = enclave.allocateSlot(chainId);
    } catch (ApiException e) {
      if (e.isWithoutEffect()) {
        slots.release(ticket);
      } else {
        chain.outcomeUnknown();
      }
      throw e;
    }
    try {
      enclave.requireServed(slot);
    } finally {
      chain.opened(slot); // afterwards: what was known of an earlier epoch is forgotten by then
    }
    return slot;
  }
}
