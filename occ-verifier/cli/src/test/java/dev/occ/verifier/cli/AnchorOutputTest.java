package dev.occ.verifier.cli;

import static dev.occ.verifier.cli.AnchoredProofs.anchor;
import static dev.occ.verifier.cli.AnchoredProofs.chain;
import static dev.occ.verifier.cli.AnchoredProofs.claim;
import static dev.occ.verifier.cli.AnchoredProofs.floors;
import static org.assertj.core.api.Assertions.assertThat;

import dev.occ.proof.AnchoredBlock;
import dev.occ.proof.BaseFloor;
import dev.occ.proof.Bytes;
import dev.occ.proof.Counter;
import dev.occ.proof.Proof;
import dev.occ.proof.SlotAnchor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Anchors and floors as verify, chain verify and policy show them (spec 10). */
class AnchorOutputTest {
  private static final Bytes HASH = Bytes.sha256(new byte[0]);
  private static final AnchoredBlock BLOCK = new AnchoredBlock(25_000_000, HASH);
  private static final AnchoredBlock OLD = new AnchoredBlock(7, Bytes.of(new byte[32]));
  private static final BaseFloor BASE = new BaseFloor(52_271_417, HASH);

  @TempDir private Path folder;

  private Path write(Proof proof) throws IOException {
    return Files.write(folder.resolve("proof.occ.json"), proof.toBytes());
  }

  private Path write(List<Proof> proofs) throws IOException {
    StringBuilder lines = new StringBuilder();
    proofs.forEach(
        proof -> lines.append(new String(proof.toBytes(), StandardCharsets.UTF_8)).append('\n'));
    return Files.writeString(folder.resolve("all.jsonl"), lines);
  }

  @Test
  void verify_clientsAnchor_saysThatNothingShowsWhoAnchored() throws IOException {
    Path file = write(chain(claim(BLOCK)).get(0));
    assertThat(Run.of("verify", file).out())
        .contains(
            "Anchor, not authenticated",
            "25000000",
            "nothing shows who anchored",
            BLOCK.hashText());
    JsonNode anchor = Run.of("verify", "--json", file).json().required("anchor");
    assertThat(anchor.required("authenticated").booleanValue()).isFalse();
    assertThat(anchor.required("blockNumber").stringValue()).isEqualTo("25000000");
  }

  @Test
  void verify_authenticatedAnchor_isShownAsOne() throws IOException {
    Path file = write(chain(anchor(BLOCK)).get(0));
    assertThat(Run.of("verify", file).out())
        .contains("Anchor, authenticated", "made after Ethereum block 25000000")
        .doesNotContain("nothing shows who anchored");
  }

  @Test
  void verify_floors_areShownWithWhatTheyShow() throws IOException {
    Path anchored = write(chain(floors(new SlotAnchor(Counter.ZERO, BLOCK))).get(0));
    assertThat(Run.of("verify", anchored).out())
        .contains("Floor, fixed by the signer with the slot", "anchored at counter 0");
    Path base = write(chain(floors(BASE)).get(0));
    assertThat(Run.of("verify", base).out())
        .contains("made after Base block 52271417 of 2026-10-07T00:16:21Z");
    assertThat(Run.of("verify", "--json", base).json().at("/floor/chain").stringValue())
        .isEqualTo("base");
  }

  @Test
  void verify_twoFloors_saysThatNeitherCountsAndFailsWhereOneIsRequired() throws IOException {
    Path file = write(chain(floors(new SlotAnchor(Counter.ZERO, BLOCK), BASE)).get(0));
    assertThat(Run.of("verify", file).out())
        .contains("two floors, so neither bounds it")
        .doesNotContain("Floor, fixed");
    Path policy = Files.writeString(folder.resolve("policy.json"), "{\"requireFloor\":true}");
    Run run = Run.of("verify", "--policy", policy, file);
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out()).contains("policy-floor-ambiguous");
    assertThat(Run.of("policy", "check", policy).out()).contains("requireFloor true");
  }

  @Test
  void policyInit_baseFloor_isRequiredAndAnchoredOneIsNot() throws IOException {
    Path base = write(chain(floors(BASE)).get(0));
    assertThat(Run.of("policy", "init", base).out()).contains("\"requireFloor\": true");
    Path anchored = write(chain(floors(new SlotAnchor(Counter.ZERO, BLOCK))).get(0));
    Run run = Run.of("policy", "init", anchored);
    assertThat(run.out()).doesNotContain("requireFloor");
    assertThat(run.err()).contains("requireFloor");
  }

  @Test
  void chainVerify_clientsAnchorsInASharedHistory_staySoundAndAreNamed() throws IOException {
    Path file = write(chain(anchor(BLOCK), claim(OLD), json -> json));
    Run run = Run.of("chain", "verify", file);
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out())
        .startsWith("✓ SOUND (integrity only, 1 finding about anchors)")
        .contains(
            "anchor-not-authenticated: 1, about anchors: the links are sound",
            "1 anchor not authenticated and ignored",
            "blocks 25000000 to 25000000");
    JsonNode report = Run.of("chain", "verify", "--json", file).json();
    assertThat(report.required("sound").booleanValue()).isTrue();
    assertThat(report.required("anchorFindings").asInt()).isEqualTo(1);
    assertThat(report.required("faults").asInt()).isZero();
    JsonNode chain = report.at("/epochs/shown/0/chains/shown/0");
    assertThat(chain.required("anchorsAuthenticated").booleanValue()).isTrue();
    assertThat(chain.required("anchorsIgnored").asInt()).isEqualTo(1);
    assertThat(chain.at("/bounds/shown/0/madeAfterBlock").stringValue()).isEqualTo("25000000");
    assertThat(chain.at("/bounds/shown/0/authenticated").booleanValue()).isTrue();
  }

  @Test
  void chainVerify_onlyClientsAnchors_saysThatNoneIsAuthenticated() throws IOException {
    Path file = write(chain(claim(BLOCK), json -> json));
    assertThat(Run.of("chain", "verify", file).out())
        .startsWith("✓ SOUND (integrity only)")
        .contains("not authenticated: nothing shows who anchored", "(not authenticated)");
    JsonNode report = Run.of("chain", "verify", "--json", file).json();
    assertThat(report.at("/epochs/shown/0/place").stringValue()).isEqualTo("claimed");
    assertThat(report.at("/epochs/shown/0/anchorsAuthenticated").booleanValue()).isFalse();
  }

  @Test
  void chainVerify_floors_areListedBySlot() throws IOException {
    Path file = write(chain(floors(BASE), floors(BASE)));
    assertThat(Run.of("chain", "verify", file).out()).contains("1 floor from Base block 52271417");
    JsonNode floor =
        Run.of("chain", "verify", "--json", file)
            .json()
            .at("/epochs/shown/0/chains/shown/0/floors/shown/0");
    assertThat(floor.required("proofs").asInt()).isEqualTo(2);
    assertThat(floor.at("/slotFloor/blockNumber").asLong()).isEqualTo(52_271_417);
  }
}
