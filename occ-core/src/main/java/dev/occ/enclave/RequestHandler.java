package dev.occ.enclave;

import dev.occ.epoch.Epoch;
import dev.occ.epoch.EpochException;
import dev.occ.json.JsonException;
import dev.occ.json.JsonLimits;
import dev.occ.json.JsonValue;
import dev.occ.json.JsonView;
import java.util.Optional;
import org.slf4j.Logger;

/** Turns a request's bytes into an answer, whatever they are. Thread-safe. */
final class RequestHandler {
  private final JsonLimits limits;
  private final Actions actions;
  private final Logger log;
  private final LogThrottle signerFailures = new LogThrottle(System::nanoTime);

  RequestHandler(Epoch epoch, int maxRequestBytes, Logger log) {
    this.limits = JsonLimits.DEFAULT.withMaxBytes(maxRequestBytes);
    this.actions = new Actions(epoch);
    this.log = log;
  }

  /** The refusal of a request that says what its action does not know, without parsing it. */
  Optional<Reply> refusal(byte[] utf8) {
    try {
      Actions.requireKnownMembers(utf8);
      return Optional.empty();
    } catch (JsonException e) {
      return Optional.of(Reply.error(e.reason().code(), e, false));
    } catch (RequestException e) {
      return Optional.of(Reply.error(e, false));
    }
  }

  Reply handle(byte[] utf8) {
    boolean keepAlive = false;
    try {
      JsonView request = JsonView.of(JsonValue.read(utf8, limits));
      keepAlive = request.optionalBoolean("keepAlive").orElse(false);
      return new Reply(actions.perform(request), keepAlive);
    } catch (RequestException e) {
      return Reply.error(e, keepAlive);
    } catch (JsonException e) {
      return Reply.error(e.reason().code(), e, keepAlive);
    } catch (EpochException e) {
      report(e);
      return Reply.error(e.reason().code(), e, keepAlive);
    } catch (RuntimeException | Error e) {
      // A bug, here or in a third party's signer: one request's problem, not the server's.
      log.error("a request failed unexpectedly", e);
      return Reply.error(EnclaveErrorCode.INTERNAL, "the server failed; its log has more");
    }
  }

  private void report(EpochException e) {
    if (e.reason() == EpochException.Reason.SIGNER_FAILED) {
      signerFailures.log(
          others -> log.warn("the signer failed ({} more since the last report)", others, e));
    }
  }
}
