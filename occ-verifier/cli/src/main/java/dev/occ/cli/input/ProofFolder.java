package dev.occ.cli.input;

import dev.occ.cli.UnusableInputException;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The proof files below a folder, sorted by name folder by folder. Links to folders are not
 * followed, so there are no loops. Only regular files and links to them are read: whoever fills the
 * folder could hold up everything with a pipe or a link to an endless device.
 */
final class ProofFolder {
  /** Takes files in order. */
  interface FileVisitor {
    /** A file; false to be given no more. */
    boolean file(Path file) throws UnusableInputException;

    /** A regular file beside which there is no proof; hidden ones are passed over. */
    default void unproven(Path file) {}

    /** A folder or file that cannot be read; false to be given no more. */
    boolean unreadable(Path path, IOException e) throws UnusableInputException;
  }

  private ProofFolder() {}

  /** Visits every file; false if the visitor wanted no more. */
  static boolean visit(Path folder, FileVisitor visitor) throws UnusableInputException {
    List<Path> entries;
    try {
      entries = sortedEntries(folder);
    } catch (IOException e) {
      return visitor.unreadable(folder, e);
    }
    Set<Path> names = new HashSet<>(entries);
    for (Path entry : entries) {
      boolean goOn = true;
      if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
        goOn = visit(entry, visitor);
      } else if (isProofFile(entry, names) && !Files.isDirectory(entry)) {
        goOn = isRead(entry) ? visitor.file(entry) : visitor.unreadable(entry, notRegular());
      } else if (isUnproven(entry, names)) {
        visitor.unproven(entry);
      }
      if (!goOn) {
        return false;
      }
    }
    return true;
  }

  private static List<Path> sortedEntries(Path folder) throws IOException {
    List<Path> entries = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
      for (Path entry : stream) {
        entries.add(entry);
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    Collections.sort(entries);
    return entries;
  }

  /** A link that leads nowhere is left to the reader, which says so. */
  private static boolean isRead(Path entry) {
    return Files.isRegularFile(entry) || !Files.exists(entry);
  }

  private static IOException notRegular() {
    return new IOException("not a regular file");
  }

  /** A JSON file that has a proof beside it is an artifact, unless it is called a proof. */
  private static boolean isProofFile(Path entry, Set<Path> names) {
    String name = entry.toString();
    return name.endsWith(ArtifactFile.PROOF_SUFFIX)
        || ((name.endsWith(".json") || isLines(entry))
            && !names.contains(FileMatching.proofOf(entry)));
  }

  private static boolean isUnproven(Path entry, Set<Path> names) {
    return Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS)
        && !entry.getFileName().toString().startsWith(".")
        && !names.contains(FileMatching.proofOf(entry));
  }

  /** Whether a file's name says that it holds one proof a line. */
  static boolean isLines(Path file) {
    return file.toString().endsWith(".jsonl");
  }
}
