package dev.occ.programs.anchor;

import dev.occ.anchor.AnchorSigner;
import dev.occ.proof.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Set;

/**
 * The file of an anchor key's private half: the Ed25519 seed (RFC 8032), 32 bytes in Base64 on one
 * line, readable for its owner alone.
 */
final class AnchorKeyFile {
  /** 44 characters and a line end. */
  private static final int MAX_LENGTH = 64;

  private static final Set<PosixFilePermission> OTHERS =
      EnumSet.complementOf(
          EnumSet.of(
              PosixFilePermission.OWNER_READ,
              PosixFilePermission.OWNER_WRITE,
              PosixFilePermission.OWNER_EXECUTE));

  private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private AnchorKeyFile() {}

  /**
   * Reads a key.
   *
   * @return a signer that the caller must close
   * @throws IOException if the file cannot be read, others can read it, or it holds no key
   */
  static AnchorSigner read(Path file) throws IOException {
    requireClosedToOthers(file);
    byte[] text;
    try (InputStream in = Files.newInputStream(file)) {
      text = in.readNBytes(MAX_LENGTH + 1);
    }
    byte[] seed = new byte[0];
    try {
      seed = seed(file, text);
      return AnchorSigner.ofSeed(seed);
    } finally {
      Arrays.fill(text, (byte) 0);
      Arrays.fill(seed, (byte) 0);
    }
  }

  private static byte[] seed(Path file, byte[] text) throws IOException {
    int length = text.length;
    while (length > 0 && (text[length - 1] == '\n' || text[length - 1] == '\r')) {
      length--;
    }
    try {
      if (text.length > MAX_LENGTH) {
        throw new IllegalArgumentException("too long");
      }
      // No text is made of it: a String could not be wiped.
      byte[] seed = Base64.getDecoder().decode(Arrays.copyOf(text, length));
      if (seed.length != AnchorSigner.SEED_LENGTH) {
        Arrays.fill(seed, (byte) 0);
        throw new IllegalArgumentException("not a seed");
      }
      return seed;
    } catch (IllegalArgumentException e) { // whose message may quote the key
      throw new FileSystemException(
          file.toString(), null, "is not an anchor key: 32 bytes in Base64 on one line");
    }
  }

  private static void requireClosedToOthers(Path file) throws IOException {
    if (!file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      return; // rights are another matter there
    }
    Set<PosixFilePermission> rights = EnumSet.noneOf(PosixFilePermission.class);
    rights.addAll(Files.getPosixFilePermissions(file));
    rights.retainAll(OTHERS);
    if (!rights.isEmpty()) {
      throw new FileSystemException(
          file.toString(), null, "is open to others than its owner; chmod 600 closes it");
    }
  }

  /**
   * Makes a key and its file.
   *
   * @param file must not exist
   * @return the public half, 32 bytes
   * @throws IOException if the file exists or cannot be written
   */
  static Bytes create(Path file) throws IOException {
    byte[] seed = new byte[AnchorSigner.SEED_LENGTH];
    new SecureRandom().nextBytes(seed);
    byte[] text = Base64.getEncoder().encode(seed);
    try (AnchorSigner signer = AnchorSigner.ofSeed(seed);
        FileChannel channel = open(file)) {
      ByteBuffer rest = ByteBuffer.wrap(text);
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
      ByteBuffer end = ByteBuffer.wrap("\n".getBytes(StandardCharsets.US_ASCII));
      channel.write(end);
      channel.force(true);
      return signer.publicKey().encoded();
    } finally {
      Arrays.fill(seed, (byte) 0);
      Arrays.fill(text, (byte) 0);
    }
  }

  private static FileChannel open(Path file) throws IOException {
    Set<StandardOpenOption> fresh =
        EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    return file.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? FileChannel.open(file, fresh, OWNER_ONLY)
        : FileChannel.open(file, fresh);
  }
}
