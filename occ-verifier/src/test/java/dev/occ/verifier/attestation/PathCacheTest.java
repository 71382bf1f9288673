package dev.occ.verifier.attestation;

import static dev.occ.verifier.attestation.Verdicts.assertRefused;
import static dev.occ.verifier.attestation.Verdicts.assertTrusted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.occ.proof.Bytes;
import dev.occ.verifier.attestation.AttestationResult.Rejected;
import dev.occ.verifier.attestation.AttestationResult.Trusted;
import dev.occ.verifier.cache.RecentlyUsed;
import dev.occ.verifier.crypto.CryptoProvider;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

final class PathCacheTest {
  private final TestDocument document = new TestDocument();
  private final Bytes root = Bytes.of(document.ders()[0]);
  private final AttestationVerifier verifier = AttestationVerifier.builder().root(root).build();

  /** The path object itself comes back: nothing was validated anew. */
  @Test
  void verify_samePathAgain_reusesIt() throws Exception {
    Trusted first = verifier.verify(document.build()).orElseThrow();
    Trusted second = verifier.verify(document.member("nonce", Cbor.zeros(8)).build()).orElseThrow();

    assertThat(second.chain()).isSameAs(first.chain());
    assertThat(verifier.cachedPaths()).isEqualTo(1);
  }

  /** Every byte of every certificate counts, whether the change makes the path invalid or not. */
  @Test
  void verify_anyByteOfAnyCertificateChanged_missesCache() {
    assertTrusted(verifier.verify(document.build()));
    for (int certificate = 0; certificate < 5; certificate++) {
      for (int i = 0; i < document.ders()[certificate].length; i += 97) {
        byte[][] ders = document.ders();
        ders[certificate][i] ^= 1;
        document.putCertificates(ders);
        assertThat(verifier.verify(document.build())).isInstanceOf(Rejected.class);
      }
    }
    assertThat(verifier.cachedPaths()).isEqualTo(1);
  }

  @Test
  void find_anyByteOfAnyCertificateChanged_findsNothing() throws Exception {
    RecentlyUsed<PathKey, ValidatedPath> cache = new RecentlyUsed<>(4);
    ValidatedPath path = path(document);
    List<Bytes> key = key(document);
    cache.add(PathKey.of(key), path);
    for (int certificate = 0; certificate < 5; certificate++) {
      byte[] der = key.get(certificate).toByteArray();
      for (int i = 0; i < der.length; i++) {
        der[i] ^= 1;
        List<Bytes> changed = new ArrayList<>(key);
        changed.set(certificate, Bytes.of(der));
        assertThat(cache.find(PathKey.of(changed))).isEmpty();
        der[i] ^= 1;
      }
    }
    assertThat(cache.find(PathKey.of(List.copyOf(key)))).containsSame(path);
  }

  /** The same bytes cut at another place are other certificates. */
  @Test
  void find_sameBytesOtherwiseDivided_findsNothing() throws Exception {
    RecentlyUsed<PathKey, ValidatedPath> cache = new RecentlyUsed<>(4);
    Bytes one = Bytes.of(new byte[] {1});
    Bytes three = Bytes.of(new byte[] {3});
    cache.add(PathKey.of(List.of(Bytes.of(new byte[] {1, 2}), three)), path(document));

    assertThat(cache.find(PathKey.of(List.of(one, Bytes.of(new byte[] {2, 3}))))).isEmpty();
    assertThat(cache.find(PathKey.of(List.of(Bytes.of(new byte[] {1, 2, 3}))))).isEmpty();
    assertThat(cache.find(PathKey.of(List.of(Bytes.of(new byte[] {1, 2, 0, 1, 3}))))).isEmpty();
  }

  /** Pairs that would be one key if either octet of a length were not in it. */
  @Test
  void key_lengthsThatDifferInOneOctet_areOthers() {
    Bytes empty = Bytes.of(new byte[0]);
    byte[] lowOnly = new byte[256];
    lowOnly[0] = (byte) 255;
    assertThat(PathKey.of(List.of(Bytes.of(lowOnly))))
        .isNotEqualTo(PathKey.of(List.of(empty, Bytes.of(new byte[255]))));
    byte[] both = new byte[256];
    both[1] = (byte) 254;
    assertThat(PathKey.of(List.of(Bytes.of(both))))
        .isNotEqualTo(PathKey.of(List.of(empty, Bytes.of(new byte[254]))));
    assertThat(PathKey.of(List.of(Bytes.of(new byte[] {0}))))
        .isNotEqualTo(PathKey.of(List.of(empty, empty)));
  }

