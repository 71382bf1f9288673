package dev.occ.cli.options;

import dev.occ.cli.InputFiles;
import dev.occ.cli.Printable;
import dev.occ.cli.UnusableInputException;
import dev.occ.proof.Bytes;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** A file with one certificate: PEM (RFC 7468) or DER. */
public final class CertificateFile {
  private static final int MAX_BYTES = 64 * 1024;
  private static final String BEGIN = "-----BEGIN CERTIFICATE-----";
  private static final String END = "-----END CERTIFICATE-----";

  private CertificateFile() {}

  /** The certificate's DER form; whether it is one is for the verifier to say. */
  public static Bytes read(String argument) throws UnusableInputException {
    Path file = InputFiles.path(argument);
    return der(file, InputFiles.read(file, MAX_BYTES));
  }

  /** PEM (RFC 7468) with exactly one certificate, or DER. */
  private static Bytes der(Path file, byte[] content) throws UnusableInputException {
    String text = new String(content, StandardCharsets.ISO_8859_1);
    int begin = text.indexOf(BEGIN);
    if (begin < 0) {
      return Bytes.of(content);
    }
    int end = text.indexOf(END, begin + BEGIN.length()); // dashes are not shared
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
