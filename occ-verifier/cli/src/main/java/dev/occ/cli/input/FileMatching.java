package dev.occ.cli.input;

import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Which file each proof of a folder belongs to, as {@code commit} places them. */
public final class FileMatching {
  private enum Kind {
    NONE,
    BESIDE,
    BELOW
  }

  private final Kind kind;
  private final @Nullable Path files;

  private FileMatching(Kind kind, @Nullable Path files) {
    this.kind = kind;
    this.files = files;
  }

  /** No proof is compared with a file. */
  public static FileMatching none() {
    return new FileMatching(Kind.NONE, null);
  }

  /** Each proof stands beside its file. */
  public static FileMatching beside() {
    return new FileMatching(Kind.BESIDE, null);
  }

  /** The files are in a folder of their own, of the same tree as the folder of proofs. */
  public static FileMatching below(Path files) {
    return new FileMatching(Kind.BELOW, Objects.requireNonNull(files, "files"));
  }

  /** Whether a proof belongs to a file at all. */
  boolean matches() {
    return kind != Kind.NONE;
  }

  /** Whether files and proofs share their folders. */
  boolean isBeside() {
    return kind == Kind.BESIDE;
  }

  /**
   * The file of a proof.
   *
   * @param folder the folder that was named on the command line
   * @param proof a file below it
   */
  ArtifactFile of(Path folder, Path proof) {
    Path name = artifactName(proof);
    if (name == null) {
      return ArtifactFile.notNamed();
    }
    Path place = files == null ? proof : files.resolve(folder.relativize(proof));
    return ArtifactFile.at(place.resolveSibling(name));
  }

  /**
   * The name without its ending. A file's name is bytes, and not all of them are text in the
   * locale's character set; such a name goes through a URI, which keeps each byte.
   */
  private static @Nullable Path artifactName(Path proof) {
    Path name = proof.getFileName();
    if (name == null) {
      return null;
    }
    String text = name.toString();
    int length = text.length() - ArtifactFile.PROOF_SUFFIX.length();
    if (length <= 0 || !text.endsWith(ArtifactFile.PROOF_SUFFIX)) {
      return null;
    }
    if (isSpelt(name, text)) {
      return name.getFileSystem().getPath(text.substring(0, length));
    }
    String uri = proof.toUri().toString();
    return Path.of(URI.create(uri.substring(0, uri.length() - ArtifactFile.PROOF_SUFFIX.length())))
        .getFileName();
  }

  /** Where a file's proof stands. */
  static Path proofOf(Path file) {
    Path name = Objects.requireNonNull(file.getFileName(), "a file has a name");
    String text = name.toString();
    if (isSpelt(name, text)) {
      return file.resolveSibling(text + ArtifactFile.PROOF_SUFFIX);
    }
    URI uri = URI.create(file.toUri() + ArtifactFile.PROOF_SUFFIX);
    return file.resolveSibling(Objects.requireNonNull(Path.of(uri).getFileName(), "a name"));
  }

  private static boolean isSpelt(Path name, String text) {
    try {
      return name.getFileSystem().getPath(text).equals(name);
    } catch (InvalidPathException e) {
      return false;
    }
  }
}
