package dev.occ.enclave;

import dev.occ.epoch.CommitRequest;
import dev.occ.json.JsonException;
import dev.occ.json.JsonObject;
import dev.occ.json.JsonView;
import dev.occ.proof.Bytes;
import java.util.Optional;

/** Reads the members of {@code commit} and {@code commitDigest} (spec 13). */
final class CommitDecoder {
  private static final int DIGEST_LENGTH = 32;

  /** Takes a member over if it is of its structure. */
  private interface Setter {
    void set(JsonObject json) throws JsonException;
  }

  private CommitDecoder() {}

  /** A {@code commitDigest}. */
  static CommitRequest digestOnly(JsonView request) throws JsonException, RequestException {
    return decode(request, false);
  }

  /** A {@code commit}: the artifact's bytes, which are hashed here, or its digest. */
  static CommitRequest bytesOrDigest(JsonView request) throws JsonException, RequestException {
    return decode(request, true);
  }

  private static CommitRequest decode(JsonView request, boolean bytesAllowed)
      throws JsonException, RequestException {
    if (request.object().has("agency")) {
      // Dropping it would give a proof without the authorisation that the sender counts on.
      throw new RequestException(
          EnclaveErrorCode.AGENCY_UNSUPPORTED, "this server cannot check an agency");
    }
    Optional<String> algorithm = request.optionalText("hashAlg");
    if (algorithm.isPresent() && !algorithm.get().equals("sha256")) {
      throw request.problem(
          "hashAlg", JsonException.Reason.UNSUPPORTED_ALGORITHM, "is not \"sha256\"");
    }
    CommitRequest.Builder builder =
        CommitRequest.builder(request.text("slotId"), digest(request, bytesAllowed));
    member(request, "policy", builder::policy);
    member(request, "principal", builder::principal);
    member(request, "attribution", builder::attribution);
    request.optionalView("metadata").ifPresent(metadata -> builder.metadata(metadata.object()));
    return builder.build();
  }

  private static Bytes digest(JsonView request, boolean bytesAllowed)
      throws JsonException, RequestException {
    boolean hasBytes = request.object().has("bytesB64");
    if (hasBytes && (!bytesAllowed || request.object().has("digestB64"))) {
      throw new RequestException(
          EnclaveErrorCode.AMBIGUOUS_ARTIFACT,
          bytesAllowed ? "give bytesB64 or digestB64, not both" : "commitDigest takes no bytesB64");
    }
    return hasBytes
        ? request.text("bytesB64", text -> Bytes.sha256(Bytes.fromBase64(text).toByteArray()))
        : request.text("digestB64", text -> Bytes.fromBase64(text, DIGEST_LENGTH));
  }

  private static void member(JsonView request, String name, Setter setter) throws JsonException {
    Optional<JsonView> member = request.optionalView(name);
    if (member.isEmpty()) {
      return;
    }
    try {
      setter.set(member.get().object());
    } catch (JsonException e) {
      // The member's own reader does not know where in the request the member stands.
      throw new JsonException(
          e.reason(), request.pointerTo(name) + e.pointer(), "is not usable", e);
    }
  }
}
