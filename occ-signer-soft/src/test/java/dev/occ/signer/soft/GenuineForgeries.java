package dev.occ.signer.soft;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Certificate;

/**
 * Forgeries around a genuine attestation document: what somebody can make who has documents of AWS
 * but none of its keys. A verifier that pins AWS's root must refuse every one of them.
 */
public final class GenuineForgeries {
  private final byte[] genuine;
  private final List<byte[]> elements;
  private final byte[] payload;
  private final Map<String, byte[]> fields = new LinkedHashMap<>();
  private final byte[] leaf;
  private final List<byte[]> bundle;
  private final Instant time;

  private GenuineForgeries(byte[] genuine) {
    this.genuine = genuine.clone();
    this.elements = CborItems.children(genuine);
    this.payload = CborItems.content(elements.get(2));
    List<byte[]> items = CborItems.children(payload);
    for (int i = 0; i < items.size(); i += 2) {
      fields.put(new String(CborItems.content(items.get(i)), US_ASCII), items.get(i + 1));
    }
    this.leaf = CborItems.content(field("certificate"));
    this.bundle = CborItems.children(field("cabundle")).stream().map(CborItems::content).toList();
    // The template for a leaf starts three seconds early, as the genuine one did.
    this.time = Certificate.getInstance(leaf).getStartDate().getDate().toInstant().plusSeconds(3);
  }

  /**
   * Takes a genuine document apart.
   *
   * @param genuine a COSE_Sign1 without tag and with four CA certificates
   * @return its forgeries
   */
  public static GenuineForgeries of(byte[] genuine) {
    return new GenuineForgeries(genuine);
  }

  /**
   * Every forgery by its name.
   *
   * @return documents that must be refused; names are lower-case words with hyphens
   */
  public Map<String, byte[]> all() {
    Map<String, byte[]> all = new LinkedHashMap<>();
    all.putAll(chains());
    all.putAll(trailingBytes());
    all.put("alg-es384-also-unprotected", withElement(1, Cbor.map(List.of(alg(), es384()))));
    all.put("alg-es256-also-unprotected", withElement(1, Cbor.map(List.of(alg(), es256()))));
    all.put("signed-by-own-key", CoseSigner.sign(payload, newKey()));
    all.put("pcr0-replaced", unsigned("pcrs", ownRegisters()));
    all.put("user-data-replaced", unsigned("user_data", Cbor.bytes(new byte[32])));
    return all;
  }

  /**
   * The genuine document, taken apart and put together again.
   *
   * @return the same bytes, if taking apart does no damage
   */
  public byte[] rebuilt() {
    return withElement(2, Cbor.bytes(payload));
  }

  /** Certificates of our own wherever AWS's keys would be needed, signed as well as we can. */
  private Map<String, byte[]> chains() {
    Map<String, byte[]> chains = new LinkedHashMap<>();
    Issuer pretended = new Issuer(subject(3), newKey());
    chains.put("own-leaf-under-genuine-bundle", signed(bundle, pretended));

    CertifiedKey instance = issue(3, new Issuer(subject(2), newKey()));
    chains.put(
        "own-instance-under-genuine-zonal",
        signed(replaced(bundle, 3, instance.certificate()), instance.asIssuer()));

    CertifiedKey root = selfSigned(subject(0));
    CertifiedKey regional = issue(1, root.asIssuer());
    CertifiedKey zonal = issue(2, regional.asIssuer());
    CertifiedKey own = issue(3, zonal.asIssuer());
    List<byte[]> ownBundle =
        List.of(root.certificate(), regional.certificate(), zonal.certificate(), own.certificate());
    chains.put("own-root-with-genuine-names", signed(ownBundle, own.asIssuer()));
    chains.put(
        "genuine-root-then-own-chain",
        signed(replaced(ownBundle, 0, bundle.get(0)), own.asIssuer()));

    CertifiedKey selfSigned = selfSigned(new X500Name("C=US,O=OCC,OU=Soft,CN=own ca"));
    chains.put(
        "genuine-root-then-self-signed-ca",
        signed(List.of(bundle.get(0), selfSigned.certificate()), selfSigned.asIssuer()));
    return chains;
  }

