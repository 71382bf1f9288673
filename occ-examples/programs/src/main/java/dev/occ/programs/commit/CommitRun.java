package dev.occ.programs.commit;

import dev.occ.cli.Progress;
import dev.occ.client.OccClientException;
import dev.occ.enclave.program.StopRequest;
import dev.occ.epoch.EpochException;
import dev.occ.programs.kit.ProofFiles;
import dev.occ.programs.timestamp.Stamper;
import dev.occ.proof.Bytes;
import dev.occ.proof.Proof;
import dev.occ.signer.SignerException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The second pass of {@code occ commit}: hashes, commits and writes, a batch at a time, so that
 * whenever it ends, what was proven is on the disk and another run goes on from there.
 */
final class CommitRun implements ArtifactFiles.Visitor {
  /** A batch whose proofs would not fit is not begun. */
  private static final long SPACE_PER_PROOF = 16 * 1024;

  /** A file as it was when it was hashed. */
  private record Item(Path file, Path proof, Bytes digest, FileTime modified, long size) {
    boolean isUnchanged() throws IOException {
      BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
      return now.lastModifiedTime().equals(modified) && now.size() == size;
    }
  }

  /** A failure of the source, on its way out of the walk over the files. */
  static final class SourceFailedException extends IOException {
    private static final long serialVersionUID = 1L;

    SourceFailedException(Exception cause) {
      super(cause);
    }
  }

  private final ProofSource source;
  private final ProvenCheck check;
  private final CommitReport report;
  private final Progress progress;
  private final boolean force;
  private final StopRequest stop;
  private final FileTime started = FileTime.fromMillis(System.currentTimeMillis());
  private final List<Item> batch = new ArrayList<>();
  private @Nullable Path out;
  private Optional<Stamper> stamper = Optional.empty();

  CommitRun(
      ProofSource source,
      ProvenCheck check,
      CommitReport report,
      Progress progress,
      boolean force,
      StopRequest stop) {
    this.source = source;
    this.check = check;
    this.report = report;
    this.progress = progress;
    this.force = force;
    this.stop = stop;
  }

  /** Follows no links to folders below this one, where the proofs go. */
  CommitRun into(@Nullable Path folder) {
    out = folder;
    return this;
  }

  /** Has each proof stamped too, once its batch is on the disk: unstamped it is a proof as well. */
  CommitRun stampedBy(Optional<Stamper> authority) {
    stamper = authority;
    return this;
  }

  /**
   * Commits all of them, or as many as it can.
   *
   * @throws IOException if the disk or the source stops it; {@link SourceFailedException} for the
   *     source
   */
  void commit(ArtifactFiles files) throws IOException {
    try {
      files.visit(this);
      if (!stop.isStopped()) {
        commitBatch();
      }
    } finally {
      progress.clear();
    }
  }

  @Override
  public boolean file(Path file, Path proof) throws IOException {
    try {
      if (isToDo(file, proof)) {
        hash(file, proof);
      }
    } catch (SourceFailedException e) {
      throw e;
    } catch (IOException e) {
      progress.clear();
      report.unreadable(file, e); // it was readable a while ago: the others still count
    }
    if (batch.size() >= source.batchSize()) {
      commitBatch();
    }
    return !stop.isStopped();
  }

  /** What stood in a proof's place before this run began, the first pass has looked at. */
  private boolean isToDo(Path file, Path proof) throws IOException {
    if (!ProofFiles.isTaken(proof)) {
      return true;
    }
    boolean seen = !force && Files.getLastModifiedTime(proof).compareTo(started) < 0;
    if (seen) {
      return false;
    }
    Optional<String> difference = check.difference(file, proof);
    if (difference.isPresent() && !force) {
      report.inTheWay(difference.get());
    }
    return difference.isPresent() && force;
  }

  private void hash(Path file, Path proof) throws IOException {
    BasicFileAttributes before = Files.readAttributes(file, BasicFileAttributes.class);
    Bytes digest = ProvenCheck.hash(file).digest();
    Item item = new Item(file, proof, digest, before.lastModifiedTime(), before.size());
    if (item.isUnchanged()) {
      batch.add(item);
    } else {
      report.changed(file);
    }
    progress.advance(before.size(), report::status);
  }

  private void commitBatch() throws IOException {
    if (batch.isEmpty()) {
      return;
    }
    requireSpace();
    List<Proof> proofs = new ArrayList<>();
    try {
      source.commit(batch.stream().map(Item::digest).toList(), proofs::add, stop);
    } catch (OccClientException | EpochException | SignerException e) {
      throw new SourceFailedException(e);
    } finally {
      progress.clear();
      write(proofs);
      batch.clear();
    }
  }

  private void requireSpace() throws IOException {
    Path folder = batch.get(0).proof().toAbsolutePath().getParent();
    while (folder != null && !Files.exists(folder)) {
      folder = folder.getParent();
    }
    if (folder != null
        && Files.getFileStore(folder).getUsableSpace() < batch.size() * SPACE_PER_PROOF) {
      throw new IOException(
          folder + " has no space for " + batch.size() + " more proofs; they were not made");
    }
  }

  /**
   * Writes what it can; what it cannot is told in full, for it exists nowhere else. Stamps come
   * after all of them: an authority may take long, or never answer.
   */
  private void write(List<Proof> proofs) throws IOException {
    List<IOException> failures = new ArrayList<>();
    List<Path> written = new ArrayList<>();
    for (int i = 0; i < proofs.size(); i++) {
      Item item = batch.get(i);
      try {
        if (item.isUnchanged()) {
          int size = ProofFiles.write(item.proof(), proofs.get(i), force, out);
          report.proven(item.file(), item.proof(), proofs.get(i), size);
          written.add(item.proof());
        } else {
          report.changed(item.file());
        }
      } catch (IOException e) {
        report.unsaved(item.proof(), proofs.get(i), e);
        failures.add(e);
      }
    }
    stamper.ifPresent(authority -> written.forEach(proof -> stamp(authority, proof)));
    if (!failures.isEmpty()) {
      throw failures.get(0);
    }
  }

  private void stamp(Stamper authority, Path proof) {
    if (stop.isStopped()) {
      authority.leave(proof);
    } else {
      authority.stampOrReport(proof);
    }
  }
}
