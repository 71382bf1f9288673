package dev.occ.verifier.timestamp;

import static dev.occ.verifier.timestamp.TimestampRejection.CERTIFICATE_MALFORMED;
import static dev.occ.verifier.timestamp.TimestampRejection.CMS_MALFORMED;
import static dev.occ.verifier.timestamp.TimestampRejection.CONTENT_NOT_TST_INFO;
import static dev.occ.verifier.timestamp.TimestampRejection.SIGNER_CERTIFICATE_MISSING;
import static dev.occ.verifier.timestamp.TimestampRejection.SIGNER_COUNT;
import static dev.occ.verifier.timestamp.TimestampRejection.TOKEN_TOO_LARGE;
import static dev.occ.verifier.timestamp.TimestampRejection.TOO_MANY_CERTIFICATES;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.ASN1TaggedObject;
import org.bouncycastle.asn1.cms.AttributeTable;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.cms.SignedData;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.SignerInformation;
import org.jspecify.annotations.Nullable;

/**
 * A decoded RFC 3161 token: a CMS SignedData with one signer over a TSTInfo. Nothing is verified.
 *
 * @param info what is signed
 * @param signer who signs, and how
 * @param signerCertificate the certificate that the signer names
 * @param certificates every certificate in the token, in its order, then those given beside it
 */
record TimestampToken(
    TstInfo info,
    SignerInformation signer,
    TokenCertificate signerCertificate,
    List<TokenCertificate> certificates) {
  /**
   * Those of RFC 5652 section 5.1. Nothing signs the number, and it changes no meaning: real tokens
   * state one that does not go with their certificates.
   */
  private static final List<Integer> VERSIONS = List.of(1, 3, 4, 5);

  /** Extended certificate, attribute certificates of versions 1 and 2, other. */
  private static final int LAST_CHOICE = 3;

  /**
   * Reads a token.
   *
   * @param ber its bytes
   * @param given certificates that stand beside it
   */
  static TimestampToken read(byte[] ber, List<TokenCertificate> given) throws TimestampException {
    if (ber.length > TimestampVerifier.MAX_TOKEN_LENGTH) {
      throw new TimestampException(
          TOKEN_TOO_LARGE,
          "a token has more than " + TimestampVerifier.MAX_TOKEN_LENGTH + " bytes");
    }
    try {
      ContentInfo content = ContentInfo.getInstance(BerGuard.read(ber));
      if (!content.getContentType().equals(CMSObjectIdentifiers.signedData)) {
        throw new TimestampException(CMS_MALFORMED, "the token is not a CMS SignedData");
      }
      return of(content, SignedData.getInstance(content.getContent()), given);
    } catch (CMSException | RuntimeException e) {
      // BouncyCastle reports bad structure with several unchecked exceptions; each is a refusal.
      throw new TimestampException(CMS_MALFORMED, "the token is not a CMS SignedData", e);
    }
  }

  private static TimestampToken of(
      ContentInfo content, SignedData data, List<TokenCertificate> given)
      throws TimestampException, CMSException {
    if (VERSIONS.stream().noneMatch(data.getVersion()::hasValue)) {
      throw new TimestampException(CMS_MALFORMED, "the SignedData is not of version 1, 3, 4 or 5");
    }
    if (!data.getEncapContentInfo().getContentType().equals(PKCSObjectIdentifiers.id_ct_TSTInfo)
        || !(data.getEncapContentInfo().getContent() instanceof ASN1OctetString octets)) {
      throw new TimestampException(CONTENT_NOT_TST_INFO, "the signed content is not a TSTInfo");
    }
    if (data.getSignerInfos().size() != 1) {
      throw new TimestampException(
          SIGNER_COUNT,
          "the token has " + data.getSignerInfos().size() + " signers instead of one");
    }
    TstInfo info = TstInfo.read(octets.getOctets());
    SignerInformation signer =
        new CMSSignedData(content).getSignerInfos().getSigners().iterator().next();
    List<TokenCertificate> certificates = certificates(data.getCertificates());
    certificates.addAll(given);
    return new TimestampToken(
        info, signer, signerCertificate(signer, certificates), List.copyOf(certificates));
  }

  private static List<TokenCertificate> certificates(@Nullable ASN1Set set)
      throws TimestampException {
    List<TokenCertificate> certificates = new ArrayList<>();
    if (set == null) {
      return certificates;
    }
    if (set.size() > TimestampVerifier.MAX_CERTIFICATES) {
      throw new TimestampException(
          TOO_MANY_CERTIFICATES, "the token has " + set.size() + " certificates");
    }
    for (ASN1Encodable element : set) {
      if (isOtherChoice(element)) {
        continue;
      }
      if (!(element instanceof ASN1Sequence)) {
        throw new TimestampException(CERTIFICATE_MALFORMED, "a certificate is of another kind");
      }
      certificates.add(TokenCertificate.read(encode(element)));
    }
    return certificates;
  }

  /** Attribute certificates and the like: CertificateSet's choices (RFC 5652 section 10.2.2). */
  private static boolean isOtherChoice(ASN1Encodable element) {
    return element instanceof ASN1TaggedObject tagged
        && tagged.hasContextTag()
        && tagged.getTagNo() <= LAST_CHOICE;
  }

  private static byte[] encode(ASN1Encodable element) {
    try {
      return element.toASN1Primitive().getEncoded(ASN1Encoding.DL);
    } catch (IOException e) {
      throw new IllegalStateException("what was parsed can be written", e);
    }
  }

  /**
   * Issuer and number, or a key's identifier, may fit more than one: the one that the signed
   * attributes name goes first.
   */
  private static TokenCertificate signerCertificate(
      SignerInformation signer, List<TokenCertificate> certificates) throws TimestampException {
    List<TokenCertificate> fitting = new ArrayList<>();
    for (TokenCertificate certificate : certificates) {
      if (signer.getSID().match(new X509CertificateHolder(certificate.structure()))) {
        fitting.add(certificate);
      }
    }
    if (fitting.isEmpty()) {
      throw new TimestampException(
          SIGNER_CERTIFICATE_MISSING,
          "the authority's certificate is needed: the token does not carry it, and it is not among"
              + " those given");
    }
    if (fitting.size() > 1) {
      AttributeTable signed = SignedAttributes.of(signer);
      for (TokenCertificate certificate : fitting) {
        if (EssCertificateId.names(signed, certificate)) {
          return certificate;
        }
      }
    }
    return fitting.get(0);
  }
}
