package dev.occ.verifier.chain;

import com.google.errorprone.annotations.CheckReturnValue;
import dev.occ.proof.Bytes;
import dev.occ.proof.Proof;
import dev.occ.verifier.Rejected;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * One history under verification: proofs in, a report out. Documents are verified by threads of its
 * own, a bounded number at a time; {@code add} waits when all are busy.
 *
 * <p>For use by one thread. After a {@link ChainException} nothing but {@link #close()} makes
 * sense.
 */
@CheckReturnValue
public final class ChainVerification implements AutoCloseable {
  private static final int PENDING_PER_THREAD = 16;
  private static final int LOG_MEMORY = 4 << 20;

  private final ChainVerifier.Builder settings;
  private final ExecutorService threads;
  private final Queue<Pending> pending = new ArrayDeque<>();
  private final SpillFiles files;
  private final SourceNames names;
  private final SpillLog log;
  private final Anchors anchors;
  private final EpochLinks epochLinks;
  private final Lanes lanes;
  private final Findings findings;
  private final InLineCheck inLine = new InLineCheck();
  private long documents;
  private boolean finished;

  private record Pending(String source, Future<Judged> judged) {}

  ChainVerification(ChainVerifier.Builder settings) {
    this.settings = settings;
    threads = Executors.newFixedThreadPool(settings.threads, ChainVerification::thread);
    files = new SpillFiles(settings.temporaryFolder);
    names = new SourceNames(files);
    log = new SpillLog(files, LOG_MEMORY);
    anchors = new Anchors(files);
    epochLinks = new EpochLinks(files, settings.maxChains);
    lanes = new Lanes(settings.maxChains);
    findings = new Findings(settings.maxFaultsPerReason);
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "occ-chain-verifier");
    thread.setDaemon(true); // a caller that forgets to close must not keep the process alive
    return thread;
  }

  /**
   * Adds a document.
   *
   * @param source where it came from, for the report; cut after 4096 characters
   * @param document a proof's document, at most 1 MiB of UTF-8; anything else is reported
   * @throws ChainException if the check cannot go on
   */
  public void add(String source, byte[] document) throws ChainException {
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(document, "document");
    requireOpen();
    pending.add(
        new Pending(
            source, threads.submit(() -> ChainVerifier.judge(settings.verifier, document))));
    drain(settings.threads * PENDING_PER_THREAD);
  }

  /**
   * Adds a proof that was read already.
   *
   * @param source where it came from, for the report
   * @param proof the proof
   * @throws ChainException if the check cannot go on
   */
  public void add(String source, Proof proof) throws ChainException {
    add(source, proof.toBytes());
  }

  /**
   * How many documents were judged so far.
   *
   * @return some fewer than were added
   */
  public long judged() {
    return documents;
  }

  /**
   * How many of those judged so far were not valid.
   *
   * @return invalid documents
   */
  public long invalid() {
    return findings.total(FaultReason.INVALID_PROOF);
  }

  /**
   * The report about all that was added. To be called once, at the end.
   *
   * @return the report
   * @throws ChainException if the check cannot be carried out
   */
  public ChainReport finish() throws ChainException {
    requireOpen();
    drain(0);
    finished = true;
    threads.shutdown();
    ReportLimits limits = limits();
    try (LinkJoin join = new LinkJoin(files)) {
      HistoryWalk walk = new HistoryWalk(files, lanes, findings, join, limits);
      if (inLine.isInLine()) {
        walk.inLine(records());
      } else {
        walk.sorted(records(), findings);
      }
      if (!join.isEmpty()) {
        RecordCursor all = records();
        while (all.advance()) {
          join.offer(LinkRecord.decode(all.record()));
        }
        join.resolve(lanes, findings, (lane, from) -> walk.of(lane).forked(from));
      }
      anchors.resolve(lanes, findings, settings.anchorVisitor);
      epochLinks.resolve(lanes, findings);
      epochLinks.find(records(), lanes);
      return new ReportMaker(lanes, walk, findings, epochLinks, limits)
          .report(documents, settings.partial, names);
    }
  }

  private ReportLimits limits() {
    int chains = lanes.lanes().size();
    return new ReportLimits(
        settings.maxListedChains, ReportLimits.rangesFor(chains), ReportLimits.partsFor(chains));
  }

  private RecordCursor records() {
    return new LogCursor(log, LinkRecord.SIZE, 1 << 20);
  }

  /** Takes results in the order of the documents until no more than so many are outstanding. */
  private void drain(int outstanding) throws ChainException {
    while (pending.size() > outstanding) {
      Pending next = pending.remove();
      documents++;
      take(next.source(), result(next.judged()));
    }
  }

  private static Judged result(Future<Judged> judged) throws ChainException {
    try {
      if (Thread.interrupted()) {
        throw new InterruptedException(); // a result that is there already does not ask
      }
      return judged.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ChainException(ChainException.Reason.INTERRUPTED, "interrupted", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("a verifier answers whatever the input is", e.getCause());
    }
  }

  private void take(String sourceName, Judged judged) throws ChainException {
    Source source = names.add(sourceName);
    if (judged instanceof Judged.Invalid invalid) {
      findings.add(invalid(invalid.why(), source, SourceNames.cut(sourceName)));
      return;
    }
    Judged.Valid valid = (Judged.Valid) judged;
    Lanes.Lane lane = lanes.lane(valid.key());
    LinkRecord record = valid.record().at(lane.number(), source);
    if (valid.forms().isEmpty()) {
      append(record);
      inLine.accept(record);
    } else {
      inLine.notInLine();
      boolean alternate = false;
      for (SealedForm form : valid.forms()) {
        append(record.as(form.hash(), alternate, names.add(form.text())));
        alternate = true;
      }
    }
    if (valid.anchor() instanceof EthereumAnchor anchor) {
      anchors.add(new AnchorRow(anchor, source, lane.number(), record.counter()));
    }
    if (valid.epochLink().isPresent()) {
      epochLinks.add(
          EpochLinkRow.of(valid.epochLink().get(), record, lane.epoch().hash()),
          valid.epochLink().get().prevEpochId());
    }
  }

  private void append(LinkRecord record) throws ChainException {
    byte[] bytes = record.encode();
    log.append(bytes, 0, bytes.length);
  }

  private static Finding invalid(Rejected why, Source source, String name) {
    String text = why.text() + why.pointer().map(pointer -> " (" + pointer + ")").orElse("");
    return new Finding(FaultReason.INVALID_PROOF, LaneKey.cut(text))
        .detail(why.reason().code())
        .tie(Bytes.of(name.getBytes(StandardCharsets.UTF_8)))
        .from(source);
  }

  private void requireOpen() {
    if (finished) {
      throw new IllegalStateException("the history is finished");
    }
  }

  /**
   * Ends the threads and gives back what temporary files hold.
   *
   * @throws ChainException if a temporary file cannot be closed
   */
  @Override
  public void close() throws ChainException {
    finished = true;
    threads.shutdownNow();
    pending.clear();
    try (names;
        log;
        anchors;
        epochLinks) {
      inLine.forget();
    }
  }
}