  @Test
  void key_emptyAndLongCertificates_areDividedByTheirLengths() {
    Bytes empty = Bytes.of(new byte[0]);
    Bytes longest = Bytes.of(new byte[0xFFFF]);
    assertThat(PathKey.of(List.of(empty, longest))).isNotEqualTo(PathKey.of(List.of(longest)));
    assertThat(PathKey.of(List.of(empty, longest)))
        .isEqualTo(PathKey.of(List.of(empty, longest)))
        .hasSameHashCodeAs(PathKey.of(List.of(empty, longest)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PathKey.of(List.of(Bytes.of(new byte[0x10000]))));
  }

  @Test
  void verify_validityInsideOnly_isCheckedOnHitsToo() {
    Instant first = TestDocument.TIME.minusSeconds(30);
    Instant last = TestDocument.TIME.plus(Duration.ofHours(3));
    assertTrusted(verifier.verify(document.build()));

    assertTrusted(verifier.verify(document.build(), first));
    assertTrusted(verifier.verify(document.build(), last));
    assertRefused(
        verifier.verify(document.build(), first.minusMillis(1)),
        AttestationRejection.CERTIFICATE_NOT_YET_VALID);
    assertRefused(
        verifier.verify(document.build(), last.plusMillis(1)),
        AttestationRejection.CERTIFICATE_EXPIRED);
    document.member("timestamp", Cbor.integer(last.toEpochMilli() + 1));
    assertRefused(verifier.verify(document.build()), AttestationRejection.CERTIFICATE_EXPIRED);
  }

  /** A CA that ends before the leaf bounds the path, not only the leaf does. */
  @Test
  void verify_shortestValidityIsNotTheLeafs_boundsHits() {
    Instant end = TestDocument.TIME.plusSeconds(60);
    document.certificate(2, c -> c.notAfter = end);
    assertTrusted(verifier.verify(document.build()));

    assertTrusted(verifier.verify(document.build(), end));
    assertRefused(
        verifier.verify(document.build(), end.plusMillis(1)),
        AttestationRejection.CERTIFICATE_EXPIRED);
  }

  @Test
  void verify_failingPath_isNeverCached() {
    document.certificate(4, c -> c.issuerKey = TestKey.named("stranger"));

    for (int i = 0; i < 2; i++) {
      assertRefused(
          verifier.verify(document.build()), AttestationRejection.CERTIFICATE_SIGNATURE_INVALID);
      assertThat(verifier.cachedPaths()).isZero();
    }
  }

  @Test
  void verify_cacheOfZero_holdsNothingAndVerifies() {
    AttestationVerifier uncached = AttestationVerifier.builder().root(root).cachedPaths(0).build();

    assertTrusted(uncached.verify(document.build()));
    assertTrusted(uncached.verify(document.build()));
    assertThat(uncached.cachedPaths()).isZero();
  }

  @Test
  void add_beyondCapacity_dropsTheLeastRecentlyUsed() throws Exception {
    RecentlyUsed<List<Bytes>, ValidatedPath> cache = new RecentlyUsed<>(2);
    ValidatedPath path = path(document);
    List<Bytes> one = List.of(Bytes.of(new byte[] {1}));
    List<Bytes> two = List.of(Bytes.of(new byte[] {2}));
    List<Bytes> three = List.of(Bytes.of(new byte[] {3}));
    cache.add(one, path);
    cache.add(two, path);
    assertThat(cache.find(one)).isPresent();

    cache.add(three, path);

    assertThat(cache.size()).isEqualTo(2);
    assertThat(cache.find(two)).isEmpty();
    assertThat(cache.find(one)).isPresent();
    assertThat(cache.find(three)).isPresent();
  }

  @Test
  void verify_manyThreads_agree() throws Exception {
    AttestationVerifier small = AttestationVerifier.builder().root(root).cachedPaths(2).build();
    List<byte[]> good = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      long serial = i + 10L;
      good.add(new TestDocument().certificate(4, c -> c.serial = serial).build());
    }
    byte[] bad =
        new TestDocument().certificate(4, c -> c.issuerKey = TestKey.named("stranger")).build();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Callable<Boolean>> tasks = new ArrayList<>();
      for (int i = 0; i < 64; i++) {
        byte[] one = good.get(i % 4);
        tasks.add(
            () -> small.verify(one) instanceof Trusted && small.verify(bad) instanceof Rejected);
      }
      for (Future<Boolean> agreed : threads.invokeAll(tasks)) {
        assertThat(agreed.get()).isTrue();
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(small.cachedPaths()).isLessThanOrEqualTo(2);
  }

  private ValidatedPath path(TestDocument document) throws AttestationException {
    PinnedRoot pinned = PinnedRoot.of(root);
    return new NitroPathValidation(Map.of(root, pinned), CryptoProvider.bouncyCastle())
        .validate(key(document), TestDocument.TIME);
  }

  private static List<Bytes> key(TestDocument document) {
    List<Bytes> key = new ArrayList<>();
    for (byte[] der : document.ders()) {
      key.add(Bytes.of(der));
    }
    return key;
  }
}
