package dev.occ.verifier.chain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.occ.json.JsonObject;
import dev.occ.json.JsonString;
import dev.occ.proof.Bytes;
import dev.occ.proof.Counter;
import dev.occ.proof.Proof;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Members beside those that an enclave seals never break a link (spec 7). */
class ChainMembersTest {
  private final Histories history = new Histories();
  private final LedgerEpoch epoch = new LedgerEpoch("epoch", 1);
  private final LedgerChain chain = new LedgerChain(epoch, "global", history);

  @AfterEach
  void closeEpoch() {
    epoch.close();
  }

  private static JsonObject noted(JsonObject json, String... members) {
    JsonObject noted = json;
    for (String member : members) {
      noted = noted.with(member, new JsonString("of " + member));
    }
    return noted;
  }

  @Test
  void verify_membersThatALedgerAdds_linkAndAreNotMentioned() throws ChainException {
    Proof first = chain.advance(chain.plan());
    chain.give(noted(first.json(), "ethereum", "timestamps"));
    chain.good(2);
    ChainReport report = verifyInAnyOrder();
    assertThat(report.isSound()).isTrue();
    assertThat(report.findings()).isEmpty();
  }

  @Test
  void verify_noteBesideAProof_linksWithoutItAndIsSaid() throws ChainException {
    Proof first = chain.advance(chain.plan());
    chain.give(noted(first.json(), "note"));
    chain.good(2);
    ChainReport report = verifyInAnyOrder();
    assertThat(report.isSound()).isTrue();
    assertThat(report.findings()).containsOnlyKeys(FaultReason.MEMBERS_ADDED);
    ChainFault said = only(report, FaultReason.MEMBERS_ADDED);
    assertThat(said.after()).contains(Counter.of(2));
    assertThat(said.counter()).contains(Counter.of(4));
    assertThat(said.text()).endsWith("holds without \"note\"");
    assertThat(ranges(report)).hasSize(1);
  }

  @Test
  void verify_memberThatTheEnclaveSealed_linksWithItAndIsSaid() throws ChainException {
    Proof first = LedgerChain.proof(noted(chain.advance(chain.plan()).json(), "sealedNew"));
    chain.give(LedgerChain.proof(noted(first.json(), "note", "ethereum")));
    Bytes link = first.sealedHashWith(Set.of("sealedNew"));
    chain.give(chain.advance(chain.plan().prev(Optional.of(link))));
    ChainReport report = verifyInAnyOrder();
    assertThat(report.isSound()).isTrue();
    assertThat(report.findings()).containsOnlyKeys(FaultReason.MEMBERS_SEALED);
    assertThat(only(report, FaultReason.MEMBERS_SEALED).text())
        .endsWith("holds with \"sealedNew\", without \"note\"");
    assertThat(ranges(report)).hasSize(1);
  }

  @Test
  void verify_moreMembersThanAreCombined_linkWithAllOrWithoutAll() throws ChainException {
    String[] names = {"a", "b", "c", "d", "e", "f"};
    Proof first = LedgerChain.proof(noted(chain.advance(chain.plan()).json(), names));
    chain.give(first);
    chain.give(chain.advance(chain.plan().prev(Optional.of(first.sealedHashWith(Set.of(names))))));
    Proof third = LedgerChain.proof(noted(chain.advance(chain.plan()).json(), names));
    chain.give(third);
    chain.give(chain.advance(chain.plan().prev(Optional.of(third.sealedHashWith(Set.of("a"))))));
    ChainReport report = verifyInAnyOrder();
    assertThat(report.findings())
        .containsOnlyKeys(FaultReason.MEMBERS_SEALED, FaultReason.BROKEN_LINK);
    assertThat(only(report, FaultReason.MEMBERS_SEALED).text())
        .endsWith("holds with \"a\" and \"b\" and \"c\" and 3 more");
    assertThat(only(report, FaultReason.BROKEN_LINK).counter()).contains(Counter.of(8));
  }

