package dev.occ.cli.input;

import dev.occ.cli.InputFiles;
import dev.occ.cli.UnusableInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** How much there is to read, for a progress bar; what cannot be told does not count. */
public final class InputSizes {
  private InputSizes() {}

  /** The bytes of all files; empty if some input has no known end. */
  public static OptionalLong total(List<String> arguments) throws UnusableInputException {
    return total(arguments, FileMatching.none());
  }

  /** The same with the files that the proofs of folders are compared with. */
  public static OptionalLong total(List<String> arguments, FileMatching matching)
      throws UnusableInputException {
    Sum sum = new Sum(matching);
    for (String argument : arguments) {
      if (InputFiles.STANDARD_INPUT.equals(argument)) {
        return OptionalLong.empty();
      }
      Path path = InputFiles.path(argument);
      if (Files.isDirectory(path)) {
        sum.folder = path;
        ProofFolder.visit(path, sum);
        sum.folder = null;
      } else {
        sum.file(path);
      }
    }
    return OptionalLong.of(sum.bytes);
  }

  private static final class Sum implements ProofFolder.FileVisitor {
    private final FileMatching matching;
    private @Nullable Path folder;
    private long bytes;

    Sum(FileMatching matching) {
      this.matching = matching;
    }

    @Override
    public boolean file(Path file) {
      try {
        bytes += Files.size(file);
        if (folder != null && matching.matches()) {
          bytes += matching.of(folder, file).size();
        }
      } catch (IOException e) {
        return true; // reading it will tell; a bar is no reason to stop
      }
      return true;
    }

    @Override
    public boolean unreadable(Path path, IOException e) {
      return true; // as above
    }
  }
}
