package dev.occ.verifier.chain;

import dev.occ.json.JsonObject;
import dev.occ.json.JsonString;
import dev.occ.proof.AnchoredBlock;
import dev.occ.proof.BaseFloor;
import dev.occ.proof.Bytes;
import dev.occ.proof.Counter;
import dev.occ.proof.Proof;
import dev.occ.proof.SlotAnchor;
import java.util.Optional;
import java.util.Set;

/**
 * What can be wrong on a chain. Each is planted after at least two good proofs, leaves the chain in
 * order behind it, and says what must be found.
 */
enum LedgerFault {
  REMOVED_PROOF {
    @Override
    void plant(LedgerChain chain, long id) {
      Proof removed = chain.advance(chain.plan());
      chain.expect(FaultReason.GAP, at(chain.good()));
      assertNotGiven(removed);
    }
  },
  FLIPPED_SIGNATURE {
    @Override
    void plant(LedgerChain chain, long id) {
      Proof proof = chain.advance(chain.plan());
      byte[] signature = proof.signature().toByteArray();
      signature[(int) (id % 32)] ^= 1;
      chain.give(
          LedgerChain.with(proof.json(), "signer", "signatureB64", Bytes.of(signature).toBase64()));
      chain.expect(FaultReason.INVALID_PROOF, "signature-invalid");
      chain.expect(FaultReason.GAP, at(chain.good()));
    }
  },
  SWAPPED_DIGEST {
    @Override
    void plant(LedgerChain chain, long id) {
      Proof proof = chain.advance(chain.plan());
      String other = LedgerEpoch.sha256("another artifact " + id).toBase64();
      chain.give(LedgerChain.with(proof.json(), "artifact", "digestB64", other));
      chain.expect(FaultReason.INVALID_PROOF, "signature-invalid");
      chain.expect(FaultReason.GAP, at(chain.good()));
    }
  },
  NO_PROOF {
    @Override
    void plant(LedgerChain chain, long id) {
      chain.give(JsonObject.builder().put("not", "a proof " + id).build());
      chain.expect(FaultReason.INVALID_PROOF, "malformed");
    }
  },
  WRONG_PREV {
    @Override
    void plant(LedgerChain chain, long id) {
      Bytes nothing = LedgerEpoch.sha256("no proof at all " + id + chain.name);
      Proof proof = chain.give(chain.advance(chain.plan().prev(Optional.of(nothing))));
      chain.expect(FaultReason.BROKEN_LINK, at(proof));
    }
  },
  NO_PREV {
    @Override
    void plant(LedgerChain chain, long id) {
      Proof proof = chain.give(chain.advance(chain.plan().prev(Optional.empty())));
      chain.expect(FaultReason.LATER_WITHOUT_PREV, at(proof));
    }
  },
  TWIN {
    @Override
    void plant(LedgerChain chain, long id) {
      LedgerEpoch.Plan twin = chain.plan();
      twin.artifact = "another history";
      Proof first = chain.good();
      chain.give(chain.epoch.sign(twin));
      chain.expect(FaultReason.FORK_COUNTER, at(first));
    }
  },
  SECOND_SUCCESSOR {
    @Override
    void plant(LedgerChain chain, long id) {
      long first = chain.counter();
      LedgerEpoch.Plan second = chain.plan().prev(chain.beforeHead());
      chain.skip(2);
      chain.give(chain.epoch.sign(second));
      chain.good();
      chain.expect(FaultReason.FORK_PREV, first);
    }
  },
  LEFT_OUT {
    @Override
    void plant(LedgerChain chain, long id) {
      Optional<Bytes> before = chain.prev();
      Proof removed = chain.advance(chain.plan());
      chain.expect(FaultReason.GAP, at(chain.good()));
      assertNotGiven(removed);
      Proof proof = chain.give(chain.advance(chain.plan().prev(before)));
      chain.expect(FaultReason.FORK_BYPASS, at(proof));
    }
  },
  SLOT_USED_TWICE {
    @Override
    void plant(LedgerChain chain, long id) {
      long counter = chain.counter();
      LedgerEpoch.Plan again =
          new LedgerEpoch.Plan(chain.name, counter - 1, counter + 1).prev(chain.prev());
      chain.give(chain.advance(again));
      chain.expect(FaultReason.FORK_SLOT, counter - 1);
    }
  },
  OTHER_SLOT_OF_SAME_COUNTER {
    @Override
    void plant(LedgerChain chain, long id) {
      long counter = chain.counter();
      LedgerEpoch.Plan other =
          new LedgerEpoch.Plan(chain.name, counter - 1, counter + 1).prev(chain.prev());
      other.nonce = "other";
      chain.give(chain.advance(other));
      chain.expect(FaultReason.SLOT_COUNTER_TWICE, counter - 1);
    }
  },
  SLOT_ON_COMMIT {
    @Override
    void plant(LedgerChain chain, long id) {
      long counter = chain.counter();
      LedgerEpoch.Plan on =
          new LedgerEpoch.Plan(chain.name, counter, counter + 1).prev(chain.prev());
      chain.give(chain.advance(on));
      chain.expect(FaultReason.SLOT_AND_COMMIT, counter);
    }
  },
  BACK_IN_COUNTERS {
    @Override
    void plant(LedgerChain chain, long id) {
      long counter = chain.counter();
      chain.skip(2);
      chain.good();
      LedgerEpoch.Plan back =
          new LedgerEpoch.Plan(chain.name, counter + 1, counter + 2).prev(chain.prev());
      Proof proof = chain.give(chain.advance(back));
      chain.expect(FaultReason.COUNTER_NOT_INCREASING, at(proof));
    }
  },
  WITHOUT_COUNTER {
    @Override
    void plant(LedgerChain chain, long id) {
      LedgerEpoch.Plan plan = new LedgerEpoch.Plan(chain.name, -1, -1);
      plan.artifact = "without counter " + id;
      chain.give(chain.epoch.sign(plan));
      chain.expect(FaultReason.COUNTER_MISSING, chain.name + " -");
    }
  },
  FOREIGN_KEY {
    @Override
    void plant(LedgerChain chain, long id) {
      try (LedgerEpoch impostor = chain.epoch.impostor(1_000_000 + id)) {
        chain.give(impostor.sign(new LedgerEpoch.Plan(chain.name, 1, 2)));
      }
      chain.expect(FaultReason.FOREIGN_KEY, 2);
    }
  },
  FOREIGN_EPOCH {
    @Override
    @SuppressWarnings("MustBeClosedChecker") // shares the signer of the chain's epoch
    void plant(LedgerChain chain, long id) {
      LedgerEpoch renamed = chain.epoch.renamed(chain.epoch.id() + " also " + id);
      chain.give(renamed.sign(new LedgerEpoch.Plan(chain.name, 1, 2)));
      chain.expect(FaultReason.FOREIGN_EPOCH, 2);
    }
  },
  FOREIGN_LINK {
    @Override
    void plant(LedgerChain chain, long id) {
      Proof other = chain.epoch.sign(new LedgerEpoch.Plan(chain.name + " side " + id, 1, 2));
      chain.give(other);
      Proof proof = chain.give(chain.advance(chain.plan().prev(Optional.of(other.sealedHash()))));
      chain.expect(FaultReason.FOREIGN_LINK, at(proof));
    }
  },
  ALTERED_COPY {
    @Override
    void plant(LedgerChain chain, long id) {
      Proof proof = chain.good();
      chain.give(LedgerChain.with(proof.json(), "metadata", "note", "not what was sealed"));
      chain.expect(FaultReason.ALTERED_COPY, at(proof));
    }
  },
  DUPLICATE {
    @Override
    void plant(LedgerChain chain, long id) {
      Proof proof = chain.good();
      chain.give(LedgerChain.with(proof.json(), "timestamps", "note", "added outside"));
      chain.expect(FaultReason.DUPLICATE, at(proof));
    }
  },
  MEMBER_ADDED {
    @Override
    void plant(LedgerChain chain, long id) {
      chain.give(noted(chain.advance(chain.plan())).json());
      chain.expect(FaultReason.MEMBERS_ADDED, at(chain.good()));
    }
  },
  MEMBER_SEALED {
    @Override
    void plant(LedgerChain chain, long id) {
      Proof noted = chain.give(noted(chain.advance(chain.plan())));
      Bytes link = noted.sealedHashWith(Set.copyOf(noted.unlistedMembers()));
      Proof next = chain.give(chain.advance(chain.plan().prev(Optional.of(link))));
      chain.expect(FaultReason.MEMBERS_SEALED, at(next));
    }
  },
  ANCHOR_WITHOUT_HASH {
    @Override
    void plant(LedgerChain chain, long id) {
      invalidAnchor(chain, "https://etherscan.io/block/1", "0xABCD");
    }
  },
  ANCHOR_WITHOUT_BLOCK {
    @Override
    void plant(LedgerChain chain, long id) {
      invalidAnchor(chain, "https://etherscan.io/tx/1", "0x" + "ab".repeat(32));
    }
  },
  ANCHOR_OF_ODD_NUMBER {
    @Override
    void plant(LedgerChain chain, long id) {
      invalidAnchor(chain, "https://etherscan.io/block/007", "0x" + "ab".repeat(32));
    }
  },
  ANCHOR_OF_OTHER_DIGEST {
    @Override
    void plant(LedgerChain chain, long id) {
      LedgerEpoch.Plan plan = chain.plan();
      plan.attribution("https://etherscan.io/block/7", "0x" + "ab".repeat(32));
      plan.digest = Optional.of(LedgerEpoch.sha256("something else"));
      chain.expect(FaultReason.ANCHOR_INVALID, at(chain.give(chain.advance(plan))));
    }
  },
  ANCHOR_BACKWARDS {
    @Override
    void plant(LedgerChain chain, long id) {
      chain.anchor();
      chain.anchor();
      Proof proof =
          chain.give(chain.advance(chain.plan().anchor(chain.block(chain.anchors() - 2))));
      chain.expect(FaultReason.ANCHOR_BACKWARDS, at(proof));
    }
  },
  ANCHOR_OF_OTHER_HASH {
    @Override
    void plant(LedgerChain chain, long id) {
      chain.anchor();
      AnchoredBlock last = chain.block(chain.anchors() - 1);
      AnchoredBlock other =
          new AnchoredBlock(last.number(), LedgerEpoch.sha256("fork " + id + chain.name));
      chain.give(chain.advance(chain.plan().anchor(other)));
      chain.expect(FaultReason.ANCHOR_CONFLICT, "-");
    }
  },
  ANCHOR_THAT_A_CLIENT_WRITES {
    @Override
    void plant(LedgerChain chain, long id) {
      chain.anchor();
      AnchoredBlock old = new AnchoredBlock(1 + id, LedgerEpoch.sha256("old " + id));
      Proof proof = chain.give(chain.advance(chain.plan().claim(old)));
      chain.expect(FaultReason.ANCHOR_NOT_AUTHENTICATED, at(proof));
    }
  },
  SLOT_ANCHOR_OF_ANOTHER_BLOCK {
    @Override
    void plant(LedgerChain chain, long id) {
      Counter anchor = Counter.of(at(chain.anchor()));
      AnchoredBlock last = chain.block(chain.anchors() - 1);
      AnchoredBlock other = new AnchoredBlock(last.number(), LedgerEpoch.sha256("other"));
      chain.give(chain.advance(chain.plan().floors(new SlotAnchor(anchor, last))));
      Proof proof = chain.give(chain.advance(chain.plan().floors(new SlotAnchor(anchor, other))));
      chain.expect(FaultReason.SLOT_ANCHOR_MISMATCH, at(proof));
      chain.expect(FaultReason.FLOOR_CONFLICT, at(proof));
    }
  },
  FLOOR_BACKWARDS {
    @Override
    void plant(LedgerChain chain, long id) {
      base(chain, 50_000_000 + chain.counter()); // above every earlier one of the chain
      chain.expect(FaultReason.FLOOR_BACKWARDS, at(base(chain, 1 + id)));
    }
  },
  FLOOR_AMBIGUOUS {
    @Override
    void plant(LedgerChain chain, long id) {
      Counter anchor = Counter.of(at(chain.anchor()));
      SlotAnchor first = new SlotAnchor(anchor, chain.block(chain.anchors() - 1));
      BaseFloor second = new BaseFloor(60_000_000, LedgerEpoch.sha256("base"));
      Proof proof = chain.give(chain.advance(chain.plan().floors(first, second)));
      chain.expect(FaultReason.FLOOR_AMBIGUOUS, at(proof));
    }
  },
  LATE_EPOCH_LINK {
    @Override
    void plant(LedgerChain chain, long id) {
      String name = "before " + chain.epoch.id(); // one predecessor an epoch: no conflict, no fork
      try (LedgerEpoch before = new LedgerEpoch(name, name.hashCode())) {
        LedgerEpoch.Plan plan = chain.plan();
        plan.epochLink = Optional.of(chain.epoch.linkTo(before, 1));
        chain.expect(FaultReason.EPOCH_LINK_MISPLACED, at(chain.give(chain.advance(plan))));
      }
    }
  };

  /** Plants the fault; {@code id} is another one at every call. */
  abstract void plant(LedgerChain chain, long id);

  private static Proof noted(Proof proof) {
    return LedgerChain.proof(proof.json().with("note", new JsonString("beside the proof")));
  }

  private static Proof base(LedgerChain chain, long number) {
    BaseFloor floor = new BaseFloor(number, LedgerEpoch.sha256("base " + number));
    return chain.give(chain.advance(chain.plan().floors(floor)));
  }

  private static void invalidAnchor(LedgerChain chain, String title, String message) {
    Proof proof = chain.give(chain.advance(chain.plan().attribution(title, message)));
    chain.expect(FaultReason.ANCHOR_INVALID, at(proof));
  }

  private static long at(Proof proof) {
    return proof.commit().counter().orElseThrow().bits();
  }

  private static void assertNotGiven(Proof removed) {
    if (removed.commit().prev().isEmpty()) {
      throw new AssertionError("a removed beginning is no gap");
    }
  }
}
