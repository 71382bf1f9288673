package dev.occ.signer.soft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.occ.signer.EnforcementTier;
import dev.occ.signer.SignerException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertPathValidatorException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SoftAttestationAuthorityTest {
  private static final Instant START = Instant.parse("2026-03-21T10:00:00.123Z");
  private static final byte[] USER_DATA = new byte[] {1, 2, 3};

  private final SettableClock clock = new SettableClock(START);
  private final SoftAttestationAuthority authority = SoftAttestationAuthority.create(clock);
  private final SoftSigner signer = SoftSigner.builder().attestedBy(authority).open();

  @AfterEach
  void closeSigner() {
    signer.close();
  }

  @Test
  void signer_withAuthority_statesFormatAndPcr0ButNoHigherTier() throws Exception {
    assertThat(signer.attestationFormat()).contains("occ-soft-nitro");
    assertThat(signer.enforcement()).isEqualTo(EnforcementTier.STUB);
    assertThat(signer.measurement())
        .isEqualTo(SoftAttestationAuthority.measurementOf("soft:dev"))
        .isEqualTo(
            HexFormat.of()
                .formatHex((byte[]) AttestationReader.pcrs(signer.attest(USER_DATA)).get("0")));
  }

  @Test
  void measurement_withAuthority_isPcr0AndMustLookLikeIt() throws Exception {
    String other = SoftAttestationAuthority.measurementOf("some image");
    try (SoftSigner measured =
        SoftSigner.builder().measurement(other).attestedBy(authority).open()) {
      assertThat(measured.measurement()).isEqualTo(other);
      assertThat((byte[]) AttestationReader.pcrs(measured.attest(USER_DATA)).get("0"))
          .isEqualTo(HexFormat.of().parseHex(other));
    }
    for (String bad : List.of("soft:dev", other.substring(2), "A" + other.substring(1))) {
      SoftSigner.Builder builder = SoftSigner.builder().measurement(bad).attestedBy(authority);
      assertThatThrownBy(builder::open).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void attest_always_givesTheFieldsInTheOrderOfAws() throws Exception {
    byte[] document = signer.attest(USER_DATA);
    List<?> message = AttestationReader.message(document);
    assertThat(message).hasSize(4);
    assertThat((byte[]) message.get(0)).isEqualTo(HexFormat.of().parseHex("a1013822"));
    assertThat((Map<?, ?>) message.get(1)).isEmpty();
    assertThat((byte[]) message.get(3)).hasSize(96);
    Map<?, ?> payload = AttestationReader.payload(document);
    assertThat(List.<Object>copyOf(payload.keySet()))
        .containsExactly(
            "module_id",
            "digest",
            "timestamp",
            "pcrs",
            "certificate",
            "cabundle",
            "public_key",
            "user_data",
            "nonce");
    assertThat((String) payload.get("module_id")).matches("i-[0-9a-f]{17}-enc[0-9a-f]{16}");
    assertThat(payload.get("digest")).isEqualTo("SHA384");
    assertThat(payload.get("timestamp")).isEqualTo(START.toEpochMilli());
    assertThat(payload.get("public_key")).isEqualTo(AttestationReader.NULL);
    assertThat(payload.get("nonce")).isEqualTo(AttestationReader.NULL);
    assertThat((byte[]) payload.get("user_data")).isEqualTo(USER_DATA);
    assertThat(AttestationReader.pcrs(document))
        .hasSize(16)
        .allSatisfy((k, v) -> assertThat((byte[]) v).hasSize(48));
  }

  @Test
  void attest_always_verifiesWithTheJdkBelowThePinnedRoot() throws Exception {
    byte[] document = signer.attest(USER_DATA);
    assertThat(JdkChecks.signatureVerifies(document)).isTrue();
    JdkChecks.validatePath(document, authority.rootCertificate());
    assertThat(AttestationReader.cabundle(document).get(0)).isEqualTo(authority.rootCertificate());
  }

  @Test
  void attest_otherAuthority_doesNotVerifyBelowThisRoot() throws Exception {
    SoftAttestationAuthority other = SoftAttestationAuthority.create(clock);
    assertThat(other.rootCertificate()).isNotEqualTo(authority.rootCertificate());
    byte[] document = signer.attest(USER_DATA);
    assertThatThrownBy(() -> JdkChecks.validatePath(document, other.rootCertificate()))
        .isInstanceOf(CertPathValidatorException.class);
  }

  @Test
  void attest_withinTheLeafsLife_reusesTheChain() throws Exception {
    byte[] first = signer.attest(USER_DATA);
    clock.set(START.plus(Duration.ofHours(2)));
    byte[] second = signer.attest(USER_DATA);
    assertThat(AttestationReader.bytes(second, "certificate"))
        .isEqualTo(AttestationReader.bytes(first, "certificate"));
  }

  @Test
  void attest_afterAnyTime_renewsWhatHasExpiredAndVerifies() throws Exception {
    byte[] root = authority.rootCertificate();
    List<byte[]> previous = certificates(signer.attest(USER_DATA));
    Duration[] steps = {
      Duration.ofHours(3).plusSeconds(1), // the leaf has expired
      Duration.ofDays(1), // and the instance's certificate
      Duration.ofDays(6), // and the zone's
      Duration.ofDays(20), // and the region's
    };
    Instant now = START;
    for (int step = 0; step < steps.length; step++) {
      now = now.plus(steps[step]);
      clock.set(now);
      byte[] document = signer.attest(USER_DATA);
      JdkChecks.validatePath(document, root);
      List<byte[]> current = certificates(document);
      int kept = 4 - step;
      for (int level = 0; level < 5; level++) {
        assertThat(Arrays.equals(current.get(level), previous.get(level)))
            .as("step %d keeps level %d", step, level)
            .isEqualTo(level < kept);
      }
      previous = current;
    }
  }

  @Test
  void attest_clockSetBack_stillVerifies() throws Exception {
    assertThat(signer.attest(USER_DATA)).isNotEmpty();
    clock.set(START.minus(Duration.ofDays(300)));
    JdkChecks.validatePath(signer.attest(USER_DATA), authority.rootCertificate());
  }

  @Test
  void attest_clockOutsideTheRootsLife_isUnavailable() {
    for (Duration offset : List.of(Duration.ofDays(-366), Duration.ofDays(29 * 365 + 1))) {
      clock.set(START.plus(offset));
      assertThatThrownBy(() -> signer.attest(USER_DATA))
          .isInstanceOfSatisfying(
              SignerException.class,
              e -> assertThat(e.reason()).isEqualTo(SignerException.Reason.UNAVAILABLE));
    }
  }

  @Test
  void certificates_always_haveTheShapeOfGenuineOnes() throws Exception {
    Path genuine = Path.of(System.getProperty("occ.vectors"), "attestation", "72ffd835a669.cose");
    assumeTrue(
        Files.exists(genuine),
        () -> "no test vector " + genuine + "; OCC_VECTORS names their folder");
    List<X509Certificate> theirs = JdkChecks.chain(Files.readAllBytes(genuine));
    List<X509Certificate> ours = JdkChecks.chain(signer.attest(USER_DATA));
    assertThat(ours).hasSameSizeAs(theirs);
    for (int level = 0; level < ours.size(); level++) {
      assertThat(shape(ours.get(level))).as("level %d", level).isEqualTo(shape(theirs.get(level)));
      assertThat(lifetime(ours.get(level)).minus(lifetime(theirs.get(level))).abs())
          .as("lifetime at level %d", level)
          .isLessThan(level == 0 ? Duration.ofDays(10) : Duration.ofHours(10));
    }
  }

  @Test
  void certificates_whereTheCalendarIsBuddhist_areDatedAsX509Wants() throws Exception {
    Locale before = Locale.getDefault();
    Locale.setDefault(new Locale.Builder().setLanguage("th").setRegion("TH").build());
    try {
      SoftAttestationAuthority thai = SoftAttestationAuthority.create(clock);
      assertThat(JdkChecks.parse(thai.rootCertificate()).getNotBefore().toInstant())
          .isEqualTo(Instant.parse("2025-03-21T10:00:00Z"));
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void attest_byManyThreadsWhileTheClockMoves_givesGoodDocuments() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(4);
    try {
      List<Future<byte[]>> documents = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        clock.set(START.plus(Duration.ofHours(i)));
        documents.add(pool.submit(() -> signer.attest(USER_DATA)));
      }
      for (Future<byte[]> document : documents) {
        byte[] bytes = document.get(2, TimeUnit.MINUTES);
        assertThat(JdkChecks.signatureVerifies(bytes)).isTrue();
        JdkChecks.validatePath(bytes, authority.rootCertificate());
      }
    } finally {
      pool.shutdownNow();
    }
  }

  private static List<byte[]> certificates(byte[] document) {
    List<byte[]> all = new ArrayList<>(AttestationReader.cabundle(document));
    all.add(AttestationReader.bytes(document, "certificate"));
    return all;
  }

  private static Duration lifetime(X509Certificate certificate) {
    return Duration.between(
        certificate.getNotBefore().toInstant(), certificate.getNotAfter().toInstant());
  }

  private static String shape(X509Certificate certificate) {
    return "version "
        + certificate.getVersion()
        + ", signed "
        + certificate.getSigAlgName()
        + ", key "
        + certificate.getPublicKey().getAlgorithm()
        + " "
        + certificate.getPublicKey().getEncoded().length
        + ", path length "
        + certificate.getBasicConstraints()
        + ", key usage "
        + Arrays.toString(certificate.getKeyUsage())
        + ", critical "
        + new TreeSet<>(certificate.getCriticalExtensionOIDs())
        + ", others "
        + new TreeSet<>(certificate.getNonCriticalExtensionOIDs())
        + ", subject "
        + attributes(certificate);
  }

  /** The attribute types of the subject, in order. */
  private static String attributes(X509Certificate certificate) {
    return certificate.getSubjectX500Principal().toString().replaceAll("=[^,]*", "");
  }
}
