package dev.occ.verifier.timestamp;

import dev.occ.proof.Bytes;
import dev.occ.verifier.timestamp.TestIdentity.Form;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.bouncycastle.asn1.ASN1Boolean;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.AttributeTable;
import org.bouncycastle.asn1.ess.ESSCertID;
import org.bouncycastle.asn1.ess.ESSCertIDv2;
import org.bouncycastle.asn1.ess.SigningCertificate;
import org.bouncycastle.asn1.ess.SigningCertificateV2;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.tsp.Accuracy;
import org.bouncycastle.asn1.tsp.MessageImprint;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.IssuerSerial;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignatureEncryptionAlgorithmFinder;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.DefaultCMSSignatureEncryptionAlgorithmFinder;
import org.bouncycastle.cms.DefaultSignedAttributeTableGenerator;
import org.bouncycastle.cms.SignerInfoGeneratorBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.bouncycastle.util.CollectionStore;
import org.jspecify.annotations.Nullable;

/**
 * A timestamp token as an authority would make it, or with one thing changed. BouncyCastle's own
 * generator would refuse to make most of these.
 */
final class TestToken {
  static final TestIdentity ROOT =
      TestIdentity.selfSigned(new Form("CN=Test Root", TestIdentity.ca(1)));
  static final TestIdentity ISSUING =
      ROOT.issue(new Form("CN=Test Issuing CA", TestIdentity.ca(0)));
  static final TestIdentity TSA =
      ISSUING.issue(new Form("O=Test,CN=Test Authority", TestIdentity.stamping()));
  static final TestIdentity RSA_TSA =
      ISSUING.issue(new Form("CN=T", TestIdentity.stamping()).keys(TestIdentity.rsa(2048)));
  static final Bytes DIGEST = Bytes.sha256(new byte[] {1, 2, 3});
  static final Instant TIME = Instant.parse("2026-06-01T12:00:00.25Z");

  TestIdentity signer = TSA;
  List<X509CertificateHolder> certificates =
      new ArrayList<>(List.of(ROOT.certificate(), TSA.certificate(), ISSUING.certificate()));
  ASN1ObjectIdentifier contentType = PKCSObjectIdentifiers.id_ct_TSTInfo;
  String algorithm = "SHA256withECDSA";

  /** How the signer states the algorithm that was used. */
  CMSSignatureEncryptionAlgorithmFinder stated = new DefaultCMSSignatureEncryptionAlgorithmFinder();

  /** If it is not the one that goes with the signature. */
  @Nullable AlgorithmIdentifier digestAlgorithm;

  /** If it is not made from the algorithm. */
  @Nullable ContentSigner contentSigner;

  /** BER where CMS allows it. */
  String encoding = "DL";

  int signers = 1;
  boolean signedAttributes = true;
  UnaryOperator<ASN1EncodableVector> attributes = UnaryOperator.identity();
  @Nullable AttributeTable unsigned;

