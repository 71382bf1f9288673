package dev.occ.cli.facts;

import dev.occ.json.JsonArray;
import dev.occ.json.JsonBoolean;
import dev.occ.json.JsonNumber;
import dev.occ.json.JsonObject;
import dev.occ.proof.Bytes;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/** What there is to say about a certificate. */
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

  public CertificateFacts(X509Certificate certificate) {
    this.certificate = certificate;
  }

  public String subject() {
    return certificate.getSubjectX500Principal().getName();
  }

  public String validity() {
    return certificate.getNotBefore().toInstant() + " to " + certificate.getNotAfter().toInstant();
  }

  /** CA or not, and what the key may be used for. */
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

  public String serial() {
    return certificate.getSerialNumber().toString(16);
  }

  public String signatureAlgorithm() {
    return certificate.getSigAlgName();
  }

  public String fingerprint() {
    try {
      return Bytes.sha256(certificate.getEncoded()).toHex();
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException("a certificate that was parsed has an encoding", e);
    }
  }

  public String issuer() {
    return certificate.getIssuerX500Principal().getName();
  }

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
