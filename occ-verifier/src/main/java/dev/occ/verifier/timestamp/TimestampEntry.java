package dev.occ.verifier.timestamp;

import dev.occ.json.JsonException;
import dev.occ.json.JsonObject;
import dev.occ.json.JsonView;
import dev.occ.proof.Bytes;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Objects;

/**
 * One member of a proof's {@code timestamps}, as real proofs carry it. Nobody signed the entry
 * itself: only what a verifier found in the token is to be believed.
 *
 * @param authority how whoever added the entry names the authority; a label, nothing more
 * @param time the token's time, repeated
 * @param token the RFC 3161 token, a CMS ContentInfo in DER
 * @param digest the SHA-256 digest that was stamped, repeated
 */
public record TimestampEntry(String authority, Instant time, Bytes token, Bytes digest) {
  private static final String ALGORITHM = "sha256";
  private static final int DIGEST_LENGTH = 32;

  /**
   * Checks the parts.
   *
   * @param authority not empty
   * @param time the time
   * @param token not empty
   * @param digest 32 bytes
   * @throws IllegalArgumentException if a part is empty or of another length
   */
  public TimestampEntry {
    Objects.requireNonNull(time, "time");
    if (authority.isEmpty() || token.size() == 0 || digest.size() != DIGEST_LENGTH) {
      throw new IllegalArgumentException("an entry needs an authority, a token and a digest");
    }
  }

  /** Reads an entry; other members are of no interest. */
  static TimestampEntry read(JsonView view) throws JsonException {
    String authority = view.text("authority");
    Instant time = view.text("time", TimestampEntry::instant);
    Bytes token = view.text("tokenB64", Bytes::fromBase64);
    if (authority.isEmpty() || token.size() == 0) {
      throw view.problem("tokenB64", JsonException.Reason.INVALID_LENGTH, "is empty, or authority");
    }
    if (!view.text("digestAlg").equals(ALGORITHM)) {
      throw view.problem(
          "digestAlg", JsonException.Reason.UNSUPPORTED_ALGORITHM, "is not " + ALGORITHM);
    }
    Bytes digest = view.text("digestB64", text -> Bytes.fromBase64(text, DIGEST_LENGTH));
    return new TimestampEntry(authority, time, token, digest);
  }

  private static Instant instant(String text) throws JsonException {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw new JsonException(
          JsonException.Reason.WRONG_TYPE, "", "is not a time like 2026-03-21T17:30:53Z", e);
    }
  }

  /**
   * The entry as it stands in a proof.
   *
   * @return the five members
   */
  public JsonObject toJson() {
    return JsonObject.builder()
        .put("authority", authority)
        .put("time", time.toString())
        .put("tokenB64", token.toBase64())
        .put("digestAlg", ALGORITHM)
        .put("digestB64", digest.toBase64())
        .build();
  }
}
