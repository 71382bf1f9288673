package dev.occ.signer.soft;

import static dev.occ.signer.soft.Fault.broken;

import dev.occ.signer.soft.Fault.Clause;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.signers.StandardDSAEncoding;
import org.bouncycastle.util.BigIntegers;

/** Signatures that are not the certificate's over this document. */
final class SignatureFaults {
  private static final BigInteger ORDER = CustomNamedCurves.getByOID(EcKey.P384).getN();

  private SignatureFaults() {}

  static List<Fault> all() {
    return List.of(
        broken("signature-empty", Clause.SIGNATURE, d -> d.signature(s -> new byte[0])),
        broken("signature-95", Clause.SIGNATURE, d -> d.signature(s -> Arrays.copyOf(s, 95))),
        broken("signature-97", Clause.SIGNATURE, d -> d.signature(s -> Arrays.copyOf(s, 97))),
        // Both halves with a zero before them: the same numbers in two bytes too many.
        broken("signature-98", Clause.SIGNATURE, d -> d.signature(s -> resized(s, 49))),
        broken("signature-der", Clause.SIGNATURE, d -> d.signature(SignatureFaults::der)),
        broken("signature-flipped-r", Clause.SIGNATURE, d -> d.signature(s -> flipped(s, 10))),
        broken("signature-flipped-s", Clause.SIGNATURE, d -> d.signature(s -> flipped(s, 95))),
        broken("signature-zero", Clause.SIGNATURE, d -> d.signature(s -> new byte[96])),
        broken("signature-order", Clause.SIGNATURE, d -> d.signature(s -> orders())),
        broken(
            "signature-by-other-key",
            Clause.SIGNATURE,
            d -> d.signingKey(d.chain().strangersKey())),
        broken(
            "signature-context-signature",
            Clause.SIGNATURE,
            d -> d.signedBytes((h, p) -> CoseSigner.toBeSigned("Signature", h, p))),
        broken(
            "signature-external-data",
            Clause.SIGNATURE,
            d -> d.signedBytes(SignatureFaults::withExternalData)),
        broken("signature-over-payload-only", Clause.SIGNATURE, d -> d.signedBytes((h, p) -> p)),
        broken(
            "signature-over-other-header",
            Clause.SIGNATURE,
            d ->
                d.signedBytes((h, p) -> CoseSigner.toBeSigned("Signature1", new byte[] {-96}, p))));
  }

  private static byte[] flipped(byte[] signature, int index) {
    byte[] flipped = signature.clone();
    flipped[index] ^= 1;
    return flipped;
  }

  private static byte[] resized(byte[] signature, int half) {
    return Cbor.concat(
        BigIntegers.asUnsignedByteArray(half, new BigInteger(1, Arrays.copyOf(signature, 48))),
        BigIntegers.asUnsignedByteArray(
            half, new BigInteger(1, Arrays.copyOfRange(signature, 48, 96))));
  }

  private static byte[] der(byte[] signature) {
    try {
      return StandardDSAEncoding.INSTANCE.encode(
          ORDER,
          new BigInteger(1, Arrays.copyOf(signature, 48)),
          new BigInteger(1, Arrays.copyOfRange(signature, 48, 96)));
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory does not fail", e);
    }
  }

  private static byte[] orders() {
    byte[] order = BigIntegers.asUnsignedByteArray(48, ORDER);
    return Cbor.concat(order, order);
  }

  private static byte[] withExternalData(byte[] header, byte[] payload) {
    return Cbor.array(
        List.of(
            Cbor.text("Signature1"),
            Cbor.bytes(header),
            Cbor.bytes(new byte[] {1}),
            Cbor.bytes(payload)));
  }
}
