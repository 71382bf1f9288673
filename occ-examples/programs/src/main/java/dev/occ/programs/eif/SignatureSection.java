package dev.occ.programs.eif;

import dev.occ.programs.eif.EifException.Reason;
import dev.occ.proof.Bytes;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * The signature section: a signing certificate in PEM and a COSE_Sign1 over the record {@code
 * {register_index: 0, register_value: PCR0}}. The section may hold several such pairs; AWS's tools
 * write one and check one, so more are refused.
 */
record SignatureSection(Bytes pem, SignatureCbor.Sign1 sign1) {
  private static final String BEGIN = "-----BEGIN CERTIFICATE-----";
  private static final String END = "-----END CERTIFICATE-----";

  static SignatureSection read(Bytes section) throws EifException {
    SignatureCbor.Pair pair = SignatureCbor.readSection(section);
    return new SignatureSection(pair.certificate(), SignatureCbor.readSign1(pair.signature()));
  }

  /**
   * Checks that the signature is over this PCR0 and made by the certificate's key.
   *
   * @throws EifException with the step that fails as its reason
   */
  EifSignature verify(Bytes pcr0) throws EifException {
    X509Certificate certificate = certificate(der(pem));
    ImageAlgorithm algorithm = ImageAlgorithm.of(sign1.protectedHeader(), certificate);
    if (!SignatureCbor.payload(pcr0).equals(sign1.payload())) {
      throw new EifException(
          Reason.SIGNATURE_OF_OTHER_IMAGE, "the signed PCR0 is not that of this image");
    }
    if (!holds(algorithm, certificate)) {
      throw new EifException(
          Reason.SIGNATURE_INVALID, "the signature was not made by the certificate's key");
    }
    return new EifSignature(algorithm.name(), certificate, Pcr.of(encoded(certificate)));
  }

  private boolean holds(ImageAlgorithm algorithm, X509Certificate certificate) throws EifException {
    // The JDK takes signatures of other lengths, too.
    if (sign1.signature().size() != algorithm.signatureLength()) {
      return false;
    }
    try {
      Signature verifier = Signature.getInstance(algorithm.jcaName());
      verifier.initVerify(certificate.getPublicKey());
      verifier.update(sign1.toBeSigned().toByteArray());
      return verifier.verify(sign1.signature().toByteArray());
    } catch (GeneralSecurityException e) {
      throw new EifException(Reason.SIGNATURE_INVALID, "the signature cannot be checked", e);
    }
  }

  /** The first certificate of the text, as OpenSSL reads it and the hypervisor measures it. */
  private static byte[] der(Bytes pem) throws EifException {
    String text = new String(pem.toByteArray(), StandardCharsets.ISO_8859_1);
    int begin = text.indexOf(BEGIN);
    int end = text.indexOf(END, Math.max(begin, 0) + BEGIN.length()); // dashes are not shared
    if (begin < 0 || end < 0) {
      throw malformed(null);
    }
    try {
      String base64 =
          text.substring(begin + BEGIN.length(), end).replace("\r", "").replace("\n", "");
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw malformed(e);
    }
  }

  private static X509Certificate certificate(byte[] der) throws EifException {
    try {
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      if (factory.generateCertificate(new ByteArrayInputStream(der)) instanceof X509Certificate c
          && MessageDigest.isEqual(c.getEncoded(), der)) {
        return c;
      }
      throw malformed(null);
    } catch (CertificateException e) {
      throw malformed(e);
    }
  }

  private static byte[] encoded(X509Certificate certificate) throws EifException {
    try {
      return certificate.getEncoded();
    } catch (CertificateException e) {
      throw malformed(e);
    }
  }

  private static EifException malformed(@Nullable Exception cause) {
    return new EifException(
        Reason.CERTIFICATE_MALFORMED, "the signing certificate is not X.509 in PEM", cause);
  }
}
