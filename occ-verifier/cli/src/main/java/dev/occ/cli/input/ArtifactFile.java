package dev.occ.cli.input;

import dev.occ.cli.InputFiles;
import dev.occ.proof.Bytes;
import dev.occ.verifier.ArtifactDigest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.util.Objects;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The file that a proof in a folder belongs to, which its name tells: {@code X} of {@code
 * X.occ.json}. It is read once, however many proofs are compared with it. Thread-safe.
 */
public final class ArtifactFile {
  /** How the name of a file's proof ends. */
  public static final String PROOF_SUFFIX = ".occ.json";

  private static final int BUFFER_SIZE = 256 * 1024;

  /** Why a file cannot be compared. */
  public enum Fault {
    /** The proof's name does not end in {@code .occ.json}, so it belongs to no file. */
    NOT_NAMED("file-not-named"),
    /** There is no such file, or its link leads nowhere. */
    MISSING("file-missing"),
    /** A folder, a pipe or a device. */
    NOT_REGULAR("file-not-regular"),
    /** The file changed while it was read. */
    CHANGED("file-changed"),
    /** The file system refused to read it; nothing is known about the proof's artifact. */
    NOT_READABLE("file-not-readable");

    private final String code;

    Fault(String code) {
      this.code = code;
    }

    /** The stable name in machine-readable output. */
    public String code() {
      return code;
    }
  }

  /** What a file holds, or why that is unknown. */
  public sealed interface Content {}

  /** A file that was read to its end and did not change meanwhile. */
  public record Hashed(ArtifactDigest digest) implements Content {
    /** Checks that there is a digest. */
    public Hashed {
      Objects.requireNonNull(digest, "digest");
    }
  }

  /** A file that cannot be compared; the text is one sentence, not yet fit for a terminal. */
  public record NotComparable(Fault fault, String text) implements Content {
    /** Checks that both are there. */
    public NotComparable {
      Objects.requireNonNull(fault, "fault");
      Objects.requireNonNull(text, "text");
    }
  }

  private final @Nullable Path path;
  private @Nullable Content content;

  private ArtifactFile(@Nullable Path path) {
    this.path = path;
  }

  static ArtifactFile at(Path path) {
    return new ArtifactFile(Objects.requireNonNull(path, "path"));
  }

  /** Of a proof whose name does not tell a file. */
  static ArtifactFile notNamed() {
    return new ArtifactFile(null);
  }

  /** The file's path as it is shown; empty text if the proof's name does not tell one. */
  public String name() {
    return path == null ? "" : path.toString();
  }

  /** How many bytes there are to read; 0 if that cannot be told. */
  long size() {
    try {
      return path == null || !Files.isRegularFile(path) ? 0 : Files.size(path);
    } catch (IOException e) {
      return 0; // reading it will tell; a bar is no reason to stop
    }
  }

  /**
   * Reads the file, unless that was done before.
   *
   * @param progress takes the number of bytes read, time and again; on the calling thread
   */
  public synchronized Content content(LongConsumer progress) {
    if (content == null) {
      content = path == null ? notNamedContent() : read(path, progress);
    }
    return content;
  }

  private static Content notNamedContent() {
    return new NotComparable(
        Fault.NOT_NAMED,
        "its name does not end in "
            + PROOF_SUFFIX
            + ", so it belongs to no file (--proofs-only judges proofs alone)");
  }

  private static Content read(Path path, LongConsumer progress) {
    try {
      if (!Files.exists(path)) {
        String text =
            Files.exists(path, LinkOption.NOFOLLOW_LINKS) ? "leads nowhere" : "is missing";
        return new NotComparable(Fault.MISSING, path + " " + text);
      }
      BasicFileAttributes before = Files.readAttributes(path, BasicFileAttributes.class);
      if (!before.isRegularFile()) {
        return new NotComparable(
            Fault.NOT_REGULAR, path + (before.isDirectory() ? " is a folder" : " is not a file"));
      }
      Content hashed = hash(path, before.size(), progress);
      return isUnchanged(before, Files.readAttributes(path, BasicFileAttributes.class))
          ? hashed
          : changed(path);
    } catch (IOException e) {
      return new NotComparable(Fault.NOT_READABLE, path + " cannot be read: " + InputFiles.why(e));
    }
  }

  /** Reads no more than the file had at the beginning: one that grows without end has changed. */
  private static Content hash(Path path, long size, LongConsumer progress) throws IOException {
    MessageDigest sha256 = Bytes.newSha256();
    long left = size;
    try (InputStream in = Files.newInputStream(path)) {
      byte[] buffer = new byte[BUFFER_SIZE];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        left -= read;
        if (left < 0) {
          return changed(path);
        }
        sha256.update(buffer, 0, read);
        progress.accept(read);
      }
    }
    return left == 0 ? new Hashed(ArtifactDigest.of(Bytes.of(sha256.digest()))) : changed(path);
  }

  private static boolean isUnchanged(BasicFileAttributes before, BasicFileAttributes after) {
    return after.isRegularFile()
        && after.size() == before.size()
        && after.lastModifiedTime().equals(before.lastModifiedTime())
        && Objects.equals(after.fileKey(), before.fileKey());
  }

  private static Content changed(Path path) {
    return new NotComparable(Fault.CHANGED, path + " changed while it was read");
  }
}
