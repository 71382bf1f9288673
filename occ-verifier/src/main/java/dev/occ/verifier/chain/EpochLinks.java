package dev.occ.verifier.chain;

import dev.occ.proof.Bytes;
import dev.occ.proof.Counter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The epoch links of historical proofs, forks among them included (spec 8). For use by one thread.
 *
 * <p>An epoch link stands in the first proof of an epoch and names the last proof of the epoch
 * before it, by epoch, counter and hash. The links are collected while proofs are read, as rows of
 * fixed size in an external sort, because a history may have any number of epochs.
 *
 * <p>{@link #resolve} passes over the rows in the order of the predecessor that they name, then of
 * their own epoch, then of their signed statement. All epochs that name one predecessor are
 * therefore neighbours: more than one is a fork. Two rows of one epoch that name different
 * predecessors are a conflict, found because the first is kept by epoch. A row that is not the
 * first proof of its epoch is misplaced; copies of one statement are judged once.
 *
 * <p>A link is the word of the key that signed it. Whether the named proof was given is a second
 * question: {@link #find} passes over all records once more and looks for the wanted ones, by the
 * hash of the signed body and by that of the sealed proof, since spec 8 leaves open which is meant.
 * Only a predecessor that was found makes the report say {@code linked}; otherwise its place is
 * {@code named}.
 *
 * <p>Names of epochs are kept up to a limit, for people only; nothing is decided by them.
 */
final class EpochLinks implements AutoCloseable {
  private static final int MEMORY = 2 << 20;

  /**
   * What an epoch names as its predecessor.
   *
   * @param proof its proof
   * @param name its epoch's id
   */
  record Predecessor(NamedProof proof, String name) {}

  /**
   * A proof as an epoch link names it.
   *
   * @param epoch hash of id and key of its epoch
   * @param counter its counter
   * @param hash its hash
   */
  record NamedProof(Bytes epoch, Counter counter, Bytes hash) {}

  private final ExternalSort sort;
  private final Map<Bytes, String> names = new HashMap<>();
  private final Map<Bytes, Predecessor> predecessors = new HashMap<>();
  private final Set<NamedProof> found = new HashSet<>();
  private final int maxNames;

  EpochLinks(SpillFiles files, int maxNames) {
    sort = new ExternalSort(files, EpochLinkRow.SIZE, MEMORY);
    this.maxNames = maxNames;
  }

  void add(EpochLinkRow row, String predecessorName) throws ChainException {
    sort.add(row.encode());
    if (names.size() < maxNames) {
      names.putIfAbsent(row.before(), ChainKey.cut(predecessorName));
    }
  }

  /** What each epoch names as its predecessor; of several that with the lowest hash. */
  Map<Bytes, Predecessor> predecessors() {
    return predecessors;
  }

  /**
   * Looks for the proofs that are named, among all that were given. Spec 8 does not say which hash
   * of a proof an epoch link names: that of the signed body counts, and that of the sealed proof.
   */
  void find(RecordCursor records, ChainIndex index) throws ChainException {
    Set<NamedProof> wanted = new HashSet<>();
    predecessors.values().forEach(predecessor -> wanted.add(predecessor.proof()));
    while (!wanted.isEmpty() && records.advance()) {
      LinkRecord record = LinkRecord.decode(records.record());
      Bytes epoch = index.chain(record.chain()).epoch().hash();
      for (Bytes hash : List.of(record.signed(), record.sealed())) {
        record
            .counter()
            .map(counter -> new NamedProof(epoch, counter, hash))
            .filter(wanted::remove)
            .ifPresent(found::add);
      }
    }
  }

  /** Whether the proof that an epoch names is there. */
  boolean isFound(Predecessor predecessor) {
    return found.contains(predecessor.proof());
  }

  void resolve(ChainIndex index, Findings findings) throws ChainException {
    RecordCursor cursor = sort.sorted();
    Optional<EpochLinkRow> last = Optional.empty();
    List<EpochLinkRow> naming = new ArrayList<>();
    long epochs = 0;
    while (cursor.advance()) {
      EpochLinkRow row = EpochLinkRow.decode(cursor.record());
      boolean samePredecessor =
          last.isPresent() && last.get().predecessor().equals(row.predecessor());
      if (!samePredecessor) {
        fork(naming, epochs, index, findings);
        naming.clear();
        epochs = 0;
      }
      boolean sameEpoch = samePredecessor && last.get().epoch().equals(row.epoch());
      if (!sameEpoch) {
        epochs++;
        if (naming.size() < Finding.MAX_SOURCES) {
          naming.add(row);
        }
        note(row, index, findings);
      }
      if (!(sameEpoch && last.get().signed().equals(row.signed())) && !row.first()) {
        findings.add(
            at(
                FaultReason.EPOCH_LINK_MISPLACED,
                "links to an epoch before, and is not first",
                row,
                index));
      }
      last = Optional.of(row);
    }
    fork(naming, epochs, index, findings);
  }

  private void note(EpochLinkRow row, ChainIndex index, Findings findings) {
    NamedProof proof = new NamedProof(row.before(), row.prevCounter(), row.prevProofHash());
    Predecessor predecessor =
        new Predecessor(proof, names.getOrDefault(row.before(), "(not kept)"));
    if (predecessors.putIfAbsent(row.epoch(), predecessor) != null) {
      findings.add(
          at(
              FaultReason.EPOCH_LINK_CONFLICT,
              "names another predecessor of the epoch than another proof does",
              row,
              index));
    }
  }

  private static void fork(
      List<EpochLinkRow> naming, long epochs, ChainIndex index, Findings findings) {
    if (epochs > 1) {
      EpochLinkRow first = naming.get(0);
      List<Source> sources = naming.stream().map(EpochLinkRow::source).toList();
      findings.add(
          new Finding(FaultReason.EPOCH_FORK, epochs + " epochs name one predecessor")
              .on(index.chain(first.chain()), first.counter())
              .tie(first.predecessor())
              .from(sources, epochs));
    }
  }

  private static Finding at(FaultReason reason, String text, EpochLinkRow row, ChainIndex index) {
    return new Finding(reason, text)
        .on(index.chain(row.chain()), row.counter())
        .tie(row.signed())
        .from(row.source());
  }

  @Override
  public void close() throws ChainException {
    sort.close();
  }
}
