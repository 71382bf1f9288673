package dev.occ.programs.commit;

import dev.occ.programs.kit.ProofFiles;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The files that a command's arguments name, and where their proofs belong. A folder stands for the
 * regular files below it, sorted by name folder by folder, except hidden ones (a name that starts
 * with a dot, folders too), proofs ({@code *.occ.json}), and links, which are not followed. What is
 * named itself is taken whatever it is called. Holds one folder's names at a time, not all files.
 */
final class ArtifactFiles {
  /** Takes files in order. */
  interface Visitor {
    /** A file and the place of its proof; false to be given no more. */
    boolean file(Path file, Path proof) throws IOException;
  }

  private record Root(Path path, boolean folder, Path proofs) {}

  private final List<Root> roots;
  private final boolean hidden;

  private ArtifactFiles(List<Root> roots, boolean hidden) {
    this.roots = roots;
    this.hidden = hidden;
  }

  /**
   * Checks the arguments.
   *
   * @param arguments files and folders
   * @param out where the proofs go: a file's at its top, a folder's tree under the folder's name;
   *     empty for beside each file
   * @param hidden whether hidden files are taken too
   * @throws IllegalArgumentException if two arguments would share a proof, or one holds the other
   * @throws IOException if one is not there
   */
  static ArtifactFiles of(List<Path> arguments, Optional<Path> out, boolean hidden)
      throws IOException {
    List<Root> roots = new ArrayList<>();
    for (Path argument : arguments) {
      if (!Files.exists(argument)) {
        throw new NoSuchFileException(argument.toString());
      }
      boolean folder = Files.isDirectory(argument);
      roots.add(new Root(argument, folder, folder ? tree(argument, out) : proof(argument, out)));
    }
    requireDistinctProofs(roots);
    requireDisjoint(roots);
    return new ArtifactFiles(roots, hidden);
  }

  /** Whether any argument is a folder. */
  boolean hasFolder() {
    return roots.stream().anyMatch(Root::folder);
  }

  private static Path proof(Path file, Optional<Path> out) {
    return ProofFiles.pathFor(file, out);
  }

  private static Path tree(Path folder, Optional<Path> out) {
    if (out.isEmpty()) {
      return folder;
    }
    Path name = folder.toAbsolutePath().normalize().getFileName();
    return name == null ? out.get() : out.get().resolve(name);
  }

  private static void requireDistinctProofs(List<Root> roots) {
    Map<Path, Path> places = new HashMap<>();
    for (Root root : roots) {
      Path place = root.proofs().toAbsolutePath().normalize();
      if (places.put(place, root.path()) != null) {
        throw new IllegalArgumentException(
            root.folder()
                ? "two folders would write their proofs to " + root.proofs()
                : "two files would write the proof " + root.proofs());
      }
    }
  }

  /** Sorted by their elements, whatever a folder holds comes after it. */
  private static void requireDisjoint(List<Root> roots) throws IOException {
    TreeMap<Path, Root> sorted = new TreeMap<>();
    for (Root root : roots) {
      Root twin = sorted.put(root.path().toRealPath(), root);
      if (twin != null) {
        throw overlap(twin, root);
      }
    }
    for (Map.Entry<Path, Root> entry : sorted.entrySet()) {
      for (Path up = entry.getKey().getParent(); up != null; up = up.getParent()) {
        Root above = sorted.get(up);
        if (above != null) {
          throw overlap(above, entry.getValue());
        }
      }
    }
  }

  private static IllegalArgumentException overlap(Root one, Root other) {
    return new IllegalArgumentException(
        other.path() + " is given twice: it is " + one.path() + ", or in it");
  }

  /**
   * Visits every file.
   *
   * @throws IOException if a folder cannot be read, or the visitor throws it
   */
  void visit(Visitor visitor) throws IOException {
    for (Root root : roots) {
      boolean goOn =
          root.folder()
              ? visit(root.path(), root.proofs(), visitor)
              : visitor.file(root.path(), root.proofs());
      if (!goOn) {
        return;
      }
    }
  }

  private boolean visit(Path folder, Path proofs, Visitor visitor) throws IOException {
    for (Path name : sortedNames(folder)) {
      Path entry = folder.resolve(name);
      boolean goOn = true;
      if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
        goOn = visit(entry, proofs.resolve(name), visitor);
      } else if (Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS)) {
        goOn = visitor.file(entry, ProofFiles.pathFor(entry, Optional.of(proofs)));
      }
      if (!goOn) {
        return false;
      }
    }
    return true;
  }

  /** Names alone, as paths: a name that the locale cannot spell is one too. */
  private List<Path> sortedNames(Path folder) throws IOException {
    List<Path> names = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
      for (Path entry : stream) {
        Path name = entry.getFileName();
        if (name != null && isTaken(name.toString())) {
          names.add(name);
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    Collections.sort(names);
    return names;
  }

  private boolean isTaken(String name) {
    return (hidden || !name.startsWith("."))
        && !name.endsWith(ProofFiles.SUFFIX)
        && !ProofFiles.isTemporary(name);
  }

  /**
   * Checks that a file can be read and a proof written in its place.
   *
   * @param out the folder that the proofs go to, below which no links are followed, if one is named
   * @throws FileSystemException if not
   */
  static void requireUsable(Path file, Path proof, @Nullable Path out) throws FileSystemException {
    if (!Files.isReadable(file)) {
      throw Files.exists(file)
          ? new AccessDeniedException(file.toString())
          : new NoSuchFileException(file.toString());
    }
    if (out != null) {
      ProofFiles.requireNoLinks(proof, out);
    }
    Path folder = proof.toAbsolutePath().getParent();
    while (folder != null && !Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      folder = folder.getParent();
    }
    if (folder != null && !Files.isDirectory(folder)) {
      throw new FileSystemException(folder.toString(), null, "is not a folder");
    }
    if (folder != null && !Files.isWritable(folder)) {
      throw new AccessDeniedException(folder.toString());
    }
  }
}
