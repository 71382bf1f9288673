package dev.occ.programs.timestamp;

import com.google.errorprone.annotations.CheckReturnValue;
import dev.occ.client.http.BoundedPost;
import dev.occ.client.http.PostException;
import dev.occ.json.JsonException;
import dev.occ.json.JsonObject;
import dev.occ.json.JsonValue;
import dev.occ.proof.Bytes;
import dev.occ.proof.Proof;
import dev.occ.verifier.timestamp.StampedMember;
import dev.occ.verifier.timestamp.TimestampEntry;
import dev.occ.verifier.timestamp.TimestampException;
import dev.occ.verifier.timestamp.TimestampRequest;
import dev.occ.verifier.timestamp.TimestampResult.Stamped;
import dev.occ.verifier.timestamp.TimestampVerifier;
import java.math.BigInteger;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Asks one authority for timestamps (RFC 3161 section 3.4) and keeps none that does not verify:
 * imprint, nonce, certificate and signature are checked before it is handed over.
 *
 * <p>A digest is all that the authority sees. Plain http is as good as https for that: the token is
 * signed. Safe for use by many threads at once.
 */
@CheckReturnValue
public final class TimestampClient {
  private static final String QUERY = "application/timestamp-query";
  private static final String REPLY = "application/timestamp-reply";
  private static final String TIMESTAMPS = "timestamps";
  private static final int NONCE_BITS = 64;

  private final BoundedPost post;
  private final TimestampVerifier verifier;
  private final RandomGenerator random;

  /**
   * A client.
   *
   * @param url the authority's address
   * @param verifier says whose word counts
   * @param timeout how long one answer may take
   * @throws IllegalArgumentException if the address is not one of http or https
   */
  public TimestampClient(URI url, TimestampVerifier verifier, Duration timeout) {
    this(url, verifier, timeout, new SecureRandom());
  }

  TimestampClient(URI url, TimestampVerifier verifier, Duration timeout, RandomGenerator random) {
    this.post = new BoundedPost(url, timeout, TimestampRequest.MAX_RESPONSE_LENGTH);
    this.verifier = verifier;
    this.random = random;
  }

  /**
   * A stamp that was made just now.
   *
   * @param entry as it goes into a proof
   * @param stamped what it shows
   */
  public record Fresh(TimestampEntry entry, Stamped stamped) {}

  /**
   * Asks for a stamp.
   *
   * @param digest SHA-256, 32 bytes
   * @return the stamp, verified
   * @throws PostException if no answer comes
   * @throws TimestampException if the answer is no genuine stamp on this digest
   */
  public Fresh stamp(Bytes digest) throws PostException, TimestampException {
    TimestampRequest request = TimestampRequest.of(digest, nonce());
    BoundedPost.Answer answer = post.send(QUERY, request.toBytes());
    if (!answer.isOf(REPLY)) {
      throw TimestampRequest.notAReply(post.host() + " did not return " + REPLY);
    }
    Bytes token = TimestampRequest.token(answer.body().toByteArray());
    Stamped stamped = request.verify(token, verifier);
    return new Fresh(new TimestampEntry(post.host(), stamped.time(), token, digest), stamped);
  }

  /** Positive, and never 0. */
  private BigInteger nonce() {
    byte[] bits = new byte[NONCE_BITS / 8];
    random.nextBytes(bits);
    return new BigInteger(1, bits).setBit(NONCE_BITS - 1);
  }

  /**
   * A proof with an entry added, or replaced, outside of its signed part.
   *
   * @param proof the proof; nothing else of it changes
   * @param member what was stamped
   * @param entry the stamp
   * @return the proof with the stamp
   * @throws IllegalArgumentException if the proof's {@code timestamps} is not an object
   */
  public static Proof add(Proof proof, StampedMember member, TimestampEntry entry) {
    Optional<JsonValue> present = proof.json().get(TIMESTAMPS);
    if (present.isPresent() && !(present.get() instanceof JsonObject)) {
      throw new IllegalArgumentException("the proof's timestamps is not an object");
    }
    JsonObject timestamps = present.map(JsonObject.class::cast).orElseGet(JsonObject::empty);
    try {
      return Proof.of(
          proof.json().with(TIMESTAMPS, timestamps.with(member.code(), entry.toJson())));
    } catch (JsonException e) {
      throw new IllegalStateException("adding a timestamp made the proof malformed", e);
    }
  }
}
