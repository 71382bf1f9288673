package dev.occ.enclave;

import dev.occ.enclave.EnclaveException.Reason;
import dev.occ.json.JsonException;
import dev.occ.json.JsonLimits;
import dev.occ.json.JsonObject;
import dev.occ.json.JsonValue;
import dev.occ.json.JsonView;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.time.Duration;
import java.util.Optional;

/** One request of a client, with what may be repeated when a connection turns out to be dead. */
final class ClientCall {
  private final ConnectionPool pool;
  private final byte[] request;
  private final boolean repeatable;
  private final JsonLimits limits;
  private final long deadline;

  /**
   * @param repeatable whether the request may be carried out twice
   */
  ClientCall(
      ConnectionPool pool, JsonObject request, boolean repeatable, EnclaveClientOptions options) {
    this.pool = pool;
    this.request = request.toBytes();
    this.repeatable = repeatable;
    this.limits = JsonLimits.DEFAULT.withMaxBytes(options.maxAnswerBytes());
    this.deadline = System.nanoTime() + options.requestTimeout().toNanos();
  }

  /** Sends the request; gives the answer if it is none of an error. */
  JsonView perform() throws EnclaveException {
    pool.enter(timeLeft());
    try {
      Optional<ClientConnection> idle = pool.takeIdle();
      if (idle.isPresent()) {
        try {
          return attempt(idle.get());
        } catch (EnclaveException e) {
          if (!isWorthRepeating(e)) {
            throw e;
          }
        }
      }
      return attempt(pool.connect(timeLeft()));
    } finally {
      pool.leave();
    }
  }

  /**
   * A connection from the pool may have died unnoticed. Then a request is sent again if nothing of
   * it went out, or if it does no harm twice.
   */
  private boolean isWorthRepeating(EnclaveException e) {
    return e.reason() == Reason.UNAVAILABLE
        && e.code().isEmpty()
        && (repeatable || !e.mayHaveTakenEffect());
  }

  private JsonView attempt(ClientConnection connection) throws EnclaveException {
    boolean answered = false;
    try {
      byte[] answer = connection.exchange(request, timeLeft());
      JsonView view = JsonView.of(JsonValue.read(answer, limits));
      answered = true;
      refuseError(view);
      return view;
    } catch (IOException e) {
      throw broken(connection, e);
    } catch (JsonException | RequestException e) {
      throw protocol("the answer is unusable: " + e.getMessage(), e);
    } finally {
      if (answered) {
        pool.giveBack(connection);
      } else {
        pool.discard(connection);
      }
    }
  }

  private EnclaveException broken(ClientConnection connection, IOException e) {
    boolean written = connection.hasWritten();
    if (connection.isExpired() && !pool.isClosed()) { // a closed client has no time left either
      return EnclaveException.of(Reason.TIMEOUT, "the enclave did not answer in time", e, written);
    }
    if (e instanceof ClosedByInterruptException) {
      return EnclaveException.of(Reason.INTERRUPTED, "interrupted during the request", e, written);
    }
    if (pool.isClosed()) {
      return EnclaveException.of(
          Reason.CLIENT_CLOSED, "the client was closed during the request", e, written);
    }
    return EnclaveException.of(
        Reason.UNAVAILABLE, "the connection broke: " + e.getMessage(), e, written);
  }

  private static void refuseError(JsonView answer) throws EnclaveException, JsonException {
    if (answer.object().has("error") || answer.object().has("code")) {
      throw EnclaveException.answered(answer.text("code"), answer.text("error"));
    }
  }

  /** The answer came, and is not what it should be: who knows what was done. */
  static EnclaveException protocol(String message, Exception cause) {
    return EnclaveException.of(Reason.PROTOCOL, message, cause, true);
  }

  private Duration timeLeft() throws EnclaveException {
    long left = deadline - System.nanoTime();
    if (left <= 0) {
      throw EnclaveException.of(
          Reason.TIMEOUT, "the time ran out before the request was sent", null, false);
    }
    return Duration.ofNanos(Math.max(left, 1_000_000)); // connectors take 1 ms or more
  }
}
