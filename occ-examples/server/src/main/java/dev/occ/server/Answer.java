package dev.occ.server;

import dev.occ.json.JsonValue;
import java.time.Duration;
import java.util.Optional;

/** What a call answers: a status, JSON, and when a client may try again. */
final class Answer {
  private static final int OK = 200;

  private final int status;
  private final byte[] body;
  private final Optional<Duration> retryAfter;

  private Answer(int status, byte[] body, Optional<Duration> retryAfter) {
    this.status = status;
    this.body = body;
    this.retryAfter = retryAfter;
  }

  static Answer ok(JsonValue body) {
    return ok(body.toBytes());
  }

  /** Takes the bytes over. */
  static Answer ok(byte[] json) {
    return new Answer(OK, json, Optional.empty());
  }

  static Answer of(ApiException e) {
    return new Answer(e.status(), e.toBytes(), e.retryAfter());
  }

  /** The same refusal with another body. */
  static Answer of(ApiException e, JsonValue body) {
    return new Answer(e.status(), body.toBytes(), e.retryAfter());
  }

  int status() {
    return status;
  }

  /** UTF-8; not to be changed. */
  byte[] body() {
    return body;
  }

  Optional<Duration> retryAfter() {
    return retryAfter;
  }
}
