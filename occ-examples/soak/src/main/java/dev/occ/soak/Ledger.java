package dev.occ.soak;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.occ.proof.Proof;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Every proof that was handed out, one a line in a file for each epoch, with the time of its
 * request beside it; and every request whose outcome the load does not know. Thread-safe.
 */
final class Ledger implements AutoCloseable {
  private final Path folder;

  @GuardedBy("this")
  private final Map<String, EpochFiles> epochs = new LinkedHashMap<>();

  @GuardedBy("this")
  private final List<CutOff> settled = new ArrayList<>();

  @GuardedBy("this")
  private final List<CutOff> open = new ArrayList<>();

  @GuardedBy("this")
  private long throughParent;

  /**
   * A request whose proofs, or some of them, nobody received.
   *
   * @param chain its chain
   * @param digests how many proofs it can have made at most
   * @param sent when it was sent, by {@code System.nanoTime}
   * @param ended when nothing of it was under way any more
   */
  record CutOff(String chain, int digests, long sent, long ended) {}

  private record EpochFiles(OutputStream proofs, OutputStream times) {}

  Ledger(Path folder) throws IOException {
    this.folder = Files.createDirectories(folder);
  }

  /** Writes proofs that one request, sent at some time, gave. */
  synchronized void handedOut(List<Proof> proofs, long sent, boolean byParent) throws IOException {
    long now = System.nanoTime();
    for (Proof proof : proofs) {
      EpochFiles files = files(proof.commit().epochId().orElse(""));
      files.proofs.write(proof.toBytes());
      files.proofs.write('\n');
      String time =
          proof.commit().chain()
              + " "
              + proof.commit().counter().map(Object::toString).orElse("-")
              + " "
              + sent
              + " "
              + now
              + "\n";
      files.times.write(time.getBytes(StandardCharsets.UTF_8));
    }
    throughParent += byParent ? proofs.size() : 0;
  }

  @GuardedBy("this")
  private EpochFiles files(String epochId) throws IOException {
    EpochFiles files = epochs.get(epochId);
    if (files == null) {
      int number = epochs.size();
      files = new EpochFiles(file(proofsOf(folder, number)), file(timesOf(folder, number)));
      epochs.put(epochId, files);
    }
    return files;
  }

  private static OutputStream file(Path path) throws IOException {
    return new BufferedOutputStream(Files.newOutputStream(path), 1 << 16);
  }

  static Path proofsOf(Path folder, int number) {
    return folder.resolve("epoch-" + number + ".jsonl");
  }

  static Path timesOf(Path folder, int number) {
    return folder.resolve("epoch-" + number + ".times");
  }

  synchronized void cutOff(String chain, int digests, long sent) {
    open.add(new CutOff(chain, digests, sent, Long.MAX_VALUE));
  }

  /** Nothing is under way now: whatever requests that were cut off did, they have done. */
  synchronized void settle() throws IOException {
    long now = System.nanoTime();
    for (CutOff cut : open) {
      settled.add(new CutOff(cut.chain(), cut.digests(), cut.sent(), now));
    }
    open.clear();
    for (EpochFiles files : epochs.values()) {
      files.proofs.flush();
      files.times.flush();
    }
  }

  synchronized List<CutOff> cutOffs() {
    return List.copyOf(settled);
  }

  /** The epochs in the order in which their first proofs came: the numbers of their files. */
  synchronized List<String> epochIds() {
    return List.copyOf(epochs.keySet());
  }

  synchronized long throughParent() {
    return throughParent;
  }

  Path folder() {
    return folder;
  }

  @Override
  public synchronized void close() throws IOException {
    for (EpochFiles files : epochs.values()) {
      files.proofs.close();
      files.times.close();
    }
  }
}
