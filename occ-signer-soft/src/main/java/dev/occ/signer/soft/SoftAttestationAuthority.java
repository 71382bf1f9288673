package dev.occ.signer.soft;

import com.google.errorprone.annotations.CheckReturnValue;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.occ.signer.SignerException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.bouncycastle.asn1.x500.X500Name;

/**
 * An attestation authority in this process: a P-384 PKI of the depth and shape of AWS Nitro's, with
 * a root of its own, that lets {@link SoftSigner}s make documents of the real format (COSE_Sign1
 * with ES384, spec 12), so that the whole path of verification runs where there is no enclave.
 *
 * <p>Its documents show nothing about hardware. They carry the format {@value #FORMAT}, never
 * {@code aws-nitro}, and verify only for a caller who pins {@link #rootCertificate()}.
 *
 * <p>Every authority has a fresh root, whose key exists only in this object and is never wiped. The
 * CAs below it and the enclave's certificate, valid for three hours, are renewed when the clock has
 * left their validity. The clock may be set back by up to a year and on by up to 29 years from the
 * authority's creation. Safe for use by many threads at once.
 */
@CheckReturnValue
public final class SoftAttestationAuthority {
  /**
   * The attestation format of this authority's documents, {@code environment.attestation.format}.
   */
  public static final String FORMAT = "occ-soft-nitro";

  private static final String REGION = "us-soft-1";

  private static final List<CertificateLevel> AUTHORITY_LEVELS =
      List.of(
          CertificateLevel.ROOT,
          CertificateLevel.REGIONAL,
          CertificateLevel.ZONAL,
          CertificateLevel.PARENT_INSTANCE);

  private final Clock clock;
  private final SecureRandom random = new SecureRandom();
  private final String instanceId = "i-" + randomHex(8) + "0";
  private final CertifiedKey root;

  @GuardedBy("this")
  private final List<CertifiedKey> authorities = new ArrayList<>();

  private SoftAttestationAuthority(Clock clock) {
    this.clock = clock;
    X500Name name = new X500Name("C=US,O=OCC,OU=Soft,CN=soft.nitro-enclaves");
    EcKey key = newKey();
    this.root =
        new CertifiedKey(
            key, CertificateLevel.ROOT.template(new Issuer(name, key), name, key, clock.instant()));
  }

  /**
   * An authority with a fresh root that tells the time by the system's clock.
   *
   * @return the authority
   */
  public static SoftAttestationAuthority create() {
    return create(Clock.systemUTC());
  }

  /**
   * An authority with a fresh root.
   *
   * @param clock says when documents and certificates are made
   * @return the authority
   */
  public static SoftAttestationAuthority create(Clock clock) {
    return new SoftAttestationAuthority(Objects.requireNonNull(clock, "clock"));
  }

  /**
   * The measurement of a made-up enclave image: the SHA-384 of its label in UTF-8, in the place
   * where Nitro has the SHA-384 of an image file (PCR0).
   *
   * @param imageLabel any text, {@link SoftSigner#DEFAULT_MEASUREMENT} for example
   * @return 96 lower-case hex digits
   */
  public static String measurementOf(String imageLabel) {
    byte[] label = imageLabel.getBytes(StandardCharsets.UTF_8);
    return HexFormat.of().formatHex(EcKey.digest("SHA-384", label));
  }

  /**
   * The certificate to pin in order to verify this authority's documents.
   *
   * @return a fresh array with one X.509 certificate in DER
   */
  public byte[] rootCertificate() {
    return root.certificate();
  }

  /** The time by the authority's clock. */
  Instant now() {
    return clock.instant();
  }

  /** A name for one more enclave on this authority's instance. */
  String newModuleId() {
    return instanceId + "-enc" + randomHex(8);
  }

  /** A fresh key on P-384. */
  EcKey newKey() {
    return EcKey.generate(EcKey.P384, random);
  }

  /** The root, for the fault kit. */
  CertifiedKey root() {
    return root;
  }

  /** A fresh certificate for an enclave, with the CAs above it, all of them valid at a time. */
  SoftEnclave.Chain certify(String moduleId, Instant now) throws SignerException {
    if (!root.validAt(now)) {
      throw new SignerException(
          SignerException.Reason.UNAVAILABLE, "the clock is outside the root's validity");
    }
    List<CertifiedKey> current = authoritiesAt(now);
    CertifiedKey instance = current.get(current.size() - 1);
    return new SoftEnclave.Chain(
        current, issue(CertificateLevel.LEAF, instance, leafName(moduleId), now));
  }

  /** The CAs, root first; renewed from the first one that is not valid any more. */
  private synchronized List<CertifiedKey> authoritiesAt(Instant now) {
    if (authorities.isEmpty()) {
      authorities.add(root);
    }
    int valid = 1;
    while (valid < authorities.size() && authorities.get(valid).validAt(now)) {
      valid++;
    }
    authorities.subList(valid, authorities.size()).clear();
    while (authorities.size() < AUTHORITY_LEVELS.size()) {
      CertificateLevel level = AUTHORITY_LEVELS.get(authorities.size());
      CertifiedKey issuer = authorities.get(authorities.size() - 1);
      authorities.add(issue(level, issuer, authorityName(level), now));
    }
    return List.copyOf(authorities);
  }

  private CertifiedKey issue(
      CertificateLevel level, CertifiedKey issuer, X500Name subject, Instant now) {
    EcKey key = newKey();
    return new CertifiedKey(key, level.template(issuer.asIssuer(), subject, key, now));
  }

  /** Names in AWS's style and order of attributes, which differs from level to level. */
  private X500Name authorityName(CertificateLevel level) {
    String domain = REGION + ".soft.nitro-enclaves";
    return switch (level) {
      case REGIONAL -> new X500Name("C=US,O=OCC,OU=Soft,CN=" + randomHex(8) + "." + domain);
      case ZONAL ->
          new X500Name(
              "CN=" + randomHex(8) + ".zonal." + domain + ",OU=Soft,O=OCC,C=US,ST=WA,L=Seattle");
      case PARENT_INSTANCE ->
          new X500Name(
              "C=US,ST=Washington,L=Seattle,O=OCC,OU=Soft,CN=" + instanceId + "." + domain);
      case ROOT, LEAF -> throw new IllegalArgumentException(level + " is not in between");
    };
  }

  private static X500Name leafName(String moduleId) {
    return new X500Name(
        "C=US,ST=Washington,L=Seattle,O=OCC,OU=Soft,CN=" + moduleId + "." + REGION + ".soft");
  }

  private String randomHex(int bytes) {
    byte[] value = new byte[bytes];
    random.nextBytes(value);
    return HexFormat.of().formatHex(value);
  }
}
