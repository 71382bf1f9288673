package dev.occ.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.occ.signer.EnforcementTier;
import dev.occ.signer.Signer;
import dev.occ.signer.SignerException;
import dev.occ.signer.soft.SoftSigner;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A software signer that says what a test wants of itself, and runs a test's code as it signs. */
final class TestSigner implements Signer {
  private final Signer soft = SoftSigner.open();
  private final EnforcementTier tier;
  private final String measurement;
  private final AtomicInteger signatures = new AtomicInteger();
  private volatile Hook hook = number -> {};

  /** Runs before each signature. */
  interface Hook {
    /** {@code number} counts from 1. */
    void beforeSignature(int number) throws SignerException;
  }

  TestSigner(EnforcementTier tier, String measurement) {
    this.tier = tier;
    this.measurement = measurement;
  }

  static TestSigner stub() {
    return new TestSigner(EnforcementTier.STUB, "test");
  }

  void onSign(Hook next) {
    hook = next;
  }

  /** Has signatures wait until they are released. */
  static final class Hold implements Hook {
    private final CountDownLatch signing = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);

    @Override
    public void beforeSignature(int number) {
      signing.countDown();
      PressureTest.awaitQuietly(release);
    }

    /** Returns once a signature waits. */
    void awaitSigning() throws InterruptedException {
      assertThat(signing.await(1, TimeUnit.MINUTES)).isTrue();
    }

    void release() {
      release.countDown();
    }
  }

  int signatures() {
    return signatures.get();
  }

  @Override
  public EnforcementTier enforcement() {
    return tier;
  }

  @Override
  public String measurement() {
    return measurement;
  }

  @Override
  public byte[] publicKey() {
    return soft.publicKey();
  }

  @Override
  public byte[] sign(byte[] message) throws SignerException {
    hook.beforeSignature(signatures.incrementAndGet());
    return soft.sign(message);
  }

  @Override
  public byte[] random(int length) throws SignerException {
    return soft.random(length);
  }

  @Override
  public void close() {
    soft.close();
  }
}
