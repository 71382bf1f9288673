package dev.occ.server;

import dev.occ.enclave.EnclaveClient;
import dev.occ.enclave.EnclaveClientOptions;
import dev.occ.enclave.EnclaveErrorCode;
import dev.occ.enclave.EnclaveException;
import dev.occ.enclave.EnclaveIdentity;
import dev.occ.epoch.CommitRequest;
import dev.occ.epoch.IntentChallenge;
import dev.occ.epoch.Slot;
import dev.occ.proof.Bytes;
import dev.occ.proof.Proof;
import dev.occ.signer.EnforcementTier;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way to the enclave: two clients, so that questions about its state do not wait behind
 * commits, and the rule that nothing is made in an epoch whose identity was not looked at, which is
 * what keeps debug enclaves out. Looking makes nothing: callers look before they count what they
 * are about to have made. Thread-safe.
 */
final class EnclaveGateway implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EnclaveGateway.class);
  private static final int STATUS_CONNECTIONS = 2;
  private static final int MAX_FLOOR_ATTEMPTS = 3;
  private static final Optional<String> FLOOR_BELOW_LAST =
      Optional.of(EnclaveErrorCode.FLOOR_BELOW_LAST.code());
  private static final Duration STATUS_TIMEOUT = Duration.ofSeconds(5);
  private static final String DEBUG =
      "the enclave runs in debug mode, and ALLOW_DEBUG_MODE is not set";

  private final EnclaveClient worker;
  private final EnclaveClient status;
  private final boolean allowDebug;
  private final BaseHeaders baseHeaders;
  private final EnclaveState state;

  /** The last epoch whose identity was looked at and is served. */
  private volatile String servedEpoch = "";

  /** Whether that epoch takes blocks of Base as floors. */
  private volatile boolean givesFloors;

  /** Has something made. */
  private interface Question<T> {
    T ask(EnclaveClient client) throws EnclaveException;
  }

  EnclaveGateway(
      Function<EnclaveClientOptions, EnclaveClient> clients,
      ParentLimits limits,
      boolean allowDebug,
      BaseHeaders baseHeaders,
      EnclaveState state) {
    this.allowDebug = allowDebug;
    this.baseHeaders = baseHeaders;
    this.state = state;
    EnclaveClientOptions.Builder options =
        EnclaveClientOptions.builder()
            .requestTimeout(limits.enclaveTimeout())
            .connectTimeout(shorter(limits.enclaveTimeout(), Duration.ofSeconds(2)));
    worker = clients.apply(options.maxConnections(limits.enclaveConnections()).build());
    status =
        clients.apply(
            options
                .maxConnections(STATUS_CONNECTIONS)
                .requestTimeout(shorter(limits.enclaveTimeout(), STATUS_TIMEOUT))
                .build());
  }

  private static Duration shorter(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }

  /** Who the enclave is now: asked each time, so never stale. */
  EnclaveIdentity identity() throws ApiException {
    EnclaveIdentity identity;
    try {
      identity = status.key();
    } catch (EnclaveException e) {
      throw failed(e);
    }
    state.seen(identity);
    if (!allowDebug && isDebug(identity)) {
      servedEpoch = ""; // so that no further slots are taken of it
      throw new ApiException(ApiError.DEBUG_ENCLAVE, DEBUG);
    }
    givesFloors = identity.takesBaseFloors();
    servedEpoch = identity.epochId();
    return identity;
  }

  /** Whether memory of the enclave can be read from outside: then PCR0 is all zero (spec 12). */
  static boolean isDebug(EnclaveIdentity identity) {
    return identity.enforcement() == EnforcementTier.MEASURED_TEE
        && identity.measurement().chars().allMatch(c -> c == '0');
  }

  /**
   * To be called before a slot is made: refuses if the enclave may not be served, or is away. It is
   * asked only if that is not known, and after each request that it did not answer: whatever stands
   * between may take requests and lose them, and each would count as a slot that may exist.
   */
  void requireServable() throws ApiException {
    if (servedEpoch.isEmpty() || !state.isUp()) {
      Object unused = identity();
    }
  }

  /** Makes a slot; whether its epoch may be served is for {@link #requireServed} to say. */
  Slot allocateSlot(String chainId) throws ApiException {
    return make(client -> slot(client, chainId));
  }

  /**
   * Of two requests at once, the one with the newer block may come first: then the other asks
   * again.
   */
  private Slot slot(EnclaveClient client, String chainId) throws EnclaveException {
    for (int attempt = 1; givesFloors; attempt++) {
      Optional<Bytes> header = baseHeaders.newest();
      if (header.isEmpty()) {
        break;
      }
      try {
        return client.allocateSlot(chainId, header.get());
      } catch (EnclaveException e) {
        if (attempt >= MAX_FLOOR_ATTEMPTS || !e.code().equals(FLOOR_BELOW_LAST)) {
          throw e;
        }
      }
    }
    return client.allocateSlot(chainId);
  }

  /** Refuses a slot of an enclave that may not be served. */
  void requireServed(Slot slot) throws ApiException {
    String epoch = slot.allocation().epochId();
    if (!epoch.equals(servedEpoch) && !identity().epochId().equals(epoch)) {
      throw new ApiException(ApiError.EPOCH_CHANGED, "the enclave restarted during the request")
          .retryAfter(Duration.ofSeconds(1));
    }
  }

  /** Has a challenge made. It does not name its epoch: {@link #identity} is to be called before. */
  Bytes challenge() throws ApiException {
    return make(EnclaveClient::challenge);
  }

  /** Has a challenge made that commits to an intent; as {@link #challenge()}. */
  IntentChallenge challenge(Bytes intentHash) throws ApiException {
    return make(client -> client.challenge(intentHash));
  }

  /** Consumes a slot; never repeated, whatever happens. */
  Proof commit(CommitRequest request) throws ApiException {
    return make(client -> client.commitDigest(request));
  }

  private <T> T make(Question<T> question) throws ApiException {
    try {
      return question.ask(worker);
    } catch (EnclaveException e) {
      if (e.mayHaveTakenEffect()) {
        LOG.warn("the outcome of a request to the enclave is unknown: {}", e.getMessage());
      }
      throw failed(e);
    }
  }

  private ApiException failed(EnclaveException e) {
    switch (e.reason()) {
      case UNAVAILABLE, TIMEOUT, PROTOCOL -> state.down(e);
      default -> LOG.debug("the enclave refused a request: {}", e.getMessage());
    }
    return EnclaveFailures.translate(e);
  }

  /** Ends what waits for the enclave, as {@code stopping}. Calls after the first do nothing. */
  @Override
  public void close() {
    worker.close();
    status.close();
  }
}
