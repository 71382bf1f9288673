package dev.occ.programs.eif;

import dev.occ.programs.eif.EifException.Reason;
import dev.occ.proof.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Objects;

/**
 * Signs images with ES384, as nitro-cli does: a certificate in PEM, whose SHA-384 becomes PCR8, and
 * a signature over PCR0 by its P-384 key. The key may be anywhere.
 */
public final class EifSigner {
  private final Bytes certificate;
  private final Key key;

  /** Where the private key is. */
  @FunctionalInterface
  public interface Key {
    /**
     * Signs with ECDSA over SHA-384.
     *
     * @param data what to sign, a few hundred bytes
     * @return the signature in DER
     * @throws IOException if the key cannot be reached
     * @throws GeneralSecurityException if it does not sign
     */
    byte[] sign(byte[] data) throws IOException, GeneralSecurityException;
  }

  private EifSigner(Bytes certificate, Key key) {
    this.certificate = certificate;
    this.key = key;
  }

  /**
   * A signer for a certificate.
   *
   * @param certificate a file with one certificate in PEM, at most 16 KiB; its bytes go into the
   *     image
   * @param key the certificate's private key
   * @return the signer
   * @throws IOException if the file cannot be read or is too long
   */
  public static EifSigner of(Path certificate, Key key) throws IOException {
    Objects.requireNonNull(key, "key");
    try (InputStream in = Files.newInputStream(certificate)) {
      // Each byte may take two in the section.
      byte[] pem = in.readNBytes(EifReader.MAX_SIGNATURE / 2 + 1);
      if (pem.length > EifReader.MAX_SIGNATURE / 2) {
        throw new IOException(certificate + " is too long for a certificate");
      }
      return new EifSigner(Bytes.of(pem), key);
    }
  }

  /** The signature section for an image with this PCR0. */
  Bytes section(Bytes pcr0) throws IOException, EifException {
    ImageAlgorithm algorithm = ImageAlgorithm.ES384;
    Bytes payload = SignatureCbor.payload(pcr0);
    SignatureCbor.Sign1 unsigned =
        new SignatureCbor.Sign1(algorithm.header(), payload, Bytes.of(new byte[0]));
    Bytes signature;
    try {
      byte[] der = key.sign(unsigned.toBeSigned().toByteArray());
      signature = EcdsaDer.toFixedLength(der, algorithm.signatureLength() / 2);
    } catch (GeneralSecurityException e) {
      throw new EifException(Reason.SIGNATURE_INVALID, "the key does not sign", e);
    }
    SignatureCbor.Sign1 signed = new SignatureCbor.Sign1(algorithm.header(), payload, signature);
    return SignatureCbor.section(new SignatureCbor.Pair(certificate, SignatureCbor.sign1(signed)));
  }
}
