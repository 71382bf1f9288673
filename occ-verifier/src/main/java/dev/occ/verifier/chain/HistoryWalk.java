package dev.occ.verifier.chain;

import dev.occ.proof.Counter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Lets a {@link ChainWalk} follow every chain, from records in their own order or as they came. */
final class HistoryWalk {
  private static final int RECORD_MEMORY = 24 << 20;
  private static final int SLOT_MEMORY = 12 << 20;

  private final SpillFiles files;
  private final ChainIndex index;
  private final List<ChainWalk> walks = new ArrayList<>();

  HistoryWalk(
      SpillFiles files, ChainIndex index, Findings findings, LinkJoin join, ReportLimits limits) {
    this.files = files;
    this.index = index;
    for (ChainIndex.ChainEntry chain : index.chains()) {
      walks.add(
          new ChainWalk(
              chain, index.isAuthenticated(chain.epoch().number()), findings, join, limits));
    }
  }

  ChainWalk of(ChainIndex.ChainEntry chain) {
    return walks.get(chain.number());
  }

  /** Follows records each of which is the next of its chain. */
  void inLine(RecordCursor records) throws ChainException {
    while (records.advance()) {
      LinkRecord record = LinkRecord.decode(records.record());
      ChainWalk walk = walks.get(record.chain());
      Place place = new Place(index.chain(record.chain()), record.counter(), walk::member);
      place.add(record);
      place.close();
      walk.accept(place, 0);
    }
  }

  /** Sorts records, and follows them. */
  void sorted(RecordCursor records, Findings findings) throws ChainException {
    try (ExternalSort commits = new ExternalSort(files, LinkRecord.SIZE, RECORD_MEMORY);
        ExternalSort slots = new ExternalSort(files, SlotRow.SIZE, SLOT_MEMORY)) {
      while (records.advance()) {
        commits.add(records.record());
        LinkRecord record = LinkRecord.decode(records.record());
        if (!record.alternate() && record.slot().isPresent() && record.counter().isPresent()) {
          slots.add(slotRow(record, record.slot().get(), record.counter().get()).encode());
        }
      }
      follow(commits.sorted(), new SlotWalk(slots.sorted(), findings));
    }
  }

  private static SlotRow slotRow(LinkRecord record, Counter slot, Counter commit) {
    return new SlotRow(
        record.chain(), slot, record.slotHash(), record.signed(), commit, record.source());
  }

  private void follow(RecordCursor commits, SlotWalk slots) throws ChainException {
    Optional<Place> place = Optional.empty();
    byte[] last = new byte[0];
    while (commits.advance()) {
      byte[] bytes = commits.record();
      LinkRecord record = LinkRecord.decode(bytes);
      if (place.isEmpty() || !LinkRecord.samePlace(last, bytes)) {
        finish(place, slots);
        ChainIndex.ChainEntry chain = index.chain(record.chain());
        place = Optional.of(new Place(chain, record.counter(), of(chain)::member));
        last = bytes.clone();
      }
      place.get().add(record);
    }
    finish(place, slots);
  }

  private void finish(Optional<Place> finished, SlotWalk slots) throws ChainException {
    if (finished.isEmpty()) {
      return;
    }
    Place place = finished.get();
    place.close();
    ChainWalk walk = of(place.chain());
    if (place.counter().isEmpty()) {
      walk.withoutCounter(place);
      return;
    }
    Counter counter = place.counter().get();
    Counter after = walk.last().orElse(Counter.ZERO);
    long taken = slots.passTo(place.chain(), after, counter);
    long between = counter.equals(after) ? 0 : counter.bits() - after.bits() - 1;
    walk.accept(place, between - taken);
  }
}
