package dev.occ.client;

import dev.occ.client.OccClientException.Reason;
import dev.occ.json.JsonException;
import dev.occ.json.JsonValue;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;

/** Sends requests, and repeats those that certainly had no effect. */
final class Caller {
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int UNAVAILABLE = 503;

  private final Transport transport;
  private final Pauses pauses;

  Caller(Transport transport, Pauses pauses) {
    this.transport = transport;
    this.pauses = pauses;
  }

  /** Makes sense of a good answer. */
  interface Decoder<T> {
    T decode(JsonValue answer) throws JsonException;
  }

  /** The decoded answer to a request that is repeated as long as that is safe. */
  <T> T call(HttpCall call, Decoder<T> decoder) throws OccClientException {
    return decode(call, answer(call), decoder);
  }

  static <T> T decode(HttpCall call, Answer answer, Decoder<T> decoder) throws OccClientException {
    try {
      return decoder.decode(answer.json());
    } catch (JsonException e) {
      throw OccClientException.because(
              Reason.MALFORMED_RESPONSE, "the answer is not one to this request: " + e.getMessage())
          .cause(e)
          .mayHaveTakenEffect(call.hasEffect())
          .build();
    }
  }

  /** A 200, after as many repetitions as are safe. */
  Answer answer(HttpCall call) throws OccClientException {
    return answer(call, Answer::isOk);
  }

  /** An answer that its caller understands, after as many repetitions as are safe. */
  Answer answer(HttpCall call, Predicate<Answer> understood) throws OccClientException {
    for (int attempt = 1; ; attempt++) {
      Optional<Duration> retryAfter = Optional.empty();
      OccClientException failure;
      boolean repeatable;
      try {
        Answer answer = transport.send(call);
        if (understood.test(answer)) {
          return answer;
        }
        failure = failure(call, answer);
        repeatable = isRepeatable(answer, call);
        retryAfter = failure.retryAfter();
      } catch (OccClientException e) {
        failure = e;
        repeatable = isRepeatable(e);
      }
      Optional<Duration> pause = repeatable ? pauses.next(attempt, retryAfter) : Optional.empty();
      if (pause.isEmpty() || !pauses.await(pause.get())) {
        throw failure;
      }
    }
  }

  /** What a {@code Retry-After} and our own back-off make of a further attempt; empty for none. */
  Optional<Duration> pauseAfter(int attempts, Answer answer) {
    return pauses.next(attempts, pauses.retryAfter(answer.headers()));
  }

  /** Waits; false if there is to be no further attempt. */
  boolean await(Duration pause) throws OccClientException {
    return pauses.await(pause);
  }

  private static boolean isRepeatable(OccClientException e) {
    return switch (e.reason()) {
      case UNREACHABLE -> true;
      case CONNECTION_LOST, TIMEOUT -> !e.mayHaveTakenEffect();
      default -> false;
    };
  }

  private static boolean isRepeatable(Answer answer, HttpCall call) {
    return answer.status() == TOO_MANY_REQUESTS
        || (answer.status() == UNAVAILABLE && (!call.hasEffect() || isWithoutEffect(answer)));
  }

  /** Whether a 503 says that nothing was made, or no more than the proofs that it carries. */
  static boolean isWithoutEffect(Answer answer) {
    return answer.code().flatMap(RetryableCode::of).isPresent();
  }

  /** A failure after something was made, whatever status and code say. */
  OccClientException failureMidway(Answer answer) {
    return failure(answer, true);
  }

  private OccClientException failure(HttpCall call, Answer answer) {
    int status = answer.status();
    boolean refused = (status >= 400 && status < 500) || isRepeatable(answer, call);
    return failure(answer, call.hasEffect() && !refused);
  }

  private OccClientException failure(Answer answer, boolean mayHaveTakenEffect) {
    int status = answer.status();
    Reason reason =
        switch (status) {
          case 401, 403 -> Reason.UNAUTHORIZED;
          case TOO_MANY_REQUESTS -> Reason.RATE_LIMITED;
          case UNAVAILABLE -> Reason.UNAVAILABLE;
          default ->
              status >= 500
                  ? Reason.SERVER_ERROR
                  : status >= 400 ? Reason.REFUSED : Reason.UNEXPECTED_STATUS;
        };
    return OccClientException.because(reason, answer.text())
        .status(status)
        .code(answer.code())
        .retryAfter(pauses.retryAfter(answer.headers()))
        .mayHaveTakenEffect(mayHaveTakenEffect)
        .build();
  }
}
