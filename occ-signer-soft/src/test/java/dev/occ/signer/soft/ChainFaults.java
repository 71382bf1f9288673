package dev.occ.signer.soft;

import static dev.occ.signer.soft.CertificateLevel.LEAF;
import static dev.occ.signer.soft.CertificateLevel.PARENT_INSTANCE;
import static dev.occ.signer.soft.CertificateLevel.REGIONAL;
import static dev.occ.signer.soft.CertificateLevel.ZONAL;
import static dev.occ.signer.soft.Fault.broken;
import static dev.occ.signer.soft.Fault.valid;

import dev.occ.signer.soft.Fault.Clause;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;

/** Chains of good certificates that do not lead from the enclave's to the pinned root. */
final class ChainFaults {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration HOUR = Duration.ofHours(1);

  /** With this offset three hours end now. */
  private static final Duration LAST = Duration.ofHours(-3);

  private ChainFaults() {}

  static List<Fault> all() {
    List<Fault> all = new ArrayList<>();
    all.addAll(validity("leaf", LEAF));
    all.addAll(validity("instance", PARENT_INSTANCE));
    all.addAll(validity("zonal", ZONAL));
    all.addAll(validity("regional", REGIONAL));
    all.addAll(roots());
    all.addAll(orders());
    all.addAll(depths());
    all.addAll(links());
    return all;
  }

  private static List<Fault> validity(String name, CertificateLevel level) {
    return List.of(
        broken(name + "-expired", Clause.CHAIN, d -> validity(d, level, HOUR.multipliedBy(-4))),
        broken(name + "-not-yet-valid", Clause.CHAIN, d -> validity(d, level, HOUR)),
        // Certificates know seconds only: one is the least by which they can be too late or early.
        broken(
            name + "-expired-by-1-second",
            Clause.CHAIN,
            d -> validity(d, level, LAST.minus(SECOND))),
        broken(name + "-early-by-1-second", Clause.CHAIN, d -> validity(d, level, SECOND)),
        valid(name + "-in-its-last-second", Clause.CHAIN, d -> validity(d, level, LAST)),
        valid(name + "-in-its-first-second", Clause.CHAIN, d -> validity(d, level, Duration.ZERO)));
  }

  /** Three hours that start at an offset from the document's time, which is a whole second here. */
  private static void validity(
      AttestationDocumentBuilder document, CertificateLevel level, Duration offset) {
    Instant now = document.time().truncatedTo(ChronoUnit.SECONDS);
    Instant start = now.plus(offset);
    document
        .time(now)
        .chain()
        .change(level, (builder, key) -> builder.validity(start, start.plus(HOUR.multipliedBy(3))));
  }

  private static List<Fault> roots() {
    return List.of(
        broken("root-of-other-authority", Clause.CHAIN, d -> d.chain().root(other(d).root())),
        broken(
            "root-look-alike",
            Clause.CHAIN,
            d -> d.chain().root(d.chain().lookAlikeRoot(d.time()))),
        // All but the first entry is good: the root that the document brings counts for nothing.
        broken(
            "root-replaced-in-bundle",
            Clause.CHAIN,
            d -> d.cabundle(b -> with(b, 0, other(d).rootCertificate()))),
        broken(
            "root-replaced-by-look-alike",
            Clause.CHAIN,
            d -> d.cabundle(b -> with(b, 0, d.chain().lookAlikeRoot(d.time()).certificate()))),
        broken("root-before-other-root", Clause.CHAIN, ChainFaults::pinnedRootFirst),
        broken("root-missing", Clause.CHAIN, d -> d.cabundle(b -> b.subList(1, 4))),
        broken("root-only", Clause.CHAIN, d -> d.cabundle(b -> b.subList(0, 1))));
  }

  private static List<Fault> orders() {
    return List.of(
        broken("order-reversed", Clause.CHAIN, d -> d.cabundle(ChainFaults::reversed)),
        broken("order-zonal-before-regional", Clause.CHAIN, d -> d.cabundle(b -> swapped(b, 1, 2))),
        broken("order-root-second", Clause.CHAIN, d -> d.cabundle(b -> swapped(b, 0, 1))),
        broken("regional-missing", Clause.CHAIN, d -> d.cabundle(b -> without(b, 1))),
        broken("zonal-missing", Clause.CHAIN, d -> d.cabundle(b -> without(b, 2))),
        broken("instance-missing", Clause.CHAIN, d -> d.cabundle(b -> without(b, 3))),
        broken("zonal-twice", Clause.CHAIN, d -> d.cabundle(b -> inserted(b, 2, b.get(2)))),
        broken("root-twice", Clause.CHAIN, d -> d.cabundle(b -> inserted(b, 1, b.get(0)))),
        broken(
            "foreign-certificate-in-bundle",
            Clause.CHAIN,
            d -> d.cabundle(b -> inserted(b, 4, other(d).rootCertificate()))));
  }

