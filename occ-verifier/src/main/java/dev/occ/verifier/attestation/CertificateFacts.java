package dev.occ.verifier.attestation;

import com.google.errorprone.annotations.CheckReturnValue;
import dev.occ.json.JsonArray;
import dev.occ.json.JsonBoolean;
import dev.occ.json.JsonNumber;
import dev.occ.json.JsonObject;
import dev.occ.proof.Bytes;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What there is to say about a certificate (RFC 5280), for people and for programs. It claims no
 * validity. Immutable.
 */
@CheckReturnValue
public final class CertificateFacts {
  /** The bits of RFC 5280 section 4.2.1.3, in order. */
  private static final List<String> USAGES =
      List.of(
          "digitalSignature",
          "nonRepudiation",
          "keyEncipherment",
          "dataEncipherment",
          "keyAgreement",
          "keyCertSign",
          "cRLSign",
          "encipherOnly",
          "decipherOnly");

  private final X509Certificate certificate;

  /**
   * Facts about one certificate.
   *
   * @param certificate any certificate that could be parsed
   */
  public CertificateFacts(X509Certificate certificate) {
    this.certificate = Objects.requireNonNull(certificate, "certificate");
  }

  /**
   * The subject's name.
   *
   * @return the form of RFC 2253
   */
  public String subject() {
    return certificate.getSubjectX500Principal().getName();
  }

  /**
   * The issuer's name.
   *
   * @return the form of RFC 2253
   */
  public String issuer() {
    return certificate.getIssuerX500Principal().getName();
  }

  /**
   * The period of validity.
   *
   * @return two times of ISO 8601, in UTC
   */
  public String validity() {
    return certificate.getNotBefore().toInstant() + " to " + certificate.getNotAfter().toInstant();
  }

  /**
   * Whether it is a CA, and what its key may be used for.
   *
   * @return text for people
   */
  public String role() {
    int pathLength = certificate.getBasicConstraints();
    String role = "no CA";
    if (pathLength == Integer.MAX_VALUE) {
      role = "CA";
    } else if (pathLength >= 0) {
      role = "CA, path length " + pathLength;
    }
    List<String> usages = usages();
    return role + "; key usage " + (usages.isEmpty() ? "not given" : String.join(", ", usages));
  }

  /**
   * The serial number.
   *
   * @return hex
   */
  public String serial() {
    return certificate.getSerialNumber().toString(16);
  }

  /**
   * How the issuer signed it.
   *
   * @return the JDK's name of the algorithm
   */
  public String signatureAlgorithm() {
    return certificate.getSigAlgName();
  }

  /**
   * What identifies the certificate: SHA-256 of its DER form.
   *
   * @return 64 lower-case hex digits
   */
  public String fingerprint() {
    try {
      return Bytes.sha256(certificate.getEncoded()).toHex();
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException("a certificate that was parsed has an encoding", e);
    }
  }

  /**
   * The facts for programs.
   *
   * @return an object
   */
  public JsonObject toJson() {
    JsonObject.Builder json =
        JsonObject.builder()
            .put("subject", subject())
            .put("issuer", issuer())
            .put("serial", serial())
            .put("notBefore", certificate.getNotBefore().toInstant().toString())
            .put("notAfter", certificate.getNotAfter().toInstant().toString())
            .put("ca", JsonBoolean.of(certificate.getBasicConstraints() >= 0));
    int pathLength = certificate.getBasicConstraints();
    if (pathLength >= 0 && pathLength != Integer.MAX_VALUE) {
      json.put("pathLength", JsonNumber.of(pathLength));
    }
    return json.put("keyUsage", JsonArray.ofTexts(usages()))
        .put("signatureAlgorithm", signatureAlgorithm())
        .put("sha256", fingerprint())
        .build();
  }

  private List<String> usages() {
    List<String> names = new ArrayList<>();
    boolean[] bits = certificate.getKeyUsage();
    for (int i = 0; bits != null && i < bits.length && i < USAGES.size(); i++) {
      if (bits[i]) {
        names.add(USAGES.get(i));
      }
    }
    return names;
  }
}
