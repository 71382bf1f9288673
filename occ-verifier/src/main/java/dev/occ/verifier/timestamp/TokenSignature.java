package dev.occ.verifier.timestamp;

import static dev.occ.verifier.timestamp.TimestampRejection.SIGNATURE_ALGORITHM;
import static dev.occ.verifier.timestamp.TimestampRejection.SIGNATURE_INVALID;

import java.io.OutputStream;
import java.util.Map;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.SignerInformationVerifier;
import org.bouncycastle.crypto.Digest;
import org.bouncycastle.crypto.Signer;
import org.bouncycastle.crypto.io.DigestOutputStream;
import org.bouncycastle.crypto.io.SignerOutputStream;
import org.bouncycastle.operator.ContentVerifier;
import org.bouncycastle.operator.ContentVerifierProvider;
import org.bouncycastle.operator.DigestCalculator;

/**
 * The CMS signature (RFC 5652 section 5.6): BouncyCastle compares content type and message digest
 * and assembles what is signed; which algorithms it may use, {@link SignatureCheck} decides.
 */
final class TokenSignature {
  /** A signer may name the key's algorithm only; the digest then makes the signature's. */
  private static final Map<ASN1ObjectIdentifier, ASN1ObjectIdentifier> WITH_RSA =
      Map.of(
          NISTObjectIdentifiers.id_sha256, PKCSObjectIdentifiers.sha256WithRSAEncryption,
          NISTObjectIdentifiers.id_sha384, PKCSObjectIdentifiers.sha384WithRSAEncryption,
          NISTObjectIdentifiers.id_sha512, PKCSObjectIdentifiers.sha512WithRSAEncryption);

  private TokenSignature() {}

  /** Refuses algorithms that are not accepted, before any key is used. */
  static void checkAlgorithms(TimestampToken token) throws TimestampException {
    AlgorithmIdentifier unused = algorithm(token.signer());
  }

  static void check(TimestampToken token) throws TimestampException {
    SignerInformation signer = token.signer();
    AlgorithmIdentifier algorithm = algorithm(signer);
    Signer verifier =
        SignatureCheck.verifier(
            algorithm, token.signerCertificate().structure().getSubjectPublicKeyInfo());
    Digest digest = SignatureCheck.hash(signer.getDigestAlgorithmID().getAlgorithm()).newDigest();
    try {
      if (signer.verify(
          new SignerInformationVerifier(
              (digestAlgorithm, signatureAlgorithm) -> algorithm.getAlgorithm().getId(),
              name -> algorithm,
              new Verifier(algorithm, verifier),
              digestAlgorithm -> new Calculator(digestAlgorithm, digest)))) {
        return;
      }
    } catch (CMSException | RuntimeException e) {
      // BouncyCastle throws for a wrong message digest, and unchecked ones for bad structure.
      throw new TimestampException(SIGNATURE_INVALID, "the token's signature does not hold", e);
    }
    throw new TimestampException(SIGNATURE_INVALID, "the token's signature does not hold");
  }

  private static AlgorithmIdentifier algorithm(SignerInformation signer) throws TimestampException {
    ASN1ObjectIdentifier digest = signer.getDigestAlgorithmID().getAlgorithm();
    AlgorithmIdentifier algorithm = signer.toASN1Structure().getDigestEncryptionAlgorithm();
    if (algorithm.getAlgorithm().equals(PKCSObjectIdentifiers.rsaEncryption)) {
      ASN1ObjectIdentifier withRsa = WITH_RSA.get(digest);
      if (withRsa == null || !SignatureCheck.hasNoParameters(algorithm)) {
        throw SignatureCheck.notAccepted(
            AlgorithmNames.of(digest, algorithm.getAlgorithm())
                + (withRsa == null ? "" : " and parameters"));
      }
      return new AlgorithmIdentifier(withRsa, algorithm.getParameters());
    }
    HashAlgorithm made = SignatureCheck.hashOf(algorithm);
    if (!made.oid().equals(digest)) {
      throw new TimestampException(
          SIGNATURE_ALGORITHM,
          "the signature is made with "
              + made.label()
              + ", where the signer names "
              + AlgorithmNames.of(digest));
    }
    return algorithm;
  }

  /** One key and one algorithm, whatever is asked for. */
  private record Verifier(AlgorithmIdentifier getAlgorithmIdentifier, Signer signer)
      implements ContentVerifierProvider, ContentVerifier {
    @Override
    public boolean hasAssociatedCertificate() {
      return false;
    }

    @Override
    public X509CertificateHolder getAssociatedCertificate() {
      throw new IllegalStateException("there is none");
    }

    @Override
    public ContentVerifier get(AlgorithmIdentifier asked) {
      return this;
    }

    @Override
    public OutputStream getOutputStream() {
      return new SignerOutputStream(signer);
    }

    @Override
    public boolean verify(byte[] signature) {
      return signer.verifySignature(signature);
    }
  }

  private record Calculator(AlgorithmIdentifier getAlgorithmIdentifier, Digest digest)
      implements DigestCalculator {
    @Override
    public OutputStream getOutputStream() {
      return new DigestOutputStream(digest);
    }

    @Override
    public byte[] getDigest() {
      byte[] value = new byte[digest.getDigestSize()];
      digest.doFinal(value, 0);
      return value;
    }
  }
}
