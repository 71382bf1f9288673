package dev.occ.proof;

import static dev.occ.json.JsonException.Reason.INVALID_LENGTH;
import static dev.occ.json.JsonException.Reason.MISSING_MEMBER;
import static dev.occ.testing.Json.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.occ.json.JsonObject;
import dev.occ.testing.Json;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProofDraftTest {
  private static final Bytes SIGNATURE = Bytes.of(new byte[64]);
  private static final Optional<Bytes> REPORT = Optional.of(Bytes.of(new byte[1]));

  private static JsonObject unfinished(JsonObject proof) {
    return Json.without(proof, "/signer/signatureB64");
  }

  @Test
  void seal_attestedDraft_givesTheProofWhoseBytesWereSigned() throws Exception {
    JsonObject full = TestProofs.full();
    ProofDraft draft =
        ProofDraft.of(Json.without(unfinished(full), "/environment/attestation/reportB64"));
    Proof sealed = draft.seal(SIGNATURE, REPORT);
    assertThat(sealed).isEqualTo(Proof.of(full));
    assertThat(sealed.signedBytes()).isEqualTo(draft.signedBytes());
  }

  @Test
  void seal_draftWithoutAttestation_givesTheProofWhoseBytesWereSigned() throws Exception {
    ProofDraft draft = ProofDraft.of(unfinished(TestProofs.minimal()));
    Proof sealed = draft.seal(SIGNATURE, Optional.empty());
    assertThat(sealed).isEqualTo(Proof.of(TestProofs.minimal()));
    assertThat(sealed.signedBytes()).isEqualTo(draft.signedBytes());
  }

  @Test
  void seal_reportMissingOrSuperfluous_isRefused() throws Exception {
    ProofDraft attested =
        ProofDraft.of(
            Json.without(unfinished(TestProofs.full()), "/environment/attestation/reportB64"));
    assertRefused(
        () -> attested.seal(SIGNATURE, Optional.empty()),
        MISSING_MEMBER,
        "/environment/attestation/reportB64");
    ProofDraft plain = ProofDraft.of(unfinished(TestProofs.minimal()));
    assertRefused(() -> plain.seal(SIGNATURE, REPORT), MISSING_MEMBER, "/environment/attestation");
  }

  @Test
  void seal_signatureOrReportOfImpossibleLength_isRefused() throws Exception {
    ProofDraft draft = ProofDraft.of(unfinished(TestProofs.minimal()));
    Bytes shorter = Bytes.of(new byte[63]);
    assertRefused(
        () -> draft.seal(shorter, Optional.empty()), INVALID_LENGTH, "/signer/signatureB64");
    ProofDraft attested = ProofDraft.of(unfinished(TestProofs.full()));
    Optional<Bytes> empty = Optional.of(Bytes.of(new byte[0]));
    assertRefused(
        () -> attested.seal(SIGNATURE, empty),
        INVALID_LENGTH,
        "/environment/attestation/reportB64");
  }

  @Test
  void seal_draftThatIsNoProof_isRefused() throws Exception {
    ProofDraft draft = ProofDraft.of(JsonObject.empty());
    assertRefused(() -> draft.seal(SIGNATURE, Optional.empty()), MISSING_MEMBER, "/signer");
    ProofDraft halfway = ProofDraft.of(unfinished(TestProofs.minimal()).without("artifact"));
    assertRefused(() -> halfway.seal(SIGNATURE, Optional.empty()), MISSING_MEMBER, "/artifact");
  }

  @Test
  void signedBytes_changedByTheCaller_stayAsTheyWere() throws Exception {
    ProofDraft draft = ProofDraft.of(unfinished(TestProofs.minimal()));
    byte[] first = draft.signedBytes();
    first[0] = 'x';
    assertThat(draft.signedBytes()).startsWith('{');
  }
}
