package dev.occ.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.occ.proof.Bytes;
import dev.occ.verifier.ReportVerifier.Genuine;
import dev.occ.verifier.ReportVerifier.NotGenuine;
import java.time.Instant;
import java.util.Arrays;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * What every attestation format must fulfil. A format's test extends this and gives one genuine
 * report; {@code docs/attestation-formats.md} says what else belongs to a format.
 */
abstract class ReportVerifierContract {
  private static final int RANDOM_REPORTS = 500;

  /** A genuine report and what it says. */
  record Sample(Bytes document, String measurement, Bytes boundData, Instant time) {
    byte[] report() {
      return document.toByteArray();
    }
  }

  /** The verifier under test, which trusts the sample's root. */
  abstract ReportVerifier verifier();

  /** The same, which trusts another root only. */
  abstract ReportVerifier stranger();

  /** A report that {@link #verifier()} accepts. */
  abstract Sample sample();

  @Test
  void verify_genuineReport_saysWhatItHolds() {
    Sample sample = sample();

    Genuine genuine = (Genuine) verifier().verify(sample.report(), null);

    assertThat(genuine.measurement().value()).isEqualTo(sample.measurement());
    assertThat(genuine.measurement().name()).isNotEmpty();
    assertThat(genuine.boundData()).isEqualTo(sample.boundData());
    assertThat(genuine.facts().time()).isEqualTo(sample.time());
    assertThat(genuine.facts().chain()).isNotEmpty();
  }

  @Test
  void verify_rootNotPinned_notGenuineWithReason() {
    refused(stranger(), sample().report(), null);
  }

  @Test
  void verify_yearsLater_notGenuineWithReason() {
    refused(verifier(), sample().report(), sample().time().plusSeconds(40L * 365 * 86_400));
  }

  /** Bytes outside of the signature may change, what is reported may not. */
  @Test
  void verify_eachByteChanged_neverSaysSomethingElse() {
    Sample sample = sample();
    ReportVerifier verifier = verifier();
    for (int i = 0; i < sample.report().length; i++) {
      byte[] changed = sample.report().clone();
      changed[i] ^= 1;
      if (verifier.verify(changed, null) instanceof Genuine genuine) {
        assertThat(genuine.measurement().value()).as("byte %s", i).isEqualTo(sample.measurement());
        assertThat(genuine.boundData()).as("byte %s", i).isEqualTo(sample.boundData());
        assertThat(genuine.facts().time()).as("byte %s", i).isEqualTo(sample.time());
      }
    }
  }

  @Test
  void verify_eachPrefixAndOneByteMore_notGenuine() {
    byte[] report = sample().report();
    for (int length = 0; length < report.length; length += 7) {
      refused(verifier(), Arrays.copyOf(report, length), null);
    }
    refused(verifier(), Arrays.copyOf(report, report.length + 1), null);
  }

  @Test
  void verify_anyBytes_resultAndNoException() {
    Random random = new Random(42);
    for (int i = 0; i < RANDOM_REPORTS; i++) {
      byte[] bytes = new byte[random.nextInt(300)];
      random.nextBytes(bytes);
      refused(verifier(), bytes, null);
    }
  }

  private static void refused(ReportVerifier verifier, byte[] report, @Nullable Instant at) {
    ReportVerifier.Outcome outcome = verifier.verify(report, at);
    assertThat(outcome).isInstanceOf(NotGenuine.class);
    NotGenuine refused = (NotGenuine) outcome;
    assertThat(refused.reason()).matches("[a-z0-9]+(-[a-z0-9]+)*");
    assertThat(refused.text()).isNotEmpty();
  }
}
