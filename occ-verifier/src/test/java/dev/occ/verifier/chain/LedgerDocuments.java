package dev.occ.verifier.chain;

import dev.occ.json.JsonObject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A ledger in memory.
 *
 * @param documents its proofs, chain by chain
 * @param expected what was planted, in the words of {@link LedgerChain.Sink#expect}, sorted
 */
record LedgerDocuments(List<byte[]> documents, List<String> expected) {
  static LedgerDocuments of(Ledger ledger) {
    LedgerDocuments all = new LedgerDocuments(new ArrayList<>(), new ArrayList<>());
    for (Made part : ledger.parts().parallelStream().map(Made::new).toList()) {
      all.documents.addAll(part.documents);
      all.expected.addAll(part.expected);
    }
    Collections.sort(all.expected);
    return all;
  }

  /** What one part of a ledger consists of. */
  private static final class Made implements LedgerChain.Sink {
    private final List<byte[]> documents = new ArrayList<>();
    private final List<String> expected = new ArrayList<>();

    Made(Ledger.Part part) {
      part.write(this);
    }

    @Override
    public void document(JsonObject json) {
      documents.add(json.toBytes());
    }

    @Override
    public void expect(FaultReason reason, String where) {
      expected.add(reason.code() + " " + where);
    }
  }
}
