package dev.occ.server;

import dev.occ.epoch.Slot;
import dev.occ.json.JsonException;
import dev.occ.json.JsonObject;
import dev.occ.json.JsonView;

/** {@code POST /allocate-slot}: a slot for its caller to keep, within a quota. */
final class AllocateSlotCall implements Call {
  private final EnclaveGateway enclave;
  private final PendingLedger slots;

  AllocateSlotCall(EnclaveGateway enclave, PendingLedger slots) {
    this.enclave = enclave;
    this.slots = slots;
  }

  @Override
  public Answer answer(JsonView body, Asker asker) throws ApiException, JsonException {
    String chainId = ChainIds.read(body);
    asker.caller().requireChain(chainId);
    enclave.requireServable(); // before a place is taken: nothing was made if this fails
    PendingLedger.Ticket ticket = slots.reserve(asker.caller());
    Slot slot;
    try {
      slot = enclave.allocateSlot(chainId);
    } catch (ApiException e) {
      if (e.isWithoutEffect()) {
        slots.release(ticket);
      }
      throw e;
    }
    enclave.requireServed(slot);
    return Answer.ok(
        JsonObject.builder()
            .put("slotId", slot.id())
            .put("slot", slot.allocation().json())
            .put("chainId", slot.chainId())
            .build());
  }
}
