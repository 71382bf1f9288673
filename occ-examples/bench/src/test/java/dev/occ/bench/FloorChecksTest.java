package dev.occ.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.occ.bench.ProofParts.ByKey;
import dev.occ.bench.ProofParts.Signed;
import dev.occ.proof.Proof;
import dev.occ.signer.soft.SoftAttestationAuthority;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The floors do check: what they are compared with would otherwise look slow beside nothing. */
class FloorChecksTest {
  private static Proof proof;

  @BeforeAll
  static void makeProof() throws Exception {
    try (BenchProofs source = BenchProofs.attestedBy(SoftAttestationAuthority.create())) {
      proof = source.next();
    }
  }

  @ParameterizedTest
  @EnumSource(Crypto.class)
  void wholePath_ofProof_hasDocumentAndFourCertificates(Crypto crypto) throws Exception {
    ProofParts parts = ProofParts.of(proof);
    assertThat(parts.attestation()).hasSize(5);
    int first = floor(crypto).wholePath(parts);
    assertThat(floor(crypto).wholePath(parts)).isEqualTo(first);
  }

  @ParameterizedTest
  @EnumSource(Crypto.class)
  void signatures_changedMessage_fail(Crypto crypto) throws Exception {
    ProofParts good = ProofParts.of(proof);
    FloorChecks floor = floor(crypto);
    assertThatIllegalStateException()
        .isThrownBy(() -> floor.signatures(with(good, changed(good.body()), good.slot())));
    assertThatIllegalStateException()
        .isThrownBy(() -> floor.signatures(with(good, good.body(), changed(good.slot()))));
  }

  @ParameterizedTest
  @EnumSource(Crypto.class)
  void path_eachChangedMessage_fails(Crypto crypto) throws Exception {
    ProofParts good = ProofParts.of(proof);
    FloorChecks floor = floor(crypto);
    for (int i = 0; i < good.attestation().size(); i++) {
      List<ByKey> path = new ArrayList<>(good.attestation());
      path.set(i, new ByKey(path.get(i).point(), changed(path.get(i).signed())));
      ProofParts bad = new ProofParts(good.publicKey(), good.body(), good.slot(), path);
      assertThatIllegalStateException().isThrownBy(() -> floor.wholePath(bad));
    }
  }

  @ParameterizedTest
  @EnumSource(Crypto.class)
  void documentByKnownKey_changedDocument_fails(Crypto crypto) throws Exception {
    ProofParts good = ProofParts.of(proof);
    FloorChecks floor = floor(crypto);
    Floor.P384 leaf = floor.leafOf(good);
    ByKey document = good.attestation().get(0);
    ProofParts bad =
        new ProofParts(
            good.publicKey(),
            good.body(),
            good.slot(),
            List.of(new ByKey(document.point(), changed(document.signed()))));
    assertThatIllegalStateException().isThrownBy(() -> floor.documentByKnownKey(bad, leaf));
  }

  private static FloorChecks floor(Crypto crypto) {
    assumeTrue(Crypto.available().contains(crypto), "no native code for this machine");
    return new FloorChecks(crypto.floor());
  }

  private static ProofParts with(ProofParts good, Signed body, Signed slot) {
    return new ProofParts(good.publicKey(), body, slot, good.attestation());
  }

  private static Signed changed(Signed signed) {
    byte[] message = signed.message().clone();
    message[message.length / 2] ^= 1;
    return new Signed(message, signed.signature());
  }
}
