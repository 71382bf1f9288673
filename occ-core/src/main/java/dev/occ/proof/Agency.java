package dev.occ.proof;

import com.google.errorprone.annotations.CheckReturnValue;
import dev.occ.json.JsonException;
import dev.occ.json.JsonNumber;
import dev.occ.json.JsonObject;
import dev.occ.json.JsonView;
import dev.occ.json.TextDecoder;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Who authorized a commit, and the authorization that shows it (spec 9).
 *
 * @param actor the person's or device's key; this part is in the proof's signed body
 * @param authorization the actor's signature over this artifact and a challenge of the enclave
 * @param batch the batch that the authorization covers, if it covers more than this artifact
 * @param intentNonce the enclave's nonce, 32 bytes, if the challenge commits to an intent
 * @param json the member as it was read, unknown members included
 */
@CheckReturnValue
public record Agency(
    Actor actor,
    Authorization authorization,
    Optional<BatchContext> batch,
    Optional<Bytes> intentNonce,
    JsonObject json) {

  /**
   * The key that authorized the commit.
   *
   * @param keyId lower-case hex of SHA-256 over the public key, 64 digits
   * @param publicKey a P-256 SubjectPublicKeyInfo (RFC 5480), DER
   * @param algorithm {@code ES256}
   * @param provider what holds the key
   * @param json the member as it was read, which is what the signed body takes up
   */
  public record Actor(
      String keyId, Bytes publicKey, String algorithm, String provider, JsonObject json) {
    static Actor read(JsonView view) throws JsonException {
      String algorithm = view.text("algorithm");
      Texts.requireEqual(
          algorithm,
          "ES256",
          JsonException.Reason.UNSUPPORTED_ALGORITHM,
          view.pointerTo("algorithm"));
      return new Actor(
          view.text("keyId", Agency::keyId).toHex(),
          view.text("publicKeyB64", Texts::nonEmptyBytes),
          algorithm,
          view.text("provider"),
          view.object());
    }
  }

  /**
   * The authorization, direct or by WebAuthn.
   *
   * @param purpose {@code occ/commit-authorize/v1} or its historical name
   * @param actorKeyId the actor's key id
   * @param artifactHash the digest that was authorized, 32 bytes
   * @param challenge the enclave's challenge
   * @param timestamp when, by the actor's clock
   * @param protocolVersion optional, signed when present
   * @param signature ECDSA P-256 with SHA-256, DER
   * @param webAuthn what a WebAuthn signature covers; absent for a direct one
   * @param json the member as it was read
   */
  public record Authorization(
      String purpose,
      String actorKeyId,
      Bytes artifactHash,
      String challenge,
      Instant timestamp,
      Optional<String> protocolVersion,
      Bytes signature,
      Optional<WebAuthn> webAuthn,
      JsonObject json) {
    static Authorization read(JsonView view) throws JsonException {
      OptionalLong timestamp = view.optionalInteger("timestamp", 0, JsonNumber.MAX_EXACT_INTEGER);
      if (timestamp.isEmpty()) {
        throw view.problem("timestamp", JsonException.Reason.MISSING_MEMBER, "is missing");
      }
      return new Authorization(
          view.text("purpose", Agency::purpose),
          view.text("actorKeyId", Agency::keyId).toHex(),
          view.text("artifactHash", Texts::digest),
          view.text("challenge", TextDecoder::nonEmpty),
          Instant.ofEpochMilli(timestamp.getAsLong()),
          view.optionalText("protocolVersion"),
          view.text("signatureB64", Texts::nonEmptyBytes),
          WebAuthn.read(view),
          view.object());
    }
  }

  /**
   * What a WebAuthn signature covers (W3C Web Authentication, section 6.3.3).
   *
   * @param authenticatorData the authenticator data
   * @param clientDataJson the client data, exactly as the browser gave it
   */
  public record WebAuthn(Bytes authenticatorData, String clientDataJson) {
    static Optional<WebAuthn> read(JsonView view) throws JsonException {
      Optional<String> format = view.optionalText("format");
      if (format.isEmpty()) {
        return Optional.empty();
      }
      Texts.requireEqual(
          format.get(),
          "webauthn",
          JsonException.Reason.UNSUPPORTED_ALGORITHM,
          view.pointerTo("format"));
      return Optional.of(
          new WebAuthn(
              view.text("authenticatorDataB64", Texts::nonEmptyBytes),
              view.text("clientDataJSON", TextDecoder::nonEmpty)));
    }
  }

  /**
   * The batch that one authorization covers.
   *
   * @param size how many artifacts
   * @param index this artifact's place, from 0
   * @param digests the artifacts' digests in order, 32 bytes each
   * @param json the member as it was read
   */
  public record BatchContext(long size, long index, List<Bytes> digests, JsonObject json) {
    static BatchContext read(JsonView view) throws JsonException {
      long size = required(view, "batchSize");
      long index = required(view, "batchIndex");
      Optional<List<Bytes>> digests = view.optionalTexts("batchDigests", Texts::digest);
      if (digests.isEmpty()) {
        throw view.problem("batchDigests", JsonException.Reason.MISSING_MEMBER, "is missing");
      }
      return new BatchContext(size, index, digests.get(), view.object());
    }

    private static long required(JsonView view, String name) throws JsonException {
      OptionalLong value = view.optionalInteger(name, 0, Integer.MAX_VALUE);
      if (value.isEmpty()) {
        throw view.problem(name, JsonException.Reason.MISSING_MEMBER, "is missing");
      }
      return value.getAsLong();
    }
  }

  /**
   * Reads an {@code agency} member. Its structure only: {@code dev.occ.agency.AgencyVerifier} says
   * whether it holds.
   *
   * @param json the member's value
   * @return its typed form
   * @throws JsonException if a member is missing or malformed
   */
  public static Agency read(JsonObject json) throws JsonException {
    return read(JsonView.of(json));
  }

  static Agency read(JsonView view) throws JsonException {
    Optional<JsonView> batch = view.optionalView("batchContext");
    Optional<JsonView> intent = view.optionalView("intent");
    return new Agency(
        Actor.read(view.view("actor")),
        Authorization.read(view.view("authorization")),
        batch.isEmpty() ? Optional.empty() : Optional.of(BatchContext.read(batch.get())),
        intent.isEmpty()
            ? Optional.empty()
            : Optional.of(intent.get().text("nonceB64", Texts::digest)),
        view.object());
  }

  private static Bytes keyId(String text) throws JsonException {
    Bytes id = Bytes.fromHex(text);
    if (id.size() != Texts.DIGEST_LENGTH) {
      throw new JsonException(JsonException.Reason.INVALID_LENGTH, "", "is not 64 hex digits");
    }
    return id;
  }

  private static String purpose(String text) throws JsonException {
    for (ProtocolName name : ProtocolName.values()) {
      if (name.authorizationPurpose().equals(text)) {
        return text;
      }
    }
    throw new JsonException(JsonException.Reason.UNSUPPORTED_VERSION, "", "is not a known purpose");
  }
}
