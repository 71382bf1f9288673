package dev.occ.signer.soft;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.x500.X500Name;

/** How the certificates of one document depart from good ones, level by level. */
final class ChainPlan {
  /** Below the enterprise number that is reserved for examples (RFC 5612). */
  static final ASN1ObjectIdentifier UNKNOWN_EXTENSION =
      new ASN1ObjectIdentifier("1.3.6.1.4.1.32473.1");

  private static final ASN1ObjectIdentifier PADDING =
      new ASN1ObjectIdentifier("1.3.6.1.4.1.32473.2");

  private final SoftAttestationAuthority authority;
  private final Map<CertificateLevel, BiConsumer<CertificateBuilder, EcKey>> changes =
      new EnumMap<>(CertificateLevel.class);
  private final Map<CertificateLevel, ASN1ObjectIdentifier> curves =
      new EnumMap<>(CertificateLevel.class);
  private final Map<CertificateLevel, UnaryOperator<Issuer>> issuers =
      new EnumMap<>(CertificateLevel.class);
  private final Map<CertificateLevel, Integer> sizes = new EnumMap<>(CertificateLevel.class);
  private List<CertificateLevel> intermediates =
      List.of(CertificateLevel.REGIONAL, CertificateLevel.ZONAL, CertificateLevel.PARENT_INSTANCE);
  private CertifiedKey root;

  ChainPlan(SoftAttestationAuthority authority) {
    this.authority = authority;
    this.root = authority.root();
  }

  /** Issues everything below another root. */
  @CanIgnoreReturnValue
  ChainPlan root(CertifiedKey root) {
    this.root = root;
    return this;
  }

  /** The CAs between root and leaf, by the level whose certificate they get. */
  @CanIgnoreReturnValue
  ChainPlan intermediates(List<CertificateLevel> intermediates) {
    this.intermediates = List.copyOf(intermediates);
    return this;
  }

  /** Changes the certificates of a level before they are signed. */
  @CanIgnoreReturnValue
  ChainPlan change(CertificateLevel level, BiConsumer<CertificateBuilder, EcKey> change) {
    changes.put(level, change);
    return this;
  }

  /** Changes who signs the certificates of a level. */
  @CanIgnoreReturnValue
  ChainPlan issuer(CertificateLevel level, UnaryOperator<Issuer> issuer) {
    issuers.put(level, issuer);
    return this;
  }

  /** Puts the key of a level on another curve. */
  @CanIgnoreReturnValue
  ChainPlan curve(CertificateLevel level, ASN1ObjectIdentifier curve) {
    curves.put(level, curve);
    return this;
  }

  /** Fills the certificates of a level up to an exact number of bytes. */
  @CanIgnoreReturnValue
  ChainPlan size(CertificateLevel level, int bytes) {
    sizes.put(level, bytes);
    return this;
  }

  /** Makes the keys and certificates. */
  SoftEnclave.Chain issue(String moduleId, Instant now) {
    List<CertifiedKey> authorities = new ArrayList<>(List.of(root));
    for (CertificateLevel level : intermediates) {
      String name = "C=US,O=OCC,OU=Soft,CN=" + authorities.size() + ".faults.nitro-enclaves";
      authorities.add(link(level, authorities.get(authorities.size() - 1), name, now));
    }
    CertifiedKey last = authorities.get(authorities.size() - 1);
    String name = "C=US,O=OCC,OU=Soft,CN=" + moduleId + ".faults";
    return new SoftEnclave.Chain(authorities, link(CertificateLevel.LEAF, last, name, now));
  }

  private CertifiedKey link(CertificateLevel level, CertifiedKey above, String name, Instant now) {
    ASN1ObjectIdentifier curve = curves.getOrDefault(level, EcKey.P384);
    EcKey key = EcKey.generate(curve, new SecureRandom());
    Issuer issuer = issuers.getOrDefault(level, i -> i).apply(above.asIssuer());
    Supplier<CertificateBuilder> description =
        () -> {
          CertificateBuilder builder = level.template(issuer, new X500Name(name), key, now);
          changes.getOrDefault(level, (b, k) -> {}).accept(builder, key);
          return builder;
        };
    Integer size = sizes.get(level);
    return size == null ? new CertifiedKey(key, description.get()) : padded(key, description, size);
  }

  /** A signature's length in DER varies with every change of content, so this takes some tries. */
  private static CertifiedKey padded(
      EcKey key, Supplier<CertificateBuilder> description, int size) {
    int padding = 100;
    for (int attempt = 0; attempt < 200; attempt++) {
      byte[] filler = new byte[padding];
      Arrays.fill(filler, (byte) attempt);
      CertificateBuilder builder =
          description.get().extension(PADDING, false, new DEROctetString(filler));
      CertifiedKey certified = new CertifiedKey(key, builder);
      int missing = size - certified.certificate().length;
      if (missing == 0) {
        return certified;
      }
      padding += missing;
    }
    throw new IllegalStateException("no certificate of exactly " + size + " bytes was found");
  }

  /** A fresh key for whoever is not the one that should sign. */
  EcKey strangersKey() {
    return authority.newKey();
  }

  /** The pinned root's name with a key that is not the pinned one's. */
  CertifiedKey lookAlikeRoot(Instant now) {
    EcKey key = authority.newKey();
    X500Name name = authority.root().asIssuer().name();
    return new CertifiedKey(
        key, CertificateLevel.ROOT.template(new Issuer(name, key), name, key, now));
  }
}
