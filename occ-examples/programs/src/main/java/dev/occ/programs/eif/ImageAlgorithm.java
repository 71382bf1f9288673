package dev.occ.programs.eif;

import dev.occ.programs.eif.EifException.Reason;
import dev.occ.proof.Bytes;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;

/** The algorithms of image signatures (RFC 9053 section 2.1); the key's curve decides which. */
enum ImageAlgorithm {
  ES256("SHA256", "secp256r1", 32, -7),
  ES384("SHA384", "secp384r1", 48, -35),
  ES512("SHA512", "secp521r1", 66, -36);

  private final String jcaName;
  private final String curve;
  private final int scalarLength;
  private final int number;

  /** The number is that of COSE. */
  ImageAlgorithm(String hash, String curve, int scalarLength, int number) {
    this.jcaName = hash + "withECDSAinP1363Format";
    this.curve = curve;
    this.scalarLength = scalarLength;
    this.number = number;
  }

  String jcaName() {
    return jcaName;
  }

  /** r and s, each as long as the curve's order. */
  int signatureLength() {
    return 2 * scalarLength;
  }

  /** The protected header that names this algorithm and nothing else. */
  Bytes header() {
    return SignatureCbor.protectedHeader(number);
  }

  /** The algorithm that a protected header names, if the certificate's key is one for it. */
  static ImageAlgorithm of(Bytes protectedHeader, X509Certificate certificate) throws EifException {
    for (ImageAlgorithm algorithm : values()) {
      if (algorithm.header().equals(protectedHeader)) {
        algorithm.requireKey(certificate);
        return algorithm;
      }
    }
    throw new EifException(
        Reason.SIGNATURE_ALGORITHM, "the signature's algorithm is not ES256, ES384 or ES512");
  }

  private void requireKey(X509Certificate certificate) throws EifException {
    if (!(certificate.getPublicKey() instanceof ECPublicKey key) || !isOnCurve(key)) {
      throw new EifException(
          Reason.SIGNATURE_ALGORITHM, "the certificate's key does not fit " + name());
    }
  }

  private boolean isOnCurve(ECPublicKey key) {
    try {
      AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
      parameters.init(new ECGenParameterSpec(curve));
      ECParameterSpec named = parameters.getParameterSpec(ECParameterSpec.class);
      return named.getCurve().equals(key.getParams().getCurve())
          && named.getGenerator().equals(key.getParams().getGenerator())
          && named.getOrder().equals(key.getParams().getOrder());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the JDK has no curve " + curve, e);
    }
  }
}
