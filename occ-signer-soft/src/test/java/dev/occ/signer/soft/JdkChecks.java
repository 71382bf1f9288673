package dev.occ.signer.soft;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Set;

/** What the JDK alone, none of our code, says of a document. */
final class JdkChecks {
  private JdkChecks() {}

  /** Whether the signature in the document is its certificate's over header and payload. */
  static boolean signatureVerifies(byte[] document) throws GeneralSecurityException {
    List<?> message = AttestationReader.message(document);
    byte[] signature = (byte[]) message.get(3);
    Signature verifier = Signature.getInstance("SHA384withECDSAinP1363Format");
    verifier.initVerify(leafKey(document));
    verifier.update(sigStructure((byte[]) message.get(0), (byte[]) message.get(2)));
    return verifier.verify(signature);
  }

  private static PublicKey leafKey(byte[] document) throws CertificateException {
    return parse(AttestationReader.bytes(document, "certificate")).getPublicKey();
  }

  /** RFC 9052, section 4.4, written out: an array of four, the context, and three strings. */
  private static byte[] sigStructure(byte[] header, byte[] payload) {
    ByteBuffer buffer = ByteBuffer.allocate(payload.length + header.length + 32);
    buffer.put((byte) 0x84).put((byte) 0x6a).put("Signature1".getBytes(US_ASCII));
    buffer.put((byte) (0x40 + header.length)).put(header).put((byte) 0x40);
    buffer.put((byte) 0x59).putShort((short) payload.length).put(payload);
    byte[] exact = new byte[buffer.position()];
    buffer.flip().get(exact);
    return exact;
  }

  /** Validates the path below a root at the document's own time (RFC 5280, section 6). */
  static void validatePath(byte[] document, byte[] pinnedRoot)
      throws CertPathValidatorException, GeneralSecurityException {
    List<X509Certificate> path = new ArrayList<>(chain(document));
    path.remove(0);
    Collections.reverse(path);
    PKIXParameters parameters =
        new PKIXParameters(Set.of(new TrustAnchor(parse(pinnedRoot), null)));
    parameters.setRevocationEnabled(false);
    parameters.setDate(Date.from(time(document)));
    CertPathValidator.getInstance("PKIX")
        .validate(CertificateFactory.getInstance("X.509").generateCertPath(path), parameters);
  }

  /** The document's own timestamp. */
  static Instant time(byte[] document) {
    return Instant.ofEpochMilli((Long) AttestationReader.field(document, "timestamp"));
  }

  /** All certificates, root first and the enclave's own last. */
  static List<X509Certificate> chain(byte[] document) throws CertificateException {
    List<X509Certificate> chain = new ArrayList<>();
    for (byte[] certificate : AttestationReader.cabundle(document)) {
      chain.add(parse(certificate));
    }
    chain.add(parse(AttestationReader.bytes(document, "certificate")));
    return chain;
  }

  static X509Certificate parse(byte[] der) throws CertificateException {
    return (X509Certificate)
        CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
  }
}
