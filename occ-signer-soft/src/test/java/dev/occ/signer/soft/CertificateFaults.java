package dev.occ.signer.soft;

import static dev.occ.signer.soft.CertificateLevel.LEAF;
import static dev.occ.signer.soft.CertificateLevel.PARENT_INSTANCE;
import static dev.occ.signer.soft.CertificateLevel.ZONAL;
import static dev.occ.signer.soft.Fault.broken;
import static dev.occ.signer.soft.Fault.valid;

import dev.occ.signer.soft.Fault.Clause;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.ECNamedCurveTable;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/** Certificates that no verifier may take for a CA's or an enclave's. */
final class CertificateFaults {
  private static final ASN1ObjectIdentifier SHA256 = X9ObjectIdentifiers.ecdsa_with_SHA256;
  private static final ASN1ObjectIdentifier SHA384 = X9ObjectIdentifiers.ecdsa_with_SHA384;

  private CertificateFaults() {}

  static List<Fault> all() {
    List<Fault> all = new ArrayList<>();
    all.addAll(leaf());
    all.addAll(authorities());
    all.addAll(keysAndAlgorithms());
    all.addAll(encodings());
    return all;
  }

  private static List<Fault> leaf() {
    return List.of(
        certificate("leaf-ca", LEAF, b -> basicConstraints(b, new BasicConstraints(true))),
        certificate(
            "leaf-ca-path-length-0", LEAF, b -> basicConstraints(b, new BasicConstraints(0))),
        certificate(
            "leaf-cert-sign",
            LEAF,
            b -> keyUsage(b, KeyUsage.digitalSignature | KeyUsage.keyCertSign)),
        certificate(
            "leaf-without-digital-signature", LEAF, b -> keyUsage(b, KeyUsage.nonRepudiation)),
        certificate("leaf-key-agreement-only", LEAF, b -> keyUsage(b, KeyUsage.keyAgreement)),
        certificate("leaf-unknown-critical-extension", LEAF, b -> unknown(b, true)),
        valid(
            "leaf-unknown-extension",
            Clause.CERTIFICATE,
            d -> d.chain().change(LEAF, (b, k) -> unknown(b, false))));
  }

  private static List<Fault> authorities() {
    return List.of(
        certificate("zonal-not-ca", ZONAL, b -> basicConstraints(b, new BasicConstraints(false))),
        certificate(
            "zonal-without-basic-constraints", ZONAL, b -> b.without(Extension.basicConstraints)),
        certificate(
            "instance-not-ca",
            PARENT_INSTANCE,
            b -> basicConstraints(b, new BasicConstraints(false))),
        certificate(
            "instance-without-basic-constraints",
            PARENT_INSTANCE,
            b -> b.without(Extension.basicConstraints)),
        certificate(
            "zonal-without-cert-sign",
            ZONAL,
            b -> keyUsage(b, KeyUsage.digitalSignature | KeyUsage.cRLSign)),
        certificate(
            "instance-without-cert-sign",
            PARENT_INSTANCE,
            b -> keyUsage(b, KeyUsage.digitalSignature)),
        certificate("zonal-unknown-critical-extension", ZONAL, b -> unknown(b, true)));
  }

  private static List<Fault> keysAndAlgorithms() {
    return List.of(
        broken(
            "leaf-p256",
            Clause.CERTIFICATE,
            d -> d.chain().curve(LEAF, SECObjectIdentifiers.secp256r1)),
        broken(
            "leaf-secp256k1",
            Clause.CERTIFICATE,
            d -> d.chain().curve(LEAF, SECObjectIdentifiers.secp256k1)),
        broken(
            "instance-p256",
            Clause.CERTIFICATE,
            d -> d.chain().curve(PARENT_INSTANCE, SECObjectIdentifiers.secp256r1)),
        broken(
            "leaf-explicit-curve",
            Clause.CERTIFICATE,
            d -> d.chain().change(LEAF, CertificateFaults::explicitCurve)),
        broken(
            "instance-explicit-curve",
            Clause.CERTIFICATE,
            d -> d.chain().change(PARENT_INSTANCE, CertificateFaults::explicitCurve)),
        certificate("leaf-signed-with-sha256", LEAF, b -> b.algorithms(SHA256, SHA256, "SHA-256")),
        certificate(
            "instance-signed-with-sha256",
            PARENT_INSTANCE,
            b -> b.algorithms(SHA256, SHA256, "SHA-256")),
        certificate(
            "leaf-algorithm-differs-inside", LEAF, b -> b.algorithms(SHA256, SHA384, "SHA-384")),
        certificate(
            "leaf-algorithm-differs-outside", LEAF, b -> b.algorithms(SHA384, SHA256, "SHA-384")),
        certificate(
            "leaf-algorithm-unknown",
            LEAF,
            b ->
                b.algorithms(ChainPlan.UNKNOWN_EXTENSION, ChainPlan.UNKNOWN_EXTENSION, "SHA-384")));
  }

  private static List<Fault> encodings() {
    List<Fault> all = new ArrayList<>();
    all.add(broken("leaf-trailing-byte", Clause.CERTIFICATE, d -> d.leaf(CborFaults::trailing)));
    List<String> names = List.of("root", "regional", "zonal", "instance");
    for (int index = 0; index < names.size(); index++) {
      int at = index;
      all.add(
          broken(
              names.get(index) + "-trailing-byte",
              Clause.CERTIFICATE,
              d -> d.cabundle(bundle -> trailing(bundle, at))));
    }
    all.add(broken("leaf-not-der", Clause.CERTIFICATE, d -> d.leaf(c -> new byte[600])));
    all.add(broken("leaf-pem", Clause.CERTIFICATE, d -> d.leaf(CertificateFaults::pem)));
    all.add(
        broken(
            "leaf-truncated",
            Clause.CERTIFICATE,
            d -> d.leaf(c -> Arrays.copyOf(c, c.length - 1))));
    return all;
  }

  private static Fault certificate(
      String name, CertificateLevel level, Consumer<CertificateBuilder> change) {
    return broken(
        name,
        Clause.CERTIFICATE,
        d -> d.chain().change(level, (builder, key) -> change.accept(builder)));
  }

  private static void basicConstraints(CertificateBuilder builder, BasicConstraints constraints) {
    builder.extension(Extension.basicConstraints, true, constraints);
  }

  private static void keyUsage(CertificateBuilder builder, int usage) {
    builder.extension(Extension.keyUsage, true, new KeyUsage(usage));
  }

  private static void unknown(CertificateBuilder builder, boolean critical) {
    builder.extension(ChainPlan.UNKNOWN_EXTENSION, critical, DERNull.INSTANCE);
  }

  /** The numbers of P-384 spelt out instead of its name: forbidden by RFC 5480, section 2.1.1. */
  private static void explicitCurve(CertificateBuilder builder, EcKey key) {
    builder.publicKey(
        new SubjectPublicKeyInfo(
            new AlgorithmIdentifier(
                X9ObjectIdentifiers.id_ecPublicKey, ECNamedCurveTable.getByOID(EcKey.P384)),
            key.point()));
  }

  private static List<byte[]> trailing(List<byte[]> bundle, int index) {
    bundle.set(index, CborFaults.trailing(bundle.get(index)));
    return bundle;
  }

  private static byte[] pem(byte[] der) {
    String base64 = Base64.getEncoder().encodeToString(der);
    return ("-----BEGIN CERTIFICATE-----\n" + base64 + "\n-----END CERTIFICATE-----\n")
        .getBytes(StandardCharsets.US_ASCII);
  }
}
