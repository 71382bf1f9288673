package dev.occ.cli.options;

import dev.occ.cli.Printable;
import dev.occ.cli.UnusableInputException;
import dev.occ.json.JsonException;
import dev.occ.proof.Bytes;
import dev.occ.verifier.timestamp.TimestampVerifier;
import java.util.List;

/** The certificates of timestamping authorities, as command lines name them. */
public final class TsaRoots {
  private static final String FINGERPRINT = "sha256:";

  private TsaRoots() {}

  /**
   * A verifier that trusts these roots.
   *
   * @param roots each a file with one CA certificate (PEM or DER), or {@code sha256:} and the
   *     fingerprint of one
   * @return the verifier
   * @throws IllegalArgumentException if one cannot be used; the message is fit for a terminal
   */
  public static TimestampVerifier verifier(List<String> roots) {
    return verifier(roots, List.of());
  }

  /**
   * A verifier that trusts these roots, for tokens that may lack the authority's certificate.
   *
   * @param roots each a file with one CA certificate (PEM or DER), or {@code sha256:} and the
   *     fingerprint of one
   * @param certificates each a file with one certificate (PEM or DER), which is not trusted
   * @return the verifier
   * @throws IllegalArgumentException if one cannot be used; the message is fit for a terminal
   */
  public static TimestampVerifier verifier(List<String> roots, List<String> certificates) {
    if (roots.isEmpty()) {
      throw new IllegalArgumentException("--tsa-certificate needs --tsa-root");
    }
    TimestampVerifier.Builder verifier = TimestampVerifier.builder();
    for (String root : roots) {
      try {
        if (root.startsWith(FINGERPRINT)) {
          verifier.rootSha256(Bytes.fromHex(root.substring(FINGERPRINT.length())));
        } else {
          verifier.root(CertificateFile.read(root));
        }
      } catch (UnusableInputException e) {
        throw new IllegalArgumentException("--tsa-root: " + e.text(), e);
      } catch (JsonException | IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "--tsa-root must be a file with a CA certificate, or sha256: and 64 lower-case hex"
                + " digits, not "
                + Printable.text(root),
            e);
      }
    }
    for (String certificate : certificates) {
      try {
        verifier.certificate(CertificateFile.read(certificate));
      } catch (UnusableInputException e) {
        throw new IllegalArgumentException("--tsa-certificate: " + e.text(), e);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "--tsa-certificate: "
                + Printable.text(certificate)
                + " is "
                + Printable.of(String.valueOf(e.getMessage())),
            e);
      }
    }
    return verifier.build();
  }
}
