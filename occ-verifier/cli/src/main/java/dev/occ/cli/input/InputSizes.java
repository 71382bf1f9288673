package dev.occ.cli.input;

import dev.occ.cli.InputFiles;
import dev.occ.cli.UnusableInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/** How much there is to read, for a progress bar; what cannot be told does not count. */
public final class InputSizes {
  private InputSizes() {}

  /** The bytes of all files; empty if some input has no known end. */
  public static OptionalLong total(List<String> arguments) throws UnusableInputException {
    Sum sum = new Sum();
    for (String argument : arguments) {
      if (InputFiles.STANDARD_INPUT.equals(argument)) {
        return OptionalLong.empty();
      }
      Path path = InputFiles.path(argument);
      if (Files.isDirectory(path)) {
        ProofFolder.visit(path, sum);
      } else {
        sum.file(path);
      }
    }
    return OptionalLong.of(sum.bytes);
  }

  private static final class Sum implements ProofFolder.FileVisitor {
    private long bytes;

    @Override
    public boolean file(Path file) {
      try {
        bytes += Files.size(file);
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
