package dev.occ.verifier.timestamp;

import static dev.occ.verifier.timestamp.BrokenTokens.add;
import static dev.occ.verifier.timestamp.BrokenTokens.indexOf;
import static dev.occ.verifier.timestamp.TimestampRejection.*;

import dev.occ.verifier.timestamp.BrokenTokens.Case;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/** Tokens whose fault is in the signature or in its algorithm. */
final class BrokenSignatures {
  private BrokenSignatures() {}

  static List<Case> cases() {
    List<Case> cases = new ArrayList<>();
    signatures(cases, new TestToken().build().toByteArray());
    return cases;
  }

  private static void signatures(List<Case> cases, byte[] good) {
    byte[] flipped = good.clone();
    flipped[flipped.length - 1] ^= 1;
    add(cases, SIGNATURE_INVALID, "last bit", flipped);
    add(
        cases,
        SIGNATURE_INVALID,
        "another key",
        t -> t.signer = new TestIdentity(t.signer.certificate(), TestToken.ROOT.key()));
    byte[] moved = good.clone();
    int time =
        indexOf(moved, "20260601120000.25Z".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    moved[time + 3] = '7';
    add(cases, SIGNATURE_INVALID, "another year", moved);
    add(
        cases,
        SIGNATURE_INVALID,
        "message digest of something else",
        t ->
            t.attributes =
                all -> {
                  all.add(
                      new Attribute(
                          CMSAttributes.messageDigest,
                          new DERSet(new DEROctetString(new byte[32]))));
                  return TestToken.essV2(t.signer, all);
                });
    add(cases, SIGNATURE_ALGORITHM, "SHA-1", t -> t.algorithm = "SHA1withECDSA");
    add(cases, SIGNATURE_ALGORITHM, "SHA-224", t -> t.algorithm = "SHA224withECDSA");
    add(
        cases,
        SIGNATURE_ALGORITHM,
        "made with another digest than the signer names",
        t -> t.digestAlgorithm = new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha384));
    add(
        cases,
        SIGNATURE_ALGORITHM,
        "ECDSA with parameters",
        t ->
            t.stated =
                used ->
                    new AlgorithmIdentifier(
                        X9ObjectIdentifiers.ecdsa_with_SHA256, new ASN1Integer(1)));
    rsaSignatures(cases);
    pssSignatures(cases);
  }

  /** The signer states RSA, and its digest's algorithm is what makes it one that is known. */
  private static void rsaSignatures(List<Case> cases) {
    add(cases, SIGNATURE_ALGORITHM, "RSA with parameters", t -> t.signedByRsa(new ASN1Integer(1)));
    add(
        cases,
        SIGNATURE_ALGORITHM,
        "RSA with SHA-1",
        t -> t.signedByRsa(DERNull.INSTANCE).algorithm = "SHA1withRSA");
    add(
        cases,
        SIGNATURE_INVALID,
        "RSA made with SHA-256 where the signer names SHA-512",
        t ->
            t.signedByRsa(DERNull.INSTANCE).digestAlgorithm =
                new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha512));
    add(
        cases,
        KEY_UNSUPPORTED,
        "RSA where the key is on a curve",
        t -> t.stated = used -> new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption));
  }

  private static void pssSignatures(List<Case> cases) {
    add(cases, SIGNATURE_ALGORITHM, "PSS, SHA-1", t -> t.signedByPss("SHA-1", 20));
    add(
        cases,
        SIGNATURE_ALGORITHM,
        "PSS, SHA-256 with a mask of SHA-512",
        t ->
            t.signedByPss("SHA-256", 32).stated =
                used ->
                    CmsForms.pss(
                        NISTObjectIdentifiers.id_sha256, NISTObjectIdentifiers.id_sha512, 32, 1));
    add(cases, SIGNATURE_ALGORITHM, "PSS, no salt", t -> t.signedByPss("SHA-256", 0));
    add(
        cases,
        SIGNATURE_ALGORITHM,
        "PSS without parameters",
        t ->
            t.signedByPss("SHA-256", 32).stated =
                used -> new AlgorithmIdentifier(PKCSObjectIdentifiers.id_RSASSA_PSS));
    add(
        cases,
        SIGNATURE_INVALID,
        "PSS with another salt length than stated",
        t ->
            t.signedByPss("SHA-256", 32).stated =
                used -> CmsForms.pss(NISTObjectIdentifiers.id_sha256, 24, 1));
    add(
        cases,
        SIGNATURE_ALGORITHM,
        "PSS with another trailer",
        t ->
            t.signedByPss("SHA-256", 32).stated =
                used -> CmsForms.pss(NISTObjectIdentifiers.id_sha256, 32, 2));
    add(
        cases,
        SIGNATURE_ALGORITHM,
        "PSS with a salt longer than the key",
        t ->
            t.signedByPss("SHA-256", 32).stated =
                used -> CmsForms.pss(NISTObjectIdentifiers.id_sha256, 300, 1));
  }
}
