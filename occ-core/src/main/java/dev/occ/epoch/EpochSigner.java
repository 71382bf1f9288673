package dev.occ.epoch;

import dev.occ.epoch.EpochException.Reason;
import dev.occ.proof.Bytes;
import dev.occ.signer.EnforcementTier;
import dev.occ.signer.Signer;
import dev.occ.signer.SignerException;
import java.util.Optional;

/**
 * The epoch's side of a signer: holds it to its contract, and turns whatever goes wrong in it, a
 * bug in a third party's implementation too, into the epoch's own failure.
 */
final class EpochSigner {
  /** The longest measurement and attestation format, in UTF-16 code units. */
  static final int MAX_TEXT_LENGTH = 1024;

  /** The longest report in bytes; ten times what Nitro can give, and a proof stays in 1 MiB. */
  static final int MAX_REPORT_LENGTH = 128 * 1024;

  private interface Call<T> {
    T run() throws SignerException;
  }

  private final Signer signer;
  private final EnforcementTier enforcement;
  private final String measurement;
  private final Bytes publicKey;
  private final Optional<String> attestationFormat;

  /** Asks once for all that stays the same for the signer's whole life. */
  EpochSigner(Signer signer) throws EpochException {
    this.signer = signer;
    this.enforcement = call(signer::enforcement, "its tier");
    this.publicKey = exactly(Signer.PUBLIC_KEY_LENGTH, signer::publicKey, "a public key");
    this.measurement = text(call(signer::measurement, "its measurement"), "measurement");
    this.attestationFormat = call(signer::attestationFormat, "its attestation format");
    if (attestationFormat.isPresent()) {
      String unused = text(attestationFormat.get(), "attestation format");
    }
  }

  EnforcementTier enforcement() {
    return enforcement;
  }

  String measurement() {
    return measurement;
  }

  Bytes publicKey() {
    return publicKey;
  }

  Optional<String> attestationFormat() {
    return attestationFormat;
  }

  Bytes sign(byte[] message) throws EpochException {
    return exactly(Signer.SIGNATURE_LENGTH, () -> signer.sign(message), "a signature");
  }

  Bytes random(int length) throws EpochException {
    return exactly(length, () -> signer.random(length), "random bytes");
  }

  /** The report over some user data, or empty for a signer that makes none. */
  Optional<Bytes> attest(Bytes userData) throws EpochException {
    if (attestationFormat.isEmpty()) {
      return Optional.empty();
    }
    byte[] report = call(() -> signer.attest(userData.toByteArray()), "an attestation");
    if (report.length == 0 || report.length > MAX_REPORT_LENGTH) {
      throw failed("the signer gave an attestation of " + report.length + " bytes");
    }
    return Optional.of(Bytes.of(report));
  }

  void close() {
    signer.close();
  }

  private static String text(String text, String what) throws EpochException {
    if (!WireText.fits(text, MAX_TEXT_LENGTH)) {
      throw failed(
          "the signer's " + what + " is not 1 to " + MAX_TEXT_LENGTH + " characters of Unicode");
    }
    return text;
  }

  private static Bytes exactly(int length, Call<byte[]> call, String what) throws EpochException {
    byte[] bytes = call(call, what);
    if (bytes.length != length) {
      throw failed("the signer gave " + what + " of " + bytes.length + " bytes");
    }
    return Bytes.of(bytes);
  }

  private static <T> T call(Call<T> call, String what) throws EpochException {
    T result;
    try {
      result = call.run();
    } catch (SignerException | RuntimeException e) {
      throw new EpochException(
          Reason.SIGNER_FAILED, "the signer could not give " + what + ": " + e.getMessage(), e);
    }
    if (result == null) { // against its contract, but it is a third party's code
      throw failed("the signer gave null instead of " + what);
    }
    return result;
  }

  private static EpochException failed(String message) {
    return new EpochException(Reason.SIGNER_FAILED, message);
  }
}
