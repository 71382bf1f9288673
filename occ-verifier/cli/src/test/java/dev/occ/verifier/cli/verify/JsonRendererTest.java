package dev.occ.verifier.cli.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.occ.cli.input.ProofInput;
import dev.occ.cli.options.Trust;
import dev.occ.json.JsonObject;
import dev.occ.proof.Proof;
import dev.occ.verifier.ProofVerifier;
import dev.occ.verifier.VerificationPolicy;
import dev.occ.verifier.VerificationResult;
import dev.occ.verifier.cli.SoftProofs;
import dev.occ.verifier.timestamp.NamedToken;
import dev.occ.verifier.timestamp.StampedMember;
import dev.occ.verifier.timestamp.TimestampEntry;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Text from outside that UTF-8 cannot carry: it must not keep a result from being told. */
class JsonRendererTest {
  private static final String HALF = "half \ud800 of a character";
  private static final String SHOWN = "half \\ud800 of a character";

  /** A BMPString of a lone surrogate, and of the letter A. */
  private static final String HALF_BMP_STRING = "#1e04d8000041";

  private final JsonRenderer renderer = new JsonRenderer(Trust.INTEGRITY_ONLY);
  private final Proof proof = SoftProofs.proof();

  @Test
  void render_halfACharacterInAName_isItsEscape() {
    for (byte[] document : new byte[][] {proof.toBytes(), new byte[0]}) {
      VerificationResult result =
          ProofVerifier.create(VerificationPolicy.integrityOnly()).verifyProofOnly(document);
      JsonNode json = json(renderer.render(new ProofInput(HALF, document, true), result));
      assertThat(json.required("input").stringValue()).isEqualTo(SHOWN);
    }
  }

  @Test
  void renderUnreadable_halfACharacter_isItsEscape() {
    JsonNode json = json(renderer.renderUnreadable(HALF, HALF));
    assertThat(json.required("input").stringValue()).isEqualTo(SHOWN);
    assertThat(json.at("/error/text").stringValue()).isEqualTo(SHOWN);
  }

  @Test
  void render_halfACharacterInAnAuthority_isItsEscape() {
    TimestampEntry entry = NamedToken.entry(HALF_BMP_STRING, proof.artifactDigest());
    JsonObject stamped =
        proof
            .json()
            .with("timestamps", JsonObject.builder().put("artifact", entry.toJson()).build());
    VerificationResult result =
        ProofVerifier.builder(VerificationPolicy.integrityOnly())
            .timestampVerifier(NamedToken.verifier())
            .requireTimestamp(StampedMember.ARTIFACT)
            .build()
            .verifyProofOnly(stamped.toBytes());

    JsonNode json = json(renderer.render(new ProofInput("a", stamped.toBytes(), true), result));

    assertThat(json.required("valid").booleanValue()).as(json.toString()).isTrue();
    assertThat(json.at("/timestamps/0/authority").stringValue()).isEqualTo("\\ud800A");
    assertThat(json.required("checks").toString()).contains("\\ud800A at 2026-06-01T12:00:00.250Z");
  }

  private static JsonNode json(String text) {
    return JsonMapper.shared().readTree(text);
  }
}
