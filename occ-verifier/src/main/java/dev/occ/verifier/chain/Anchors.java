package dev.occ.verifier.chain;

import dev.occ.proof.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** All good anchors of a history, to find those that contradict each other (spec 10). */
final class Anchors implements AutoCloseable {
  private static final int MEMORY = 4 << 20;

  private final ExternalSort byNumber;
  private final ExternalSort byHash;

  Anchors(SpillFiles files) {
    byNumber = new ExternalSort(files, AnchorRow.SIZE, MEMORY);
    byHash = new ExternalSort(files, AnchorRow.SIZE, MEMORY);
  }

  void add(AnchorRow row) throws ChainException {
    byNumber.add(row.byNumber());
    byHash.add(row.byHash());
  }

  /** Reports contradictions, and shows every block to the visitor. */
  void resolve(Lanes lanes, Findings findings, AnchorVisitor visitor) throws ChainException {
    RecordCursor cursor = byNumber.sorted();
    Group numbers =
        new Group(findings, row -> bytes(row.anchor()), "different hashes for block number ");
    Optional<EthereumAnchor> last = Optional.empty();
    while (cursor.advance()) {
      AnchorRow row = AnchorRow.ofNumber(cursor.record());
      if (!last.equals(Optional.of(row.anchor()))) {
        visitor.anchored(row.anchor(), lanes.lane(row.lane()).id(), row.counter());
        last = Optional.of(row.anchor());
      }
      numbers.accept(row, row.anchor().blockNumber().toString());
    }
    numbers.finish();
    cursor = byHash.sorted();
    Group hashes =
        new Group(findings, row -> bytes(row.anchor()), "different numbers for block hash 0x");
    while (cursor.advance()) {
      AnchorRow row = AnchorRow.ofHash(cursor.record());
      hashes.accept(row, row.anchor().blockHash().toHex());
    }
    hashes.finish();
  }

  private static Bytes bytes(EthereumAnchor anchor) {
    return Bytes.sha256(
        (anchor.blockNumber() + " " + anchor.blockHash()).getBytes(StandardCharsets.US_ASCII));
  }

  /** Anchors that agree in one thing and should agree in all. */
  private static final class Group {
    private final Findings findings;
    private final Function<AnchorRow, Bytes> whole;
    private final String text;
    private String key = "";
    private Optional<Bytes> last = Optional.empty();
    private final List<Source> sources = new ArrayList<>();
    private long different;

    Group(Findings findings, Function<AnchorRow, Bytes> whole, String text) {
      this.findings = findings;
      this.whole = whole;
      this.text = text;
    }

    void accept(AnchorRow row, String rowKey) {
      if (!rowKey.equals(key)) {
        finish();
        key = rowKey;
      }
      Optional<Bytes> value = Optional.of(whole.apply(row));
      if (!value.equals(last)) {
        different++;
        if (sources.size() < Finding.MAX_SOURCES) {
          sources.add(row.source());
        }
        last = value;
      }
    }

    void finish() {
      if (different > 1) {
        findings.add(
            new Finding(FaultReason.ANCHOR_CONFLICT, "anchors name " + different + " " + text + key)
                .tie(Bytes.sha256(key.getBytes(StandardCharsets.US_ASCII)))
                .from(sources, different));
      }
      different = 0;
      last = Optional.empty();
      sources.clear();
    }
  }

  @Override
  public void close() throws ChainException {
    try {
      byNumber.close();
    } finally {
      byHash.close();
    }
  }
}
