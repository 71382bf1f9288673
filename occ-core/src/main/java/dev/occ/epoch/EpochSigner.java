package dev.occ.epoch;

import dev.occ.epoch.EpochException.Reason;
import dev.occ.proof.Bytes;
import dev.occ.signer.Signer;
import dev.occ.signer.SignerException;
import java.util.Optional;

/**
 * The epoch's side of a signer: holds it to its contract, and turns whatever goes wrong in it, a
 * bug in a third party's implementation too, into the epoch's own failure.
 */
final class EpochSigner {
  private interface Call {
    byte[] run() throws SignerException;
  }

  private final Signer signer;
  private final String measurement;
  private final Bytes publicKey;
  private final Optional<String> attestationFormat;

  EpochSigner(Signer signer) throws EpochException {
    this.signer = signer;
    this.publicKey = exactly(Signer.PUBLIC_KEY_LENGTH, signer::publicKey, "a public key");
    this.measurement = signer.measurement();
    this.attestationFormat = signer.attestationFormat();
    if (measurement.isEmpty() || attestationFormat.filter(String::isEmpty).isPresent()) {
      throw new EpochException(
          Reason.SIGNER_FAILED, "the signer's measurement or attestation format is empty");
    }
  }

  String enforcement() {
    return signer.enforcement().wireName();
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
    if (report.length == 0) {
      throw new EpochException(Reason.SIGNER_FAILED, "the signer gave an empty attestation");
    }
    return Optional.of(Bytes.of(report));
  }

  void close() {
    signer.close();
  }

  private static Bytes exactly(int length, Call call, String what) throws EpochException {
    byte[] bytes = call(call, what);
    if (bytes.length != length) {
      throw new EpochException(
          Reason.SIGNER_FAILED, "the signer gave " + what + " of " + bytes.length + " bytes");
    }
    return Bytes.of(bytes);
  }

  private static byte[] call(Call call, String what) throws EpochException {
    try {
      return call.run();
    } catch (SignerException | RuntimeException e) {
      throw new EpochException(
          Reason.SIGNER_FAILED, "the signer could not give " + what + ": " + e.getMessage(), e);
    }
  }
}