  @Test
  void verify_copiesWithDifferentNotes_areDuplicatesAndNotAltered() throws ChainException {
    Proof first = chain.good();
    chain.give(noted(first.json(), "note"));
    chain.give(noted(first.json(), "other", "note"));
    chain.good();
    ChainReport report = verifyInAnyOrder();
    assertThat(report.isSound()).isTrue();
    assertThat(report.proofs()).isEqualTo(2);
    assertThat(report.duplicates()).isEqualTo(2);
    assertThat(report.count(FaultReason.ALTERED_COPY)).isZero();
  }

  @Test
  void verify_notedProofGivenOutOfPlace_isFoundByTheJoin() throws ChainException {
    Proof early = chain.advance(chain.plan());
    history.document(noted(early.json(), "note"));
    for (int i = 0; i < 40; i++) { // more open ends than are remembered
      chain.skip(2);
      Optional<Bytes> withheld = Optional.of(LedgerEpoch.sha256("withheld " + i));
      chain.give(chain.advance(chain.plan().prev(withheld)));
    }
    chain.give(chain.advance(chain.plan().prev(Optional.of(early.sealedHash()))));
    ChainReport report = verifyInAnyOrder();
    assertThat(report.count(FaultReason.MEMBERS_ADDED)).isEqualTo(1);
    assertThat(only(report, FaultReason.MEMBERS_ADDED).text()).endsWith("holds without \"note\"");
    assertThat(report.findings())
        .containsOnlyKeys(FaultReason.GAP, FaultReason.FORK_BYPASS, FaultReason.MEMBERS_ADDED);
  }

  @Test
  void verify_notesBesideForks_leaveTheForksFound() throws ChainException {
    Proof first = LedgerChain.proof(noted(chain.advance(chain.plan()).json(), "x", "y"));
    chain.give(first);
    chain.give(chain.advance(chain.plan().prev(Optional.of(first.sealedHash()))));
    chain.give(chain.advance(chain.plan().prev(Optional.of(first.sealedHashWith(Set.of("x"))))));
    ChainReport report = verifyInAnyOrder();
    assertThat(report.isSound()).isFalse();
    assertThat(report.findings()).containsKey(FaultReason.FORK_BYPASS);
  }

  @Test
  void form_namesOfAnyKind_areQuotedAndCut() {
    JsonObject json = chain.advance(chain.plan()).json();
    String pairs = "n" + "\ud83d\ude00".repeat(5000); // cut in the middle of a pair
    assertThat(SealedForm.of(LedgerChain.proof(noted(json, pairs))))
        .hasSize(2)
        .allMatch(form -> form.text().length() < 100);
    Proof sly = LedgerChain.proof(noted(json, "x, with \"policy\"\n"));
    assertThat(SealedForm.of(sly).get(0).text())
        .isEqualTo("without \"x, with \\\"policy\\\"\\n\"");
  }

  @Test
  void linkRecord_withAndWithoutMembers_isReadAsWritten() {
    Proof proof = chain.advance(chain.plan());
    LinkRecord plain = LinkRecord.of(proof, 3, new Source(1, 2), EthereumAnchor.read(proof));
    LinkRecord alternate = plain.as(LedgerEpoch.sha256("form"), true, new Source(7, 8));
    for (LinkRecord record : List.of(plain, alternate)) {
      assertThat(record.encode()).hasSize(LinkRecord.SIZE);
      assertThat(LinkRecord.decode(record.encode())).isEqualTo(record);
    }
  }

  private ChainReport verifyInAnyOrder() throws ChainException {
    ChainReport report = history.verify();
    for (int seed = 0; seed < 5; seed++) {
      Collections.shuffle(history.documents, new Random(seed));
      assertThat(history.verify().toJson()).isEqualTo(report.toJson());
    }
    return report;
  }

  private static List<LinkedRange> ranges(ChainReport report) {
    return report.epochs().shown().get(0).chains().shown().get(0).ranges().shown();
  }

  private static ChainFault only(ChainReport report, FaultReason reason) {
    assertThat(report.count(reason)).isEqualTo(1);
    return report.found(reason).shown().get(0);
  }
}
