package dev.occ.verifier.chain;

import dev.occ.json.JsonObject;
import dev.occ.proof.Bytes;
import dev.occ.verifier.ProofVerifier;
import dev.occ.verifier.VerificationPolicy;
import java.util.ArrayList;
import java.util.List;

/** A history in memory, verified as often as a test likes. */
final class Histories implements LedgerChain.Sink {
  final List<byte[]> documents = new ArrayList<>();

  @Override
  public void document(JsonObject json) {
    documents.add(json.toBytes());
  }

  @Override
  public void expect(FaultReason reason, String where) {
    throw new AssertionError("nothing is planted here");
  }

  static ChainVerifier.Builder builder() {
    return ChainVerifier.builder(ProofVerifier.create(VerificationPolicy.integrityOnly()));
  }

  ChainReport verify() throws ChainException {
    return verify(builder(), documents);
  }

  /** Sources are named for what the documents are, not for when they come. */
  static ChainReport verify(ChainVerifier.Builder builder, List<byte[]> documents)
      throws ChainException {
    try (ChainVerification verification = builder.build().start()) {
      for (byte[] document : documents) {
        verification.add(Bytes.sha256(document).toHex(), document);
      }
      return verification.finish();
    }
  }
}
