package dev.occ.programs.kit;

import dev.occ.cli.input.ArtifactFile;
import dev.occ.json.JsonLimits;
import dev.occ.proof.Proof;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Where proofs are kept: beside their artifact, as {@code FILE.occ.json}. */
public final class ProofFiles {
  public static final String SUFFIX = ArtifactFile.PROOF_SUFFIX;

  /** A longer document is not a proof (spec 1). */
  public static final int MAX_LENGTH = JsonLimits.DEFAULT.maxBytes();

  private static final String TEMPORARY_START = ".occ-";
  private static final String TEMPORARY_END = ".tmp";

  private ProofFiles() {}

  /**
   * The name of an artifact's proof.
   *
   * @param artifact the artifact's file
   * @param folder where the proof belongs; empty for beside the artifact
   */
  public static Path pathFor(Path artifact, Optional<Path> folder) {
    Path name = artifact.toAbsolutePath().getFileName();
    if (name == null) {
      throw new IllegalArgumentException("a file system's root is not an artifact");
    }
    Path proofName = proofName(artifact, name);
    return folder
        .map(f -> f.resolve(proofName))
        .orElseGet(() -> artifact.resolveSibling(proofName));
  }

  /**
   * A file's name is bytes, and not all of them are text in the locale's character set. Such a name
   * goes through a URI, which keeps each byte; as text it would be another name, or none.
   */
  private static Path proofName(Path artifact, Path name) {
    String text = name.toString();
    if (isSpelt(name, text)) {
      return name.getFileSystem().getPath(text + SUFFIX);
    }
    String uri = artifact.toAbsolutePath().toUri().toString();
    String file = uri.endsWith("/") ? uri.substring(0, uri.length() - 1) : uri; // now a folder
    return Objects.requireNonNull(Path.of(URI.create(file + SUFFIX)).getFileName(), "a name");
  }

  private static boolean isSpelt(Path name, String text) {
    try {
      return name.getFileSystem().getPath(text).equals(name);
    } catch (InvalidPathException e) {
      return false;
    }
  }

  /** Whether a name is one under which {@link #write} writes before it renames. */
  public static boolean isTemporary(String name) {
    return name.startsWith(TEMPORARY_START) && name.endsWith(TEMPORARY_END);
  }

  /** Whether something, a dangling link too, has that name. */
  public static boolean isTaken(Path path) {
    return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
  }

  /** A file's content; of a longer one than a proof may be, one byte more, to be refused. */
  public static byte[] read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(MAX_LENGTH + 1);
    }
  }

  /**
   * Writes a proof so that the name holds all of it or, after a crash, none: into a new file in the
   * same folder, forced to the disk, and renamed. Missing folders are made.
   *
   * @param replace whether a file of that name may be replaced; if not, one that appears between
   *     the check and the renaming would still be
   * @return the number of bytes
   * @throws FileAlreadyExistsException if the name is taken and must not be replaced
   */
  public static int write(Path path, Proof proof, boolean replace) throws IOException {
    return write(path, proof.toPrettyBytes(), replace);
  }

  /**
   * As {@link #write(Path, Proof, boolean)}, and follows no links to folders below one.
   *
   * @param out the folder that the user named, which may be a link itself; null to follow links
   * @throws FileSystemException if a folder on the way from there is a link
   */
  public static int write(Path path, Proof proof, boolean replace, @Nullable Path out)
      throws IOException {
    return write(path, proof.toPrettyBytes(), replace, out);
  }

  /** As {@link #write(Path, Proof, boolean)}, for any document. */
  public static int write(Path path, byte[] document, boolean replace) throws IOException {
    return write(path, document, replace, null);
  }

  /**
   * Checks that there is no link to a folder on the way to a proof.
   *
   * @param path the proof's path
   * @param out a folder above it
   * @throws FileSystemException if there is one
   */
  public static void requireNoLinks(Path path, Path out) throws FileSystemException {
    Path top = out.toAbsolutePath();
    Path folder = path.toAbsolutePath().getParent();
    while (folder != null && folder.startsWith(top) && !folder.equals(top)) {
      if (Files.isSymbolicLink(folder)) {
        throw new FileSystemException(
            folder.toString(), null, "is a link, and --out follows none below its folder");
      }
      folder = folder.getParent();
    }
  }

  private static int write(Path path, byte[] document, boolean replace, @Nullable Path out)
      throws IOException {
    Path target = path.toAbsolutePath();
    Path folder = target.getParent();
    if (folder == null) {
      throw new IllegalArgumentException("a file system's root is not a proof");
    }
    if (out != null) {
      requireNoLinks(path, out);
    }
    Files.createDirectories(folder);
    if (out != null) {
      requireNoLinks(path, out); // a folder may have been exchanged meanwhile
    }
    Path temporary = folder.resolve(TEMPORARY_START + UUID.randomUUID() + TEMPORARY_END);
    try {
      writeForced(temporary, document);
      if (!replace && isTaken(target)) {
        throw new FileAlreadyExistsException(path.toString());
      }
      Path moved = Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
      forceFolder(moved);
    } finally {
      Files.deleteIfExists(temporary);
    }
    return document.length;
  }

  private static void writeForced(Path path, byte[] document) throws IOException {
    try (FileChannel file =
        FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      ByteBuffer rest = ByteBuffer.wrap(document);
      while (rest.hasRemaining()) {
        if (file.write(rest) == 0) {
          throw new IOException(path + ": the file system is full or the file is too large");
        }
      }
      file.force(true);
    }
  }

  /** Makes the new name last; only POSIX systems let a folder be opened for that. */
  private static void forceFolder(Path file) throws IOException {
    Path folder = file.getParent();
    if (folder == null || !file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      return;
    }
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
