package dev.occ.cli.options;

import dev.occ.cli.Printable;
import dev.occ.cli.UnusableInputException;
import dev.occ.verifier.ProofVerifier;
import java.util.List;
import picocli.CommandLine.Option;

/** Which roots attestations are trusted under. */
public final class RootOptions {
  @Option(
      names = "--root",
      paramLabel = "FORMAT=FILE",
      description =
          "Trust this root certificate (PEM or DER) for attestations of this format. For aws-nitro it"
              + " replaces AWS's root. May be repeated.")
  private List<String> roots = List.of();

  public boolean isEmpty() {
    return roots.isEmpty();
  }

  /** Pins the roots. */
  public void addTo(ProofVerifier.Builder verifier) throws UnusableInputException {
    for (String root : roots) {
      int equals = root.indexOf('=');
      if (equals < 1 || equals == root.length() - 1) {
        throw new UnusableInputException("--root needs FORMAT=FILE, not " + Printable.text(root));
      }
      verifier.trustRoot(
          root.substring(0, equals), CertificateFile.read(root.substring(equals + 1)));
    }
  }

  /** Builds the verifier; a root that cannot be one is a fault of the arguments. */
  public static ProofVerifier build(ProofVerifier.Builder verifier) throws UnusableInputException {
    try {
      return verifier.build();
    } catch (IllegalArgumentException e) {
      throw new UnusableInputException(
          "--root: " + Printable.text(String.valueOf(e.getMessage())), e);
    }
  }
}
