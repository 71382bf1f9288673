package dev.occ.programs.commit;

import dev.occ.programs.kit.ProofFiles;
import dev.occ.programs.kit.Screen;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The first of two passes over the files of {@code occ commit}: finds what would stop it, before
 * anything is made. Files are hashed only where something stands in the proof's place.
 */
final class CommitScan implements ArtifactFiles.Visitor {
  private static final int MAX_NAMED = 20;

  private final ProvenCheck check;
  private final boolean force;
  private final Screen screen;
  private final List<Path> inTheWay = new ArrayList<>();
  private long moreInTheWay;
  private long toDo;
  private long bytesToDo;
  private long proven;

  CommitScan(ProvenCheck check, boolean force, Screen screen) {
    this.check = check;
    this.force = force;
    this.screen = screen;
  }

  @Override
  public boolean file(Path file, Path proof) throws IOException {
    ArtifactFiles.requireUsable(file, proof);
    if (ProofFiles.isTaken(proof) && check.isProven(file, proof)) {
      proven++;
      screen.ok(file + " already has a proof: " + proof);
    } else if (ProofFiles.isTaken(proof) && !force) {
      addInTheWay(proof);
    } else {
      toDo++;
      bytesToDo += Files.size(file);
    }
    return true;
  }

  private void addInTheWay(Path proof) {
    if (inTheWay.size() < MAX_NAMED) {
      inTheWay.add(proof);
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

  /** What stands in the place of a proof, the first of them. */
  List<Path> inTheWay() {
    return inTheWay;
  }

  /** How many more of those there are. */
  long moreInTheWay() {
    return moreInTheWay;
  }
}