  /** Only the byte after the message leaves the signature as it was. */
  private Map<String, byte[]> trailingBytes() {
    Map<String, byte[]> trailing = new LinkedHashMap<>();
    trailing.put("trailing-byte-after-message", CborFaults.trailing(genuine));
    trailing.put(
        "trailing-byte-after-payload", withElement(2, Cbor.bytes(CborFaults.trailing(payload))));
    trailing.put(
        "trailing-byte-after-certificate",
        unsigned("certificate", Cbor.bytes(CborFaults.trailing(leaf))));
    for (int index = 0; index < bundle.size(); index++) {
      byte[] longer = CborFaults.trailing(bundle.get(index));
      trailing.put(
          "trailing-byte-after-ca-" + index,
          unsigned("cabundle", encoded(replaced(bundle, index, longer))));
    }
    return trailing;
  }

  /** The document with a leaf of ours, which an issuer of ours certified and which signs it. */
  private byte[] signed(List<byte[]> newBundle, Issuer issuer) {
    EcKey key = newKey();
    X500Name name = Certificate.getInstance(leaf).getSubject();
    CertifiedKey own =
        new CertifiedKey(key, CertificateLevel.LEAF.template(issuer, name, key, time));
    Map<String, byte[]> changed = new LinkedHashMap<>(fields);
    changed.put("certificate", Cbor.bytes(own.certificate()));
    changed.put("cabundle", encoded(newBundle));
    return CoseSigner.sign(encoded(changed), key);
  }

  /** The document with one field changed and the genuine signature, which cannot fit any more. */
  private byte[] unsigned(String name, byte[] item) {
    Map<String, byte[]> changed = new LinkedHashMap<>(fields);
    changed.put(name, item);
    return withElement(2, Cbor.bytes(encoded(changed)));
  }

  private byte[] withElement(int index, byte[] item) {
    return Cbor.array(replaced(elements, index, item));
  }

  private CertifiedKey issue(int index, Issuer issuer) {
    EcKey key = newKey();
    CertificateLevel level =
        List.of(
                CertificateLevel.ROOT,
                CertificateLevel.REGIONAL,
                CertificateLevel.ZONAL,
                CertificateLevel.PARENT_INSTANCE)
            .get(index);
    return new CertifiedKey(key, level.template(issuer, subject(index), key, time));
  }

  private CertifiedKey selfSigned(X500Name name) {
    EcKey key = newKey();
    return new CertifiedKey(
        key, CertificateLevel.ROOT.template(new Issuer(name, key), name, key, time));
  }

  /** The subject of a genuine CA certificate. */
  private X500Name subject(int index) {
    return Certificate.getInstance(bundle.get(index)).getSubject();
  }

  private byte[] field(String name) {
    return Objects.requireNonNull(fields.get(name), name);
  }

  private static byte[] ownRegisters() {
    return AttestationPayload.pcrs(SoftEnclave.registers(AttestationFaults.MEASUREMENT, "forgery"));
  }

  private static byte[] encoded(List<byte[]> certificates) {
    return Cbor.array(certificates.stream().map(Cbor::bytes).toList());
  }

  private static byte[] encoded(Map<String, byte[]> payload) {
    List<byte[]> items = new ArrayList<>();
    payload.forEach(
        (name, item) -> {
          items.add(Cbor.text(name));
          items.add(item);
        });
    return Cbor.map(items);
  }

  private static List<byte[]> replaced(List<byte[]> items, int index, byte[] item) {
    List<byte[]> replaced = new ArrayList<>(items);
    replaced.set(index, item);
    return replaced;
  }

  private static EcKey newKey() {
    return EcKey.generate(EcKey.P384, new SecureRandom());
  }

  private static byte[] alg() {
    return Cbor.integer(CoseSigner.ALG);
  }

  private static byte[] es384() {
    return Cbor.integer(CoseSigner.ES384);
  }

  private static byte[] es256() {
    return Cbor.integer(-7);
  }
}
