package dev.occ.verifier.chain;

import dev.occ.proof.Counter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Lets a {@link LaneWalk} follow every chain, from records in their own order or as they came. */
final class HistoryWalk {
  private static final int RECORD_MEMORY = 24 << 20;
  private static final int SLOT_MEMORY = 12 << 20;

  private final SpillFiles files;
  private final Lanes lanes;
  private final List<LaneWalk> walks = new ArrayList<>();

  HistoryWalk(
      SpillFiles files, Lanes lanes, Findings findings, LinkJoin join, ReportLimits limits) {
    this.files = files;
    this.lanes = lanes;
    for (Lanes.Lane lane : lanes.lanes()) {
      walks.add(new LaneWalk(lane, findings, join, limits));
    }
  }

  LaneWalk of(Lanes.Lane lane) {
    return walks.get(lane.number());
  }

  /** Follows records each of which is the next of its chain. */
  void inLine(RecordCursor records) throws ChainException {
    while (records.advance()) {
      LinkRecord record = LinkRecord.decode(records.record());
      LaneWalk walk = walks.get(record.lane());
      Place place = new Place(lanes.lane(record.lane()), record.counter(), walk::member);
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
        record.lane(), slot, record.slotHash(), record.signed(), commit, record.source());
  }

  private void follow(RecordCursor commits, SlotWalk slots) throws ChainException {
    Optional<Place> place = Optional.empty();
    byte[] last = new byte[0];
    while (commits.advance()) {
      byte[] bytes = commits.record();
      LinkRecord record = LinkRecord.decode(bytes);
      if (place.isEmpty() || !LinkRecord.samePlace(last, bytes)) {
        finish(place, slots);
        Lanes.Lane lane = lanes.lane(record.lane());
        place = Optional.of(new Place(lane, record.counter(), of(lane)::member));
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
    LaneWalk walk = of(place.lane());
    if (place.counter().isEmpty()) {
      walk.withoutCounter(place);
      return;
    }
    Counter counter = place.counter().get();
    Counter after = walk.last().orElse(Counter.ZERO);
    long taken = slots.passTo(place.lane(), after, counter);
    long between = counter.equals(after) ? 0 : counter.bits() - after.bits() - 1;
    walk.accept(place, between - taken);
  }
}
