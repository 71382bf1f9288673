package dev.occ.verifier.timestamp;

import dev.occ.proof.Bytes;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.time.Instant;
import java.util.Date;
import java.util.concurrent.atomic.AtomicLong;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A key and its certificate, which may break any rule. */
record TestIdentity(X509CertificateHolder certificate, PrivateKey key) {
  static final Instant FROM = Instant.parse("2026-01-01T00:00:00Z");
  static final Instant UNTIL = Instant.parse("2030-01-01T00:00:00Z");

  private static final AtomicLong SERIAL = new AtomicLong(1000);

  /** Adds extensions. */
  interface Extensions {
    void addTo(X509v3CertificateBuilder builder) throws Exception;
  }

  /** What a certificate says, the issuer aside. */
  record Form(
      String subject,
      Instant from,
      Instant until,
      KeyPair keys,
      String algorithm,
      Extensions extensions) {
    Form(String subject, Extensions extensions) {
      this(subject, FROM, UNTIL, ec("secp256r1"), "SHA256withECDSA", extensions);
    }

    Form valid(Instant start, Instant end) {
      return new Form(subject, start, end, keys, algorithm, extensions);
    }

    Form keys(KeyPair pair) {
      return new Form(subject, from, until, pair, algorithm, extensions);
    }

    Form signedWith(String name) {
      return new Form(subject, from, until, keys, name, extensions);
    }
  }

  static Extensions ca(int pathLength) {
    return builder -> {
      builder.addExtension(
          Extension.basicConstraints,
          true,
          pathLength < 0 ? new BasicConstraints(true) : new BasicConstraints(pathLength));
      builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign));
    };
  }

  static Extensions stamping() {
    return builder -> {
      builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
      builder.addExtension(
          Extension.extendedKeyUsage, true, new ExtendedKeyUsage(KeyPurposeId.id_kp_timeStamping));
    };
  }

  static TestIdentity selfSigned(Form form) {
    return make(form, new X500Name(form.subject()), form.keys().getPrivate());
  }

  TestIdentity issue(Form form) {
    return make(form, certificate.getSubject(), key);
  }

  /** Another certificate of the same issuer with the number, the name and the key of one. */
  TestIdentity twin(TestIdentity of) {
    try {
      X509v3CertificateBuilder builder =
          new X509v3CertificateBuilder(
              of.certificate.getIssuer(),
              of.certificate.getSerialNumber(),
              Date.from(FROM),
              Date.from(UNTIL.minusSeconds(1)),
              of.certificate.getSubject(),
              of.certificate.getSubjectPublicKeyInfo());
      stamping().addTo(builder);
      return new TestIdentity(builder.build(signer("SHA256withECDSA", key)), of.key);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static TestIdentity make(Form form, X500Name issuer, PrivateKey issuerKey) {
    try {
      X509v3CertificateBuilder builder =
          new X509v3CertificateBuilder(
              issuer,
              BigInteger.valueOf(SERIAL.incrementAndGet()),
              Date.from(form.from()),
              Date.from(form.until()),
              new X500Name(form.subject()),
              SubjectPublicKeyInfo.getInstance(form.keys().getPublic().getEncoded()));
      form.extensions().addTo(builder);
      return new TestIdentity(
          builder.build(signer(form.algorithm(), issuerKey)), form.keys().getPrivate());
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  static ContentSigner signer(String algorithm, PrivateKey key) {
    try {
      return new JcaContentSignerBuilder(algorithm).build(key);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  static ContentSigner pss(String hash, int salt, PrivateKey key) {
    try {
      return new JcaContentSignerBuilder(
              "RSASSA-PSS",
              new PSSParameterSpec(hash, "MGF1", new MGF1ParameterSpec(hash), salt, 1))
          .setProvider(new BouncyCastleProvider())
          .build(key);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  Bytes der() {
    try {
      return Bytes.of(certificate.getEncoded());
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  Bytes fingerprint() {
    return Bytes.sha256(der().toByteArray());
  }

  static KeyPair ec(String curve) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec(curve));
      return generator.generateKeyPair();
    } catch (java.security.GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static KeyPair rsa(int bits) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(bits);
      return generator.generateKeyPair();
    } catch (java.security.GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
