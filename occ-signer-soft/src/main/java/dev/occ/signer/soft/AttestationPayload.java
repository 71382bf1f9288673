package dev.occ.signer.soft;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * The payload of an attestation document as encoded CBOR items by name, in the order in which the
 * Nitro hypervisor writes them (spec 12).
 */
final class AttestationPayload {
  private final Map<String, byte[]> fields = new LinkedHashMap<>();

  /** A payload with these facts; the rest is set by {@link #optional}. */
  AttestationPayload(String moduleId, long timestampMillis, SortedMap<Integer, byte[]> pcrs) {
    fields.put("module_id", Cbor.text(moduleId));
    fields.put("digest", Cbor.text("SHA384"));
    fields.put("timestamp", Cbor.integer(timestampMillis));
    fields.put("pcrs", pcrs(pcrs));
  }

  /** Sets the enclave's certificate and those above it, root first. */
  void certificates(byte[] certificate, List<byte[]> cabundle) {
    fields.put("certificate", Cbor.bytes(certificate));
    fields.put("cabundle", Cbor.array(cabundle.stream().map(Cbor::bytes).toList()));
  }

  /** Sets one of public_key, user_data and nonce: explicitly null when there is none. */
  void optional(String name, byte @Nullable [] value) {
    fields.put(name, value == null ? Cbor.nullItem() : Cbor.bytes(value));
  }

  /** The fields themselves, for the fault kit to change. */
  Map<String, byte[]> fields() {
    return fields;
  }

  /** The payload as one CBOR map. */
  byte[] encode() {
    List<byte[]> items = new ArrayList<>();
    fields.forEach(
        (name, value) -> {
          items.add(Cbor.text(name));
          items.add(value);
        });
    return Cbor.map(items);
  }

  /** A map of register numbers to their values. */
  static byte[] pcrs(SortedMap<Integer, byte[]> pcrs) {
    List<byte[]> items = new ArrayList<>();
    pcrs.forEach(
        (index, value) -> {
          items.add(Cbor.integer(index));
          items.add(Cbor.bytes(value));
        });
    return Cbor.map(items);
  }
}
