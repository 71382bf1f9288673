package dev.occ.programs.commit;

import dev.occ.programs.kit.ProofFiles;
import dev.occ.programs.kit.Screen;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The first of two passes over the files of {@code occ commit}: finds what would stop it, before
 * anything is made. Files are hashed only where something stands in the proof's place.
 */
final class CommitScan implements ArtifactFiles.Visitor {
  private static final int MAX_NAMED = 20;

  private final ProvenCheck check;
  private final boolean force;
  private final @Nullable Path out;
  private final Screen screen;
  private final List<String> inTheWay = new ArrayList<>();
  private long moreInTheWay;
  private long toDo;
  private long bytesToDo;
  private long proven;

  CommitScan(ProvenCheck check, boolean force, @Nullable Path out, Screen screen) {
    this.check = check;
    this.force = force;
    this.out = out;
    this.screen = screen;
  }

  @Override
  public boolean file(Path file, Path proof) throws IOException {
    ArtifactFiles.requireUsable(file, proof, out);
    Optional<String> difference =
        ProofFiles.isTaken(proof) ? check.difference(file, proof) : Optional.empty();
    if (ProofFiles.isTaken(proof) && difference.isEmpty()) {
      proven++;
      screen.ok(file + " already has a proof: " + proof);
    } else if (difference.isPresent() && !force) {
      addInTheWay(difference.get());
    } else {
      toDo++;
      bytesToDo += Files.size(file);
    }
    return true;
  }

  private void addInTheWay(String difference) {
    if (inTheWay.size() < MAX_NAMED) {
      inTheWay.add(difference);
    } else {
      moreInTheWay++;
    }
  }

  /** Files that need a proof. */
  long toDo() {
    return toDo;
  }

  /** The length of all of them. */
  long bytesToDo() {
    return bytesToDo;
  }

  /** Files that have a proof. */
  long proven() {
    return proven;
  }

  /** What stands in the place of a proof, a sentence each, the first of them. */
  List<String> inTheWay() {
    return inTheWay;
  }

  /** How many more of those there are. */
  long moreInTheWay() {
    return moreInTheWay;
  }
}