  int version = 1;
  AlgorithmIdentifier imprintAlgorithm = new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha256);
  byte[] imprint = DIGEST.toByteArray();
  String time = "20260601120000.25Z";
  Accuracy accuracy = new Accuracy(new ASN1Integer(1), new ASN1Integer(2), new ASN1Integer(3));
  @Nullable GeneralName tsa = new GeneralName(TSA.certificate().getSubject());
  @Nullable Extensions extensions;
  @Nullable ASN1Encodable info;

  /** In whatever encoding. */
  byte @Nullable [] rawInfo;

  TestToken() {
    attributes = attributes -> essV2(signer, attributes);
  }

  static TimestampVerifier verifier() {
    return TimestampVerifier.builder().root(ROOT.der()).build();
  }

  /** As an authority of its own, issued by the issuing CA. */
  TestToken signedBy(TestIdentity identity) {
    signer = identity;
    certificates = new ArrayList<>(List.of(identity.certificate(), ISSUING.certificate()));
    tsa = null;
    return this;
  }

  /** Names RSA alone, so that the digest's algorithm makes the signature's. */
  TestToken signedByRsa(@Nullable ASN1Encodable parameters) {
    signedBy(RSA_TSA);
    algorithm = "SHA256withRSA";
    stated = used -> new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, parameters);
    return this;
  }

  /** Signed with RSA-PSS under these parameters, with an MGF1 of the same hash. */
  TestToken signedByPss(String hash, int salt) {
    signedBy(RSA_TSA);
    contentSigner = TestIdentity.pss(hash, salt, RSA_TSA.key());
    return this;
  }

  static ASN1EncodableVector essV2(TestIdentity signer, ASN1EncodableVector to) {
    return essV2(signer, null, to);
  }

  static ASN1EncodableVector essV2(
      TestIdentity signer, @Nullable IssuerSerial named, ASN1EncodableVector to) {
    ESSCertIDv2 id = new ESSCertIDv2(signer.fingerprint().toByteArray(), named);
    to.add(
        attribute(PKCSObjectIdentifiers.id_aa_signingCertificateV2, new SigningCertificateV2(id)));
    return to;
  }

  static ASN1EncodableVector essV1(TestIdentity signer, ASN1EncodableVector to) {
    return essV1(signer, null, to);
  }

  static ASN1EncodableVector essV1(
      TestIdentity signer, @Nullable IssuerSerial named, ASN1EncodableVector to) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-1").digest(signer.der().toByteArray());
      to.add(
          attribute(
              PKCSObjectIdentifiers.id_aa_signingCertificate,
              new SigningCertificate(new ESSCertID(hash, named))));
      return to;
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The name and number that an ESS certificate id may have beside the hash. */
  static IssuerSerial named(BigInteger serial, GeneralName... issuer) {
    return new IssuerSerial(new GeneralNames(issuer), serial);
  }

  static Attribute attribute(ASN1ObjectIdentifier type, ASN1Encodable value) {
    return new Attribute(type, new DERSet(value));
  }

  byte[] content() throws IOException {
    if (rawInfo != null) {
      return rawInfo;
    }
    if (info != null) {
      return info.toASN1Primitive().getEncoded();
    }
    ByteArrayOutputStream parts = new ByteArrayOutputStream();
    parts.write(new ASN1Integer(version).getEncoded());
    parts.write(new ASN1ObjectIdentifier("1.2.3.4").getEncoded());
    parts.write(new MessageImprint(imprintAlgorithm, imprint).getEncoded());
    parts.write(new ASN1Integer(77).getEncoded());
    parts.write(tagged(0x18, time.getBytes(StandardCharsets.US_ASCII)));
    parts.write(accuracy.getEncoded());
    parts.write(ASN1Boolean.TRUE.getEncoded());
    parts.write(new ASN1Integer(BigInteger.TEN).getEncoded());
    if (tsa != null) {
      parts.write(new DERTaggedObject(true, 0, tsa).getEncoded());
    }
    if (extensions != null) {
      parts.write(new DERTaggedObject(false, 1, extensions).getEncoded());
    }
    return tagged(0x30, parts.toByteArray());
  }

  /** Any content under any tag: the library's classes would refuse most wrong ones. */
  private static byte[] tagged(int tag, byte[] content) throws IOException {
    byte[] der = new DEROctetString(content).getEncoded();
    der[0] = (byte) tag;
    return der;
  }

  Bytes build() {
    try {
      CMSSignedDataGenerator generator = new CMSSignedDataGenerator();
      for (int i = 0; i < signers; i++) {
        generator.addSignerInfoGenerator(
            signerInfo()
                .build(
                    contentSigner == null
                        ? TestIdentity.signer(algorithm, signer.key())
                        : contentSigner,
                    signer.certificate()));
      }
      generator.addCertificates(new CollectionStore<>(certificates));
      CMSSignedData data =
          generator.generate(new CMSProcessableByteArray(contentType, content()), true);
      return Bytes.of(data.toASN1Structure().getEncoded(encoding));
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private SignerInfoGeneratorBuilder signerInfo() throws Exception {
    SignerInfoGeneratorBuilder builder =
        new SignerInfoGeneratorBuilder(new JcaDigestCalculatorProviderBuilder().build(), stated);
    builder.setDirectSignature(!signedAttributes);
    if (digestAlgorithm != null) {
      builder.setContentDigest(digestAlgorithm);
    }
    AttributeTable beside = unsigned;
    if (beside != null) {
      builder.setUnsignedAttributeGenerator(all -> beside);
    }
    return builder.setSignedAttributeGenerator(
        new DefaultSignedAttributeTableGenerator(
            new AttributeTable(attributes.apply(new ASN1EncodableVector()))));
  }
}
