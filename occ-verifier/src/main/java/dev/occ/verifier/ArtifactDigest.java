package dev.occ.verifier;

import com.google.errorprone.annotations.CheckReturnValue;
import dev.occ.proof.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * The artifact that a proof is checked against, known by its SHA-256 digest.
 *
 * @param digest 32 bytes
 */
@CheckReturnValue
public record ArtifactDigest(Bytes digest) {
  private static final int LENGTH = 32;
  private static final int BUFFER_SIZE = 64 * 1024;

  /**
   * Checks the length.
   *
   * @param digest 32 bytes
   * @throws IllegalArgumentException if it is of another length
   */
  public ArtifactDigest {
    if (digest.size() != LENGTH) {
      throw new IllegalArgumentException("a SHA-256 digest has 32 bytes, not " + digest.size());
    }
  }

  /**
   * An artifact by its digest.
   *
   * @param digest its SHA-256 digest, 32 bytes
   * @return the artifact
   * @throws IllegalArgumentException if the digest is of another length
   */
  public static ArtifactDigest of(Bytes digest) {
    return new ArtifactDigest(digest);
  }

  /**
   * An artifact by its digest in hex, as {@code sha256sum} prints it.
   *
   * @param sha256 64 hex digits in lower or upper case
   * @return the artifact
   * @throws IllegalArgumentException if the text is anything else
   */
  public static ArtifactDigest ofHex(String sha256) {
    if (sha256.length() != 2 * LENGTH) {
      throw new IllegalArgumentException(
          "a SHA-256 digest has 64 hex digits, not " + sha256.length() + " characters");
    }
    return new ArtifactDigest(Bytes.of(HexFormat.of().parseHex(sha256)));
  }

  /**
   * An artifact by its file.
   *
   * @param file is read to its end
   * @return the artifact, hashed
   * @throws IOException if the file cannot be read
   */
  public static ArtifactDigest ofFile(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return ofContent(in);
    }
  }

  /**
   * The digest in hex, as {@code sha256sum} prints it.
   *
   * @return 64 lower-case hex digits
   */
  public String toHex() {
    return digest.toHex();
  }

  /**
   * An artifact by its content.
   *
   * @param content all of its bytes
   * @return the artifact, hashed
   */
  public static ArtifactDigest ofContent(byte[] content) {
    return new ArtifactDigest(Bytes.sha256(content));
  }

  /**
   * An artifact by its content, of any length.
   *
   * @param content is read to its end; the caller closes it
   * @return the artifact, hashed
   * @throws IOException if the stream fails
   */
  public static ArtifactDigest ofContent(InputStream content) throws IOException {
    MessageDigest sha256 = Bytes.newSha256();
    byte[] buffer = new byte[BUFFER_SIZE];
    for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
      sha256.update(buffer, 0, read);
    }
    return new ArtifactDigest(Bytes.of(sha256.digest()));
  }
}
