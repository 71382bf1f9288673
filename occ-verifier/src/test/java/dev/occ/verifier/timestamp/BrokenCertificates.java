package dev.occ.verifier.timestamp;

import static dev.occ.verifier.timestamp.BrokenTokens.add;
import static dev.occ.verifier.timestamp.BrokenTokens.issuer;
import static dev.occ.verifier.timestamp.BrokenTokens.purpose;
import static dev.occ.verifier.timestamp.BrokenTokens.replaceNth;
import static dev.occ.verifier.timestamp.BrokenTokens.tsa;
import static dev.occ.verifier.timestamp.TimestampRejection.*;

import dev.occ.verifier.timestamp.BrokenTokens.Case;
import dev.occ.verifier.timestamp.TestIdentity.Form;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;

/** Tokens whose fault is in a certificate or in the path. */
final class BrokenCertificates {
  private BrokenCertificates() {}

  static List<Case> cases() {
    List<Case> cases = new ArrayList<>();
    signerCertificates(cases);
    paths(cases);
    return cases;
  }

  private static void signerCertificates(List<Case> cases) {
    KeyUsage sign = new KeyUsage(KeyUsage.digitalSignature);
    tsa(
        cases,
        EXTENDED_KEY_USAGE_MISSING,
        "none",
        b -> b.addExtension(Extension.keyUsage, true, sign));
    tsa(
        cases,
        EXTENDED_KEY_USAGE_NOT_CRITICAL,
        "not critical",
        purpose(false, KeyPurposeId.id_kp_timeStamping));
    tsa(cases, EXTENDED_KEY_USAGE_WRONG, "another", purpose(true, KeyPurposeId.id_kp_codeSigning));
    tsa(
        cases,
        EXTENDED_KEY_USAGE_WRONG,
        "time stamping and another",
        purpose(true, KeyPurposeId.id_kp_timeStamping, KeyPurposeId.id_kp_codeSigning));
    tsa(cases, EXTENDED_KEY_USAGE_WRONG, "any", purpose(true, KeyPurposeId.anyExtendedKeyUsage));
    tsa(
        cases,
        CERTIFICATE_MALFORMED,
        "extended key usage not of its structure",
        b -> b.addExtension(Extension.extendedKeyUsage, true, DERNull.INSTANCE));
    tsa(
        cases,
        SIGNER_KEY_USAGE,
        "key agreement",
        b -> {
          purpose(true, KeyPurposeId.id_kp_timeStamping).addTo(b);
          b.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyAgreement));
        });
    tsa(
        cases,
        SIGNER_KEY_USAGE,
        "a CA",
        b -> {
          purpose(true, KeyPurposeId.id_kp_timeStamping).addTo(b);
          b.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
        });
    tsa(
        cases,
        PATH_INVALID,
        "unknown critical extension",
        b -> {
          TestIdentity.stamping().addTo(b);
          b.addExtension(new ASN1ObjectIdentifier("1.2.3"), true, DERNull.INSTANCE);
        });
  }

  private static void paths(List<Case> cases) {
    TestIdentity stranger = TestIdentity.selfSigned(new Form("CN=Stranger", TestIdentity.ca(-1)));
    add(
        cases,
        ROOT_NOT_PINNED,
        "another root, in the token",
        new TestToken().signedBy(stranger.issue(new Form("CN=T", TestIdentity.stamping()))),
        stranger);
    TestIdentity namesake = TestIdentity.selfSigned(new Form("CN=Test Root", TestIdentity.ca(-1)));
    add(
        cases,
        CERTIFICATE_SIGNATURE_INVALID,
        "a root of the pinned one's name",
        new TestToken().signedBy(namesake.issue(new Form("CN=T", TestIdentity.stamping()))),
        namesake);
    Form form = new Form("CN=T", TestIdentity.stamping());
    tsa(
        cases,
        CERTIFICATE_EXPIRED,
        "the day before",
        form.valid(TestIdentity.FROM, Instant.parse("2026-05-31T00:00:00Z")));
    tsa(
        cases,
        CERTIFICATE_NOT_YET_VALID,
        "the day after",
        form.valid(Instant.parse("2026-06-02T00:00:00Z"), TestIdentity.UNTIL));
    tsa(
        cases,
        KEY_UNSUPPORTED,
        "RSA of 1024 bits",
        form.keys(TestIdentity.rsa(1024)),
        t -> t.algorithm = "SHA256withRSA");
    tsa(
        cases,
        SIGNATURE_ALGORITHM,
        "certificate signed with SHA-1",
        form.signedWith("SHA1withECDSA"));
    issuer(cases, ISSUER_NOT_ALLOWED, "no CA", b -> {});
    issuer(
        cases,
        ISSUER_NOT_ALLOWED,
        "may not sign certificates",
        b -> {
          b.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
          b.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.cRLSign));
        });
    issuer(
        cases,
        EXTENDED_KEY_USAGE_WRONG,
        "an issuer for other purposes",
        b -> {
          TestIdentity.ca(0).addTo(b);
          b.addExtension(
              Extension.extendedKeyUsage,
              false,
              new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
        });
    TestIdentity third = TestToken.ISSUING.issue(new Form("CN=Third", TestIdentity.ca(0)));
    add(
        cases,
        ISSUER_NOT_ALLOWED,
        "path too long",
        new TestToken().signedBy(third.issue(form)),
        third);
    add(
        cases,
        CERTIFICATE_MALFORMED,
        "algorithms differ inside and outside",
        new TestToken().build().toByteArray(),
        bytes -> replaceNth(bytes, "06082a8648ce3d040302", "06082a8648ce3d040303", 3));
  }
}
