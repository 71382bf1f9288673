package dev.occ.verifier.chain;

import dev.occ.proof.AnchoredBlock;
import dev.occ.proof.Counter;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The floors of a history's slots beside its authenticated anchors (spec 10). Rows are sorted by
 * chain and counter, so that each slot comes after the anchors that it can repeat.
 */
final class Floors implements AutoCloseable {
  private static final int MEMORY = 4 << 20;

  private final ExternalSort sort;
  private final Map<Integer, FloorWalk> walks = new HashMap<>();

  Floors(SpillFiles files) {
    sort = new ExternalSort(files, FloorRow.SIZE, MEMORY);
  }

  void addAnchor(AnchoredBlock block, LinkRecord record) throws ChainException {
    Optional<Counter> counter = record.counter();
    if (counter.isPresent()) {
      sort.add(FloorRow.ofAnchor(block, record, counter.get()).encode());
    }
  }

  void addFloor(FloorRow row) throws ChainException {
    sort.add(row.encode());
  }

  /** Follows the floors of each chain, and reports those that cannot be true. */
  void resolve(ChainIndex index, Findings findings, ReportLimits limits) throws ChainException {
    RecordCursor cursor = sort.sorted();
    while (cursor.advance()) {
      FloorRow row = FloorRow.decode(cursor.record());
      walks
          .computeIfAbsent(
              row.chain(),
              chain -> new FloorWalk(index.chain(chain), findings, limits.rangesPerChain()))
          .accept(row);
    }
  }

  /** What the floors of a chain show; to be called after {@link #resolve}. */
  Listed<FloorBounds> of(ChainIndex.ChainEntry chain) {
    FloorWalk walk = walks.get(chain.number());
    return walk == null ? Listed.none() : walk.bounds();
  }

  @Override
  public void close() throws ChainException {
    sort.close();
  }
}
