package dev.occ.verifier.cli.inspect;

import dev.occ.cli.Page;
import dev.occ.json.JsonArray;
import dev.occ.json.JsonBoolean;
import dev.occ.json.JsonObject;
import dev.occ.json.JsonString;
import dev.occ.json.JsonValue;
import dev.occ.proof.Bytes;
import dev.occ.verifier.attestation.NitroAttestation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/** The fields of an attestation document. */
public final class DocumentInspection implements Inspection {
  private static final int SHOWN_BYTES = 64;

  private final NitroAttestation document;
  private final List<Bytes> certificates;

  /**
   * A view.
   *
   * @param document what is shown; it need not be genuine
   */
  public DocumentInspection(NitroAttestation document) {
    this.document = document;
    certificates = new ArrayList<>(document.caBundle());
    certificates.add(document.certificate());
  }

  @Override
  public void show(Page page) {
    page.section("Attestation document (COSE_Sign1, ES384)");
    page.field("made by", document.isNitroTpm() ? "a NitroTPM" : "an enclave's security module");
    page.field("module_id", document.moduleId());
    document.instanceId().ifPresent(id -> page.field("instance", id));
    page.field("timestamp", document.timestamp().toString());
    page.field("digest", "SHA384");
    page.field("debug", document.isDebug() ? "yes: PCR0, 1 and 2 are zero" : "no");
    showBytes(page, "public_key", document.publicKey());
    showBytes(page, "user_data", document.userData());
    showBytes(page, "nonce", document.nonce());
    showPcrs(page);
    page.section("Certificates, root first as the document has them");
    for (Bytes certificate : certificates) {
      CertificateInspection.of(certificate).show(page);
    }
  }

  private void showPcrs(Page page) {
    page.section("Platform configuration registers");
    List<String> zero = new ArrayList<>();
    for (Map.Entry<Integer, Bytes> pcr : document.pcrs().entrySet()) {
      if (pcr.getValue().isAllZero()) {
        zero.add(pcr.getKey().toString());
      } else {
        page.field("PCR" + pcr.getKey(), pcr.getValue().toHex());
      }
    }
    if (!zero.isEmpty()) {
      page.field("all zero", "PCR " + String.join(", ", zero));
    }
  }

  private static void showBytes(Page page, String name, Optional<Bytes> value) {
    if (value.isEmpty()) {
      page.field(name, "none");
    } else if (value.get().size() <= SHOWN_BYTES) {
      page.field(name, value.get().size() + " bytes " + value.get().toHex());
    } else {
      page.field(
          name,
          value.get().size()
              + " bytes with SHA-256 "
              + Bytes.sha256(value.get().toByteArray()).toHex());
    }
  }

  @Override
  public JsonObject toJson() {
    return JsonObject.builder()
        .put("kind", "attestation-document")
        .put("verified", JsonBoolean.FALSE)
        .put("document", fields())
        .build();
  }

  /**
   * The fields without a word about what they are worth.
   *
   * @return times as text, registers in hex
   */
  public JsonObject fields() {
    List<JsonValue> chain = new ArrayList<>();
    for (Bytes certificate : certificates) {
      chain.add(CertificateInspection.of(certificate).toJson());
    }
    return JsonObject.builder()
        .put("moduleId", document.moduleId())
        .putTextIfPresent("instanceId", document.instanceId())
        .put("timestamp", document.timestamp().toString())
        .put("digest", "SHA384")
        .put("debug", JsonBoolean.of(document.isDebug()))
        .putIfPresent("publicKeyB64", base64(document.publicKey()))
        .putIfPresent("userDataB64", base64(document.userData()))
        .putIfPresent("nonceB64", base64(document.nonce()))
        .put("pcrs", pcrs(document.pcrs()))
        .put("certificates", new JsonArray(chain))
        .build();
  }

  private static Optional<JsonString> base64(Optional<Bytes> value) {
    return value.map(Bytes::toBase64).map(JsonString::new);
  }

  private static JsonObject pcrs(SortedMap<Integer, Bytes> pcrs) {
    JsonObject.Builder json = JsonObject.builder();
    pcrs.forEach((index, value) -> json.put(Integer.toString(index), value.toHex()));
    return json.build();
  }
}
