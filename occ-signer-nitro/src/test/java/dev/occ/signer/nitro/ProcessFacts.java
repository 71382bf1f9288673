package dev.occ.signer.nitro;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What Linux says of this process. */
final class ProcessFacts {
  private ProcessFacts() {}

  /** What the open descriptors stand for, without the jars and folders of the class path. */
  static List<String> openDescriptors() throws IOException {
    try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
      return descriptors
          .map(descriptor -> target(descriptor).toString())
          .filter(target -> !target.endsWith(".jar"))
          .sorted()
          .toList();
    }
  }

  /** Open descriptors of one file. */
  static int descriptorsOf(Path file) throws IOException {
    try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
      return (int) descriptors.filter(descriptor -> target(descriptor).equals(file)).count();
    }
  }

  private static Path target(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor);
    } catch (IOException e) {
      return descriptor; // closed since it was listed, by another thread
    }
  }

  /** Resident memory, after a collection has taken what is garbage. */
  static long residentKiB() throws IOException {
    System.gc();
    List<String> status = Files.readAllLines(Path.of("/proc/self/status"));
    for (String line : status) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("[^0-9]", ""));
      }
    }
    throw new IOException("no VmRSS in /proc/self/status");
  }
}
