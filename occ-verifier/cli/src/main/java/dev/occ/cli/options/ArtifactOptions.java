package dev.occ.cli.options;

import dev.occ.cli.InputFiles;
import dev.occ.cli.Printable;
import dev.occ.cli.UnusableInputException;
import dev.occ.json.JsonException;
import dev.occ.proof.Bytes;
import dev.occ.verifier.ArtifactDigest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a proof should be about. */
public final class ArtifactOptions {
  private static final int SHA_256_LENGTH = 32;

  @Option(
      names = "--artifact",
      paramLabel = "FILE",
      description = "Require that the proof is about this file. Takes one proof only.")
  private @Nullable Path file;

  @Option(
      names = "--digest",
      paramLabel = "DIGEST",
      description =
          "Require that the proof is about this SHA-256 digest: 64 hex digits, as sha256sum prints"
              + " them, or Base64. Takes one proof only.")
  private @Nullable String digest;

  public Optional<ArtifactDigest> artifact() throws UnusableInputException {
    if (file != null && digest != null) {
      throw new UnusableInputException("--artifact and --digest exclude each other");
    }
    if (file != null) {
      return Optional.of(hash(file));
    }
    return digest == null ? Optional.empty() : Optional.of(decode(digest));
  }

  private static ArtifactDigest hash(Path file) throws UnusableInputException {
    try (InputStream in = Files.newInputStream(file)) {
      return ArtifactDigest.ofContent(in);
    } catch (IOException e) {
      throw InputFiles.unreadable(file.toString(), e);
    }
  }

  /** 64 characters are never the Base64 of 32 bytes, so the forms cannot be confused. */
  private static ArtifactDigest decode(String text) throws UnusableInputException {
    try {
      return text.length() == 2 * SHA_256_LENGTH
          ? ArtifactDigest.ofHex(text)
          : ArtifactDigest.of(Bytes.fromBase64(text, SHA_256_LENGTH));
    } catch (IllegalArgumentException | JsonException e) {
      throw new UnusableInputException(
          "--digest needs 64 hex digits or the Base64 of 32 bytes, not " + Printable.text(text), e);
    }
  }
}
