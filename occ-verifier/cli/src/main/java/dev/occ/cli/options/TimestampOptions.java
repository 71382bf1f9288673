package dev.occ.cli.options;

import dev.occ.cli.Printable;
import dev.occ.cli.UnusableInputException;
import dev.occ.verifier.ProofVerifier;
import dev.occ.verifier.timestamp.StampedMember;
import dev.occ.verifier.timestamp.TimestampVerifier;
import java.util.List;
import picocli.CommandLine.Option;

/** Which authorities' timestamps are believed, and which must be there. */
final class TimestampOptions {
  @Option(
      names = "--tsa-root",
      paramLabel = "FILE|sha256:HEX",
      description =
          "Verify RFC 3161 timestamps under this root certificate (PEM or DER), or under the root with"
              + " this fingerprint that the timestamp carries. May be repeated.")
  private List<String> roots = List.of();

  @Option(
      names = "--tsa-certificate",
      paramLabel = "FILE",
      description =
          "Certificate of the timestamping authority or of one of its issuers (PEM or DER), for"
              + " timestamps that do not carry it. It is not trusted: --tsa-root is needed too. May"
              + " be repeated.")
  private List<String> certificates = List.of();

  @Option(
      names = "--require-timestamp",
      paramLabel = "artifact|proof",
      description =
          "Require a genuine timestamp on the artifact or on the proof. Needs --tsa-root. May be"
              + " repeated.")
  private List<String> required = List.of();

  /** Hands over what was given. */
  void addTo(ProofVerifier.Builder verifier) throws UnusableInputException {
    if (areGiven()) {
      verifier.timestampVerifier(verifier());
    } else if (!required.isEmpty()) {
      throw new UnusableInputException("--require-timestamp needs --tsa-root");
    }
    for (String code : required) {
      verifier.requireTimestamp(member(code));
    }
  }

  boolean areGiven() {
    return !roots.isEmpty() || !certificates.isEmpty();
  }

  TimestampVerifier verifier() throws UnusableInputException {
    try {
      return TsaRoots.verifier(roots, certificates);
    } catch (IllegalArgumentException e) {
      throw new UnusableInputException(String.valueOf(e.getMessage()), e);
    }
  }

  private static StampedMember member(String code) throws UnusableInputException {
    for (StampedMember member : StampedMember.values()) {
      if (member.code().equals(code)) {
        return member;
      }
    }
    throw new UnusableInputException(
        "--require-timestamp needs artifact or proof, not " + Printable.text(code));
  }
}
