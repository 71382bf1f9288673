package dev.occ.verifier.cli.inspect;

import dev.occ.cli.Page;
import dev.occ.json.CanonicalJson;
import dev.occ.json.JsonArray;
import dev.occ.json.JsonBoolean;
import dev.occ.json.JsonObject;
import dev.occ.json.JsonString;
import dev.occ.json.JsonValue;
import dev.occ.json.JsonView;
import dev.occ.proof.Environment.Attestation;
import dev.occ.proof.Proof;
import dev.occ.verifier.attestation.AttestationException;
import dev.occ.verifier.attestation.NitroAttestation;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The members of a proof, and the attestation document inside of it. */
final class ProofInspection implements Inspection {
  private static final String REPORT = "/environment/attestation/reportB64";

  /** Deeper down a pointer is cut, or the longest name would be written once for each leaf. */
  private static final int MAX_POINTER = 120;

  private final Proof proof;

  /** The document with canonical numbers: what one signature covers looks the same (spec 2). */
  private final JsonValue shown;

  private final Set<String> unsigned;

  ProofInspection(Proof proof) {
    this.proof = proof;
    this.shown = CanonicalJson.withCanonicalNumbers(proof.json());
    this.unsigned = new LinkedHashSet<>(proof.unsignedMembers());
  }

  @Override
  public void show(Page page) {
    page.section("Proof");
    page.line("proof hash " + proof.proofHash());
    page.section("Members");
    showMembers(page, "", false, shown);
    Optional<Attestation> attestation = proof.environment().attestation();
    if (attestation.isEmpty()) {
      return;
    }
    try {
      new DocumentInspection(decode(attestation.get())).show(page);
    } catch (AttestationException e) {
      page.section("Attestation report");
      page.line("not a Nitro attestation document: " + e.getMessage());
    }
  }

  /** Nests no deeper than a document may. What is inside of an unsigned member is unsigned, too. */
  private void showMembers(Page page, String pointer, boolean isUnsigned, JsonValue value) {
    if (value instanceof JsonObject object && !object.members().isEmpty()) {
      for (Map.Entry<String, JsonValue> member : object.members().entrySet()) {
        String place = JsonView.pointerTo(pointer, member.getKey());
        boolean signedByNobody = isUnsigned || unsigned.contains(place);
        showMembers(page, cut(place), signedByNobody, member.getValue());
      }
    } else if (value instanceof JsonArray array && !array.values().isEmpty()) {
      for (int i = 0; i < array.values().size(); i++) {
        showMembers(page, cut(pointer + "/" + i), isUnsigned, array.values().get(i));
      }
    } else {
      page.line((isUnsigned ? "not signed: " : "") + pointer + " = " + shown(pointer, value));
    }
  }

  /**
   * Pointers to unsigned members are told apart before this: they stand in members of short names.
   */
  private static String cut(String pointer) {
    return pointer.length() <= MAX_POINTER ? pointer : pointer.substring(0, MAX_POINTER) + "…";
  }

  private String shown(String pointer, JsonValue value) {
    if (pointer.equals(REPORT) && value instanceof JsonString report) {
      return "Base64 of " + report.text().length() + " characters, shown below";
    }
    return value.toJson();
  }

  private static NitroAttestation decode(Attestation attestation) throws AttestationException {
    return NitroAttestation.decode(attestation.report().toByteArray());
  }

  @Override
  public JsonObject toJson() {
    JsonObject.Builder json =
        JsonObject.builder()
            .put("kind", "proof")
            .put("verified", JsonBoolean.FALSE)
            .put("proof", shown)
            .put("proofHashB64", proof.proofHash().toBase64())
            .put("unsignedMembers", JsonArray.ofTexts(List.copyOf(unsigned)));
    Optional<Attestation> attestation = proof.environment().attestation();
    if (attestation.isPresent()) {
      addReport(json, attestation.get());
    }
    return json.build();
  }

  private static void addReport(JsonObject.Builder json, Attestation attestation) {
    try {
      json.put("document", new DocumentInspection(decode(attestation)).fields());
    } catch (AttestationException e) {
      json.put(
          "documentProblem",
          JsonObject.builder()
              .put("reason", e.reason().code())
              .put("text", String.valueOf(e.getMessage()))
              .build());
    }
  }
}
