package dev.occ.verifier.chain;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * A generated history: three epochs of four chains each, with expired slots, slots that were used
 * late, and anchors; and faults planted all over. The same at every run.
 */
final class Ledger {
  private static final int EPOCHS = 3;
  private static final List<String> CHAINS = List.of("global", "orders", "payments", "<b>audit");
  private static final int PROOFS_PER_ANCHOR = 200;
  private static final long BLOCKS_PER_CHAIN = 1_000_000;

  /** A part that can be made beside the others. */
  interface Part {
    void write(LedgerChain.Sink sink);
  }

  /**
   * A fault to plant.
   *
   * @param fault what
   * @param id another number for each
   * @param at after how many proofs
   */
  private record Planted(LedgerFault fault, long id, long at) {}

  private final long proofsPerChain;
  private final int each;

  /**
   * A ledger.
   *
   * @param proofs how many proofs, about
   * @param each how many faults of each kind
   */
  Ledger(long proofs, int each) {
    this.proofsPerChain = Math.max(10, proofs / ((long) EPOCHS * CHAINS.size()));
    this.each = each;
  }

  List<Part> parts() {
    List<List<Planted>> plan = plan();
    List<Part> parts = new ArrayList<>();
    for (int i = 0; i < plan.size(); i++) {
      int part = i;
      parts.add(sink -> chain(part, plan.get(part), sink));
    }
    parts.add(this::beginnings);
    parts.add(this::epochLinks);
    return parts;
  }

  /** Spreads the faults over the chains, always the same way. */
  private List<List<Planted>> plan() {
    Random random = new Random(42);
    List<List<Planted>> plan = new ArrayList<>();
    for (int i = 0; i < EPOCHS * CHAINS.size(); i++) {
      plan.add(new ArrayList<>());
    }
    long id = 0;
    for (int i = 0; i < each; i++) {
      for (LedgerFault fault : LedgerFault.values()) {
        long at = 3 + random.nextLong(Math.max(1, proofsPerChain - 6));
        plan.get(random.nextInt(plan.size())).add(new Planted(fault, id++, at));
      }
    }
    plan.forEach(list -> list.sort((a, b) -> Long.compare(b.at(), a.at())));
    return plan;
  }

  private void chain(int part, List<Planted> faults, LedgerChain.Sink sink) {
    int epochNumber = part / CHAINS.size();
    Random random = new Random(part);
    try (LedgerEpoch epoch = new LedgerEpoch("epoch " + epochNumber, epochNumber)) {
      LedgerChain chain =
          new LedgerChain(epoch, CHAINS.get(part % CHAINS.size()), sink)
              .anchoredFrom(20_000_000 + part * BLOCKS_PER_CHAIN);
      List<Planted> rest = new ArrayList<>(faults);
      for (long i = 0; i < proofsPerChain; i++) {
        one(chain, i, random);
        while (!rest.isEmpty() && rest.get(rest.size() - 1).at() <= i) {
          Planted planted = rest.remove(rest.size() - 1);
          chain.good(2);
          planted.fault().plant(chain, planted.id());
          chain.good(2);
        }
      }
    }
  }

  private static void one(LedgerChain chain, long index, Random random) {
    int dice = random.nextInt(100);
    if (index % PROOFS_PER_ANCHOR == PROOFS_PER_ANCHOR - 1) {
      chain.anchor();
    } else if (dice < 5) {
      chain.skip(1 + random.nextInt(3)); // slots that expired
      chain.good();
    } else if (dice < 10) {
      long slot = chain.counter() + 1; // a slot that is used late
      chain.skip(1);
      chain.good(2);
      chain.give(
          chain.advance(
              new LedgerEpoch.Plan(chain.name, slot, chain.counter() + 1).prev(chain.prev())));
    } else {
      chain.good();
    }
  }

  /** Chains without their beginning, and chains whose first proof has a predecessor. */
  private void beginnings(LedgerChain.Sink sink) {
    try (LedgerEpoch epoch = new LedgerEpoch("epoch 0", 0)) {
      for (int i = 0; i < each; i++) {
        LedgerChain late = new LedgerChain(epoch, "late " + i, sink);
        late.advance(late.plan());
        late.good(2);
        late.expect(FaultReason.MISSING_START, 4);
        LedgerChain first = new LedgerChain(epoch, "first " + i, sink);
        first.give(
            first.advance(first.plan().prev(Optional.of(LedgerEpoch.sha256("before " + i)))));
        first.good();
        first.expect(FaultReason.FIRST_WITH_PREV, 2);
      }
    }
  }

  private void epochLinks(LedgerChain.Sink sink) {
    for (int i = 0; i < each; i++) {
      long seed = 10_000 + 10L * i;
      try (LedgerEpoch before = new LedgerEpoch("before " + i, seed);
          LedgerEpoch one = new LedgerEpoch("one " + i, seed + 1);
          LedgerEpoch other = new LedgerEpoch("other " + i, seed + 2);
          LedgerEpoch torn = new LedgerEpoch("torn " + i, seed + 3);
          LedgerEpoch early = new LedgerEpoch("early " + i, seed + 4)) {
        new LedgerChain(before, "global", sink).anchoredFrom(1_000 + i * 10L + 5).anchor();
        linked(one, "global", before, 7, sink);
        linked(other, "global", before, 7, sink);
        sink.expect(FaultReason.EPOCH_FORK, "-");
        linked(torn, "a", before, 8, sink);
        linked(torn, "b", before, 9, sink);
        sink.expect(FaultReason.EPOCH_LINK_CONFLICT, "-");
        LedgerChain chain = linked(early, "global", before, 10, sink);
        chain.anchoredFrom(1_000 + i * 10L).anchor();
        chain.expect(FaultReason.EPOCH_ORDER_CONFLICT, 2);
      }
    }
  }

  private static LedgerChain linked(
      LedgerEpoch epoch, String name, LedgerEpoch before, long counter, LedgerChain.Sink sink) {
    LedgerChain chain = new LedgerChain(epoch, name, sink);
    LedgerEpoch.Plan plan = chain.plan();
    plan.epochLink = Optional.of(epoch.linkTo(before, counter));
    chain.give(chain.advance(plan));
    return chain;
  }

  /** What a report found, in the words of {@link LedgerChain.Sink#expect}. */
  static List<String> found(ChainReport report) {
    List<String> found = new ArrayList<>();
    for (Listed<ChainFault> list : report.findings().values()) {
      for (ChainFault fault : list.shown()) {
        found.add(fault.reason().code() + " " + where(fault));
      }
    }
    Collections.sort(found);
    return found;
  }

  private static String where(ChainFault fault) {
    return switch (fault.reason()) {
      case INVALID_PROOF -> fault.detail().orElse("");
      case ANCHOR_CONFLICT, EPOCH_FORK, EPOCH_LINK_CONFLICT -> "-";
      default ->
          fault.chain().map(ChainId::chain).orElse("")
              + " "
              + fault.counter().map(Object::toString).orElse("-");
    };
  }
}