  private static List<Fault> depths() {
    return List.of(
        broken("path-length-1-above-two", Clause.CHAIN, d -> pathLength(d, REGIONAL, 1)),
        broken("path-length-0-above-one", Clause.CHAIN, d -> pathLength(d, ZONAL, 0)),
        broken(
            "path-length-0-below-instance",
            Clause.CHAIN,
            d ->
                d.chain()
                    .intermediates(List.of(REGIONAL, ZONAL, PARENT_INSTANCE, PARENT_INSTANCE))),
        broken("path-length-bundle-of-33", Clause.CHAIN, ChainFaults::deep),
        valid(
            "path-length-bundle-of-2",
            Clause.CHAIN,
            d -> d.chain().intermediates(List.of(PARENT_INSTANCE))));
  }

  private static List<Fault> links() {
    return List.of(
        broken(
            "leaf-signed-by-other-key",
            Clause.CHAIN,
            d -> d.chain().issuer(LEAF, i -> new Issuer(i.name(), d.chain().strangersKey()))),
        broken(
            "zonal-signed-by-other-key",
            Clause.CHAIN,
            d -> d.chain().issuer(ZONAL, i -> new Issuer(i.name(), d.chain().strangersKey()))),
        broken(
            "leaf-names-other-issuer",
            Clause.CHAIN,
            d -> d.chain().issuer(LEAF, i -> new Issuer(new X500Name("CN=other"), i.key()))),
        broken(
            "zonal-names-other-issuer",
            Clause.CHAIN,
            d -> d.chain().issuer(ZONAL, i -> new Issuer(new X500Name("CN=other"), i.key()))),
        broken("leaf-signature-flipped", Clause.CHAIN, d -> d.leaf(ChainFaults::lastBitFlipped)),
        broken(
            "zonal-signature-flipped",
            Clause.CHAIN,
            d -> d.cabundle(b -> with(b, 2, lastBitFlipped(b.get(2))))),
        broken("leaf-below-look-alike-root", Clause.CHAIN, ChainFaults::leafBelowLookAlike));
  }

  private static SoftAttestationAuthority other(AttestationDocumentBuilder document) {
    return SoftAttestationAuthority.create(Clock.fixed(document.time(), ZoneOffset.UTC));
  }

  /** The whole path is another authority's; only the first entry is what the verifier pins. */
  private static void pinnedRootFirst(AttestationDocumentBuilder document) {
    document.chain().root(other(document).root());
    document.cabundle(b -> inserted(b, 0, document.authority().rootCertificate()));
  }

  private static void pathLength(
      AttestationDocumentBuilder document, CertificateLevel level, int length) {
    document
        .chain()
        .change(
            level,
            (builder, key) ->
                builder.extension(Extension.basicConstraints, true, new BasicConstraints(length)));
  }

  /** 32 CAs below the root, none of which limits the path: valid but for its length. */
  private static void deep(AttestationDocumentBuilder document) {
    document
        .chain()
        .intermediates(Collections.nCopies(32, REGIONAL))
        .change(
            REGIONAL,
            (builder, key) ->
                builder.extension(Extension.basicConstraints, true, new BasicConstraints(true)));
  }

  private static void leafBelowLookAlike(AttestationDocumentBuilder document) {
    document.chain().intermediates(List.of()).root(document.chain().lookAlikeRoot(document.time()));
    document.cabundle(b -> List.of(document.authority().rootCertificate()));
  }

  private static List<byte[]> with(List<byte[]> bundle, int index, byte[] certificate) {
    bundle.set(index, certificate);
    return bundle;
  }

  private static List<byte[]> inserted(List<byte[]> bundle, int index, byte[] certificate) {
    bundle.add(index, certificate);
    return bundle;
  }

  private static List<byte[]> without(List<byte[]> bundle, int index) {
    bundle.remove(index);
    return bundle;
  }

  private static List<byte[]> swapped(List<byte[]> bundle, int one, int other) {
    Collections.swap(bundle, one, other);
    return bundle;
  }

  private static List<byte[]> reversed(List<byte[]> bundle) {
    Collections.reverse(bundle);
    return bundle;
  }

  /** Flips the last bit of a certificate, which is the last of its signature's s. */
  private static byte[] lastBitFlipped(byte[] certificate) {
    byte[] flipped = certificate.clone();
    flipped[flipped.length - 1] ^= 1;
    return flipped;
  }
}
