package dev.occ.verifier.timestamp;

import dev.occ.proof.Bytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.ASN1TaggedObject;
import org.bouncycastle.asn1.BERSequence;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DLSequence;
import org.bouncycastle.asn1.DLSet;
import org.bouncycastle.asn1.DLTaggedObject;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSASSAPSSparams;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;

/** Tokens and their parts in forms that BouncyCastle's generator does not make. */
final class CmsForms {
  private CmsForms() {}

  /** The token with another version of its SignedData. */
  static byte[] version(Bytes token, int version) {
    return rebuild(token, version, new ASN1EncodableVector()).toByteArray();
  }

  /** The token with another version, and more elements in its CertificateSet. */
  static Bytes rebuild(Bytes token, int version, ASN1EncodableVector more) {
    try {
      ASN1Sequence content = ASN1Sequence.getInstance(token.toByteArray());
      ASN1Sequence data = ASN1Sequence.getInstance((ASN1TaggedObject) content.getObjectAt(1), true);
      ASN1EncodableVector parts = new ASN1EncodableVector();
      parts.add(new ASN1Integer(version));
      parts.add(data.getObjectAt(1));
      parts.add(data.getObjectAt(2));
      ASN1EncodableVector certificates = new ASN1EncodableVector();
      int next = 3;
      if (data.getObjectAt(3) instanceof ASN1TaggedObject tagged) {
        ASN1Set.getInstance(tagged, false).forEach(certificates::add);
        next++;
      }
      for (int i = 0; i < more.size(); i++) {
        certificates.add(more.get(i));
      }
      parts.add(new DLTaggedObject(false, 0, new DLSet(certificates)));
      for (int i = next; i < data.size(); i++) {
        parts.add(data.getObjectAt(i));
      }
      ASN1Encodable signed = new DLTaggedObject(true, 0, new DLSequence(parts));
      return Bytes.of(
          new DLSequence(new ASN1Encodable[] {content.getObjectAt(0), signed}).getEncoded("DL"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One of the choices other than a certificate. */
  static ASN1EncodableVector choice(int tag) {
    ASN1EncodableVector more = new ASN1EncodableVector();
    more.add(
        new DLTaggedObject(
            false, tag, new DERSequence(new ASN1Encodable[] {new ASN1ObjectIdentifier("1.2.3")})));
    return more;
  }

  /** A TSTInfo of indefinite length; every part of it is as it should be. */
  static void indefinite(TestToken token) {
    try {
      ASN1EncodableVector parts = new ASN1EncodableVector();
      ASN1Sequence.getInstance(token.content()).forEach(parts::add);
      token.info = new BERSequence(parts);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A TSTInfo with a length of three octets where one would do. */
  static void longLength(TestToken token) {
    try {
      byte[] der = token.content();
      ByteArrayOutputStream longer = new ByteArrayOutputStream();
      int header = (der[1] & 0x80) == 0 ? 2 : 2 + (der[1] & 0x7F);
      longer.writeBytes(new byte[] {0x30, (byte) 0x82, 0, (byte) (der.length - header)});
      longer.writeBytes(Arrays.copyOfRange(der, header, der.length));
      token.rawInfo = longer.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static ASN1EncodableVector contentType(ASN1EncodableVector to) {
    to.add(TestToken.attribute(CMSAttributes.contentType, PKCSObjectIdentifiers.id_ct_TSTInfo));
    return to;
  }

  static ASN1EncodableVector messageDigest(ASN1EncodableVector to) {
    to.add(TestToken.attribute(CMSAttributes.messageDigest, new DEROctetString(new byte[32])));
    return to;
  }

  /** RSA-PSS with these parameters and an MGF1 of the same hash. */
  static AlgorithmIdentifier pss(ASN1ObjectIdentifier hash, int salt, int trailer) {
    return pss(hash, hash, salt, trailer);
  }

  /** RSA-PSS with these parameters. */
  static AlgorithmIdentifier pss(
      ASN1ObjectIdentifier hash, ASN1ObjectIdentifier maskHash, int salt, int trailer) {
    AlgorithmIdentifier digest = new AlgorithmIdentifier(hash);
    return new AlgorithmIdentifier(
        PKCSObjectIdentifiers.id_RSASSA_PSS,
        new RSASSAPSSparams(
            digest,
            new AlgorithmIdentifier(
                PKCSObjectIdentifiers.id_mgf1, new AlgorithmIdentifier(maskHash)),
            new ASN1Integer(salt),
            new ASN1Integer(trailer)));
  }

  /** Whether it has an indefinite length, and would be written otherwise in DER. */
  static boolean isBer(Bytes token) {
    try {
      byte[] bytes = token.toByteArray();
      return bytes[1] == (byte) 0x80
          && !Arrays.equals(ASN1Primitive.fromByteArray(bytes).getEncoded("DL"), bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
