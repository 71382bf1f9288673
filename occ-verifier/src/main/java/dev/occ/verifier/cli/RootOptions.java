package dev.occ.verifier.cli;

import dev.occ.proof.Bytes;
import dev.occ.verifier.ProofVerifier;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which roots attestations are trusted under. */
final class RootOptions {
  private static final int MAX_BYTES = 64 * 1024;
  private static final String BEGIN = "-----BEGIN CERTIFICATE-----";
  private static final String END = "-----END CERTIFICATE-----";

  @Option(
      names = "--root",
      paramLabel = "FORMAT=FILE",
      description =
          "Trust this root certificate (PEM or DER) for attestations of this format; for aws-nitro"
              + " instead of AWS's own. May be repeated.")
  private List<String> roots = List.of();

  boolean isEmpty() {
    return roots.isEmpty();
  }

  /** Pins the roots. */
  void addTo(ProofVerifier.Builder verifier) throws UnusableInputException {
    for (String root : roots) {
      int equals = root.indexOf('=');
      if (equals < 1 || equals == root.length() - 1) {
        throw new UnusableInputException("--root needs FORMAT=FILE, not " + Printable.text(root));
      }
      Path file = InputFiles.path(root.substring(equals + 1));
      Bytes der = der(file, InputFiles.read(file, MAX_BYTES));
      verifier.trustRoot(root.substring(0, equals), der);
    }
  }

  /** Builds the verifier; a root that cannot be one is a fault of the arguments. */
  static ProofVerifier build(ProofVerifier.Builder verifier) throws UnusableInputException {
    try {
      return verifier.build();
    } catch (IllegalArgumentException e) {
      throw new UnusableInputException(
          "--root: " + Printable.text(String.valueOf(e.getMessage())), e);
    }
  }

  /** PEM (RFC 7468) with exactly one certificate, or DER. */
  private static Bytes der(Path file, byte[] content) throws UnusableInputException {
    String text = new String(content, StandardCharsets.ISO_8859_1);
    int begin = text.indexOf(BEGIN);
    if (begin < 0) {
      return Bytes.of(content);
    }
    int end = text.indexOf(END, begin);
    if (end < 0 || text.indexOf(BEGIN, begin + 1) >= 0) {
      throw notOneCertificate(file, null);
    }
    try {
      String base64 =
          text.substring(begin + BEGIN.length(), end).replace("\r", "").replace("\n", "");
      return Bytes.of(Base64.getDecoder().decode(base64));
    } catch (IllegalArgumentException e) {
      throw notOneCertificate(file, e);
    }
  }

  private static UnusableInputException notOneCertificate(Path file, @Nullable Throwable cause) {
    String message = Printable.text(file.toString()) + " is not PEM with exactly one certificate";
    return new UnusableInputException(message, cause);
  }
}
