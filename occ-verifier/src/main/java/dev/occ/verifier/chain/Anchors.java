package dev.occ.verifier.chain;

import dev.occ.proof.AnchoredBlock;
import dev.occ.proof.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
  void resolve(ChainIndex index, Findings findings, AnchorVisitor visitor) throws ChainException {
    RecordCursor cursor = byNumber.sorted();
    Group numbers = new Group(findings, "different hashes for block number ");
    Shown shown = new Shown(index, visitor);
    while (cursor.advance()) {
      AnchorRow row = AnchorRow.ofNumber(cursor.record());
      shown.accept(row);
      if (isBounding(row, index)) {
        numbers.accept(row, row.anchor().blockNumber().toString());
      }
    }
    shown.finish();
    numbers.finish();
    cursor = byHash.sorted();
    Group hashes = new Group(findings, "different numbers for block hash ");
    while (cursor.advance()) {
      AnchorRow row = AnchorRow.ofHash(cursor.record());
      if (isBounding(row, index)) {
        hashes.accept(row, row.anchor().block().hashText());
      }
    }
    hashes.finish();
  }

  private static boolean isBounding(AnchorRow row, ChainIndex index) {
    return row.anchor().authenticated()
        || !index.isAuthenticated(index.chain(row.chain()).epoch().number());
  }

  /** Shows each block once, by the anchor that counts most. */
  private static final class Shown {
    private final ChainIndex index;
    private final AnchorVisitor visitor;
    private @Nullable AnchorRow best;
    private boolean bounding;

    Shown(ChainIndex index, AnchorVisitor visitor) {
      this.index = index;
      this.visitor = visitor;
    }

    void accept(AnchorRow row) {
      boolean bounds = isBounding(row, index);
      if (best != null && !best.anchor().block().equals(row.anchor().block())) {
        finish();
      }
      if (best == null || (bounds && !bounding)) { // authenticated ones come first, and bound
        best = row;
        bounding = bounds;
      }
    }

    void finish() {
      if (best != null) {
        visitor.anchored(
            new PlacedAnchor(
                best.anchor(),
                bounding,
                index.chain(best.chain()).id(),
                best.counter().orElse(null)));
      }
      best = null;
    }
  }

  /** Anchors that agree in one thing and should agree in all. */
  private static final class Group {
    private final Findings findings;
    private final String text;
    private String identity = "";
    private @Nullable AnchoredBlock last;
    private boolean lastIsAuthenticated;
    private final List<Source> sources = new ArrayList<>();
    private final List<Source> authenticatedSources = new ArrayList<>();
    private long different;
    private long differentAuthenticated;

    Group(Findings findings, String text) {
      this.findings = findings;
      this.text = text;
    }

    void accept(AnchorRow row, String rowIdentity) {
      if (!rowIdentity.equals(identity)) {
        finish();
        identity = rowIdentity;
      }
      boolean isNew = !row.anchor().block().equals(last);
      if (isNew) {
        different++;
        keep(sources, row.source());
        last = row.anchor().block();
      }
      if (row.anchor().authenticated() && (isNew || !lastIsAuthenticated)) {
        differentAuthenticated++;
        keep(authenticatedSources, row.source());
      }
      lastIsAuthenticated = row.anchor().authenticated() || (!isNew && lastIsAuthenticated);
    }

    private static void keep(List<Source> list, Source source) {
      if (list.size() < Finding.MAX_SOURCES) {
        list.add(source);
      }
    }

    void finish() {
      boolean authenticated = differentAuthenticated > 1;
      if (different > 1) {
        long number = authenticated ? differentAuthenticated : different;
        findings.add(
            new Finding(
                    FaultReason.ANCHOR_CONFLICT,
                    (authenticated ? "authenticated anchors name " : "anchors name ")
                        + number
                        + " "
                        + text
                        + identity)
                .authenticated(authenticated)
                .tie(Bytes.sha256(identity.getBytes(StandardCharsets.US_ASCII)))
                .from(authenticated ? authenticatedSources : sources, number));
      }
      different = 0;
      differentAuthenticated = 0;
      last = null;
      lastIsAuthenticated = false;
      sources.clear();
      authenticatedSources.clear();
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
