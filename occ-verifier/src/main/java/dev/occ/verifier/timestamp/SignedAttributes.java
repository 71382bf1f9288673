package dev.occ.verifier.timestamp;

import static dev.occ.verifier.timestamp.TimestampRejection.SIGNED_ATTRIBUTES;

import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.AttributeTable;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.cms.SignerInformation;
import org.jspecify.annotations.Nullable;

/** The attributes that the signature covers (RFC 5652 section 5.3, RFC 3161 section 2.4.2). */
final class SignedAttributes {
  private SignedAttributes() {}

  /** The attributes, with content type and message digest once each. */
  static AttributeTable of(SignerInformation signer) throws TimestampException {
    AttributeTable signed = table(signer);
    if (signed == null) {
      throw new TimestampException(SIGNED_ATTRIBUTES, "the signer has no signed attributes");
    }
    if (!PKCSObjectIdentifiers.id_ct_TSTInfo.equals(value(signed, CMSAttributes.contentType))
        || !(value(signed, CMSAttributes.messageDigest) instanceof ASN1OctetString)) {
      throw new TimestampException(
          SIGNED_ATTRIBUTES, "the signed attributes lack content type or message digest");
    }
    return signed;
  }

  private static @Nullable AttributeTable table(SignerInformation signer)
      throws TimestampException {
    try {
      return signer.getSignedAttributes();
    } catch (RuntimeException e) {
      // BouncyCastle looks at them only now, and reports bad structure with unchecked exceptions.
      throw new TimestampException(SIGNED_ATTRIBUTES, "the signed attributes are malformed", e);
    }
  }

  /** The one value of an attribute that occurs once; null if it does not occur. */
  static @Nullable ASN1Encodable value(AttributeTable signed, ASN1ObjectIdentifier type)
      throws TimestampException {
    Attribute attribute = signed.get(type);
    if (attribute == null) {
      return null;
    }
    if (signed.getAll(type).size() > 1 || attribute.getAttrValues().size() != 1) {
      throw new TimestampException(
          SIGNED_ATTRIBUTES,
          "the signed attribute "
              + AlgorithmNames.of(type)
              + " does not occur exactly once, with one value");
    }
    return attribute.getAttrValues().getObjectAt(0);
  }
}
