package dev.occ.enclave;

import dev.occ.signer.EnforcementTier;
import dev.occ.signer.Signer;
import dev.occ.signer.SignerException;
import dev.occ.signer.soft.SoftSigner;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** A soft signer that a test can hold up or let fail, while it signs. */
final class FakeSigner implements Signer {
  /** What to do instead of signing. */
  interface Fault {
    void run() throws SignerException;
  }

  private final Signer real = SoftSigner.open();
  private volatile Fault fault = () -> {};
  private final Semaphore held = new Semaphore(0);
  private final CountDownLatch release = new CountDownLatch(1);

  /** From now on every signature waits for {@link #release}. */
  void hold() {
    fault =
        () -> {
          held.release();
          try {
            if (!release.await(60, TimeUnit.SECONDS)) {
              throw new IllegalStateException("never released");
            }
          } catch (InterruptedException e) {
            throw new SignerException(SignerException.Reason.DEVICE_FAILURE, "interrupted", e);
          }
        };
  }

  /** Waits until as many signatures wait. */
  void awaitHeld(int count) throws InterruptedException {
    if (!held.tryAcquire(count, 60, TimeUnit.SECONDS)) {
      throw new AssertionError("nobody signs");
    }
  }

  void release() {
    fault = () -> {};
    release.countDown();
  }

  void fail(Fault how) {
    fault = how;
  }

  @Override
  public EnforcementTier enforcement() {
    return real.enforcement();
  }

  @Override
  public String measurement() {
    return real.measurement();
  }

  @Override
  public byte[] publicKey() {
    return real.publicKey();
  }

  @Override
  public byte[] sign(byte[] message) throws SignerException {
    fault.run();
    return real.sign(message);
  }

  @Override
  public byte[] random(int length) throws SignerException {
    return real.random(length);
  }

  @Override
  public void close() {
    real.close();
  }
}
