package dev.occ.verifier.chain;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Makes temporary files that have lost their name before the first byte is written, so that their
 * space comes back however the process ends. Where the system refuses that, they go when they are
 * closed.
 */
final class SpillFiles {
  /** What can go wrong in a temporary file. */
  interface Opener {
    FileChannel open(Path file) throws IOException;
  }

  private final Path folder;
  private final Opener opener;

  SpillFiles(Path folder) {
    this(folder, SpillFiles::openNameless);
  }

  /** For tests that let writing fail. */
  SpillFiles(Path folder, Opener opener) {
    this.folder = folder;
    this.opener = opener;
  }

  /** An empty file for reading and writing, readable by this user only. */
  FileChannel open() throws ChainException {
    try {
      return opener.open(Files.createTempFile(folder, "occ-chain-", ".tmp"));
    } catch (IOException e) {
      throw failed("make", e);
    }
  }

  ChainException failed(String what, IOException e) {
    return new ChainException(
        ChainException.Reason.TEMPORARY_FILE,
        "cannot " + what + " a temporary file in " + folder + ": " + e.getMessage(),
        e);
  }

  private static FileChannel openNameless(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE);
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      return channel; // a system that keeps the names of open files: it goes when it is closed
    }
    return channel;
  }
}
