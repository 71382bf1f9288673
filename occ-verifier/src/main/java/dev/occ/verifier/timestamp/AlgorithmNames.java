package dev.occ.verifier.timestamp;

import java.util.HashMap;
import java.util.Map;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.oiw.OIWObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.teletrust.TeleTrusTObjectIdentifiers;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/** Names of algorithms and attributes for people, accepted or not. */
final class AlgorithmNames {
  private static final Map<ASN1ObjectIdentifier, String> NAMES = names();

  private AlgorithmNames() {}

  /** The name, or the object identifier in brackets if it is unknown. */
  static String of(ASN1ObjectIdentifier oid) {
    String name = NAMES.get(oid);
    return name == null ? "an unknown algorithm (" + oid.getId() + ")" : name;
  }

  /** The name of a signature whose signer states the key's algorithm and the digest's apart. */
  static String of(ASN1ObjectIdentifier digest, ASN1ObjectIdentifier signature) {
    return PKCSObjectIdentifiers.rsaEncryption.equals(signature)
        ? of(digest) + " with RSA"
        : of(signature);
  }

  private static Map<ASN1ObjectIdentifier, String> names() {
    Map<ASN1ObjectIdentifier, String> names = new HashMap<>();
    names.put(PKCSObjectIdentifiers.md5, "MD5");
    names.put(OIWObjectIdentifiers.idSHA1, "SHA-1");
    names.put(NISTObjectIdentifiers.id_sha224, "SHA-224");
    names.put(NISTObjectIdentifiers.id_sha256, "SHA-256");
    names.put(NISTObjectIdentifiers.id_sha384, "SHA-384");
    names.put(NISTObjectIdentifiers.id_sha512, "SHA-512");
    names.put(NISTObjectIdentifiers.id_sha512_224, "SHA-512/224");
    names.put(NISTObjectIdentifiers.id_sha512_256, "SHA-512/256");
    names.put(NISTObjectIdentifiers.id_sha3_224, "SHA3-224");
    names.put(NISTObjectIdentifiers.id_sha3_256, "SHA3-256");
    names.put(NISTObjectIdentifiers.id_sha3_384, "SHA3-384");
    names.put(NISTObjectIdentifiers.id_sha3_512, "SHA3-512");
    names.put(TeleTrusTObjectIdentifiers.ripemd160, "RIPEMD-160");
    names.put(PKCSObjectIdentifiers.rsaEncryption, "RSA");
    names.put(PKCSObjectIdentifiers.id_RSASSA_PSS, "RSA-PSS");
    names.put(PKCSObjectIdentifiers.md5WithRSAEncryption, "MD5 with RSA");
    names.put(PKCSObjectIdentifiers.sha1WithRSAEncryption, "SHA-1 with RSA");
    names.put(PKCSObjectIdentifiers.sha224WithRSAEncryption, "SHA-224 with RSA");
    names.put(PKCSObjectIdentifiers.sha256WithRSAEncryption, "SHA-256 with RSA");
    names.put(PKCSObjectIdentifiers.sha384WithRSAEncryption, "SHA-384 with RSA");
    names.put(PKCSObjectIdentifiers.sha512WithRSAEncryption, "SHA-512 with RSA");
    names.put(X9ObjectIdentifiers.id_ecPublicKey, "ECDSA");
    names.put(X9ObjectIdentifiers.ecdsa_with_SHA1, "SHA-1 with ECDSA");
    names.put(X9ObjectIdentifiers.ecdsa_with_SHA224, "SHA-224 with ECDSA");
    names.put(X9ObjectIdentifiers.ecdsa_with_SHA256, "SHA-256 with ECDSA");
    names.put(X9ObjectIdentifiers.ecdsa_with_SHA384, "SHA-384 with ECDSA");
    names.put(X9ObjectIdentifiers.ecdsa_with_SHA512, "SHA-512 with ECDSA");
    names.put(X9ObjectIdentifiers.id_dsa_with_sha1, "SHA-1 with DSA");
    names.put(NISTObjectIdentifiers.dsa_with_sha256, "SHA-256 with DSA");
    names.put(EdECObjectIdentifiers.id_Ed25519, "Ed25519");
    names.put(EdECObjectIdentifiers.id_Ed448, "Ed448");
    names.put(PKCSObjectIdentifiers.pkcs_9_at_contentType, "content type");
    names.put(PKCSObjectIdentifiers.pkcs_9_at_messageDigest, "message digest");
    names.put(PKCSObjectIdentifiers.pkcs_9_at_signingTime, "signing time");
    names.put(PKCSObjectIdentifiers.id_aa_signingCertificate, "ESS signing-certificate");
    names.put(PKCSObjectIdentifiers.id_aa_signingCertificateV2, "ESS signing-certificate-v2");
    return Map.copyOf(names);
  }
}
