package dev.occ.server;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.occ.enclave.EnclaveException;
import dev.occ.enclave.EnclaveIdentity;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is known of the enclave, for metrics and for the log, which gets a line when it changes.
 * Thread-safe.
 */
final class EnclaveState {
  private static final Logger LOG = LoggerFactory.getLogger(EnclaveState.class);

  private final Runnable onNewEpoch;

  @GuardedBy("this")
  private Optional<EnclaveIdentity> identity = Optional.empty();

  @GuardedBy("this")
  private boolean up;

  @GuardedBy("this")
  private boolean downReported;

  EnclaveState(Runnable onNewEpoch) {
    this.onNewEpoch = onNewEpoch;
  }

  /** The enclave answered. */
  void seen(EnclaveIdentity now) {
    Optional<EnclaveIdentity> before;
    boolean wasUp;
    synchronized (this) {
      before = identity;
      wasUp = up;
      identity = Optional.of(now);
      up = true;
      downReported = false;
    }
    boolean first = before.isEmpty();
    if (first || !before.get().epochId().equals(now.epochId())) {
      LOG.info(
          "{} epoch {}: tier {}, measurement {}, key {}",
          first ? "the enclave's" : "the enclave restarted; new",
          now.epochId(),
          now.enforcement().wireName(),
          now.measurement(),
          now.publicKey());
      if (EnclaveGateway.isDebug(now)) {
        LOG.warn("DEBUG MODE: the enclave's memory can be read from outside");
      }
      if (!first) {
        onNewEpoch.run();
      }
    } else if (!wasUp) {
      LOG.info("the enclave is reachable again");
    }
  }

  /** The enclave did not answer. */
  void down(EnclaveException why) {
    boolean news;
    synchronized (this) {
      news = !downReported;
      downReported = true;
      up = false;
    }
    if (news) {
      LOG.warn("the enclave cannot be reached: {}", why.getMessage());
    }
  }

  /** The last identity seen. */
  synchronized Optional<EnclaveIdentity> identity() {
    return identity;
  }

  /** Whether its last answer was one. */
  synchronized boolean isUp() {
    return up;
  }
}
