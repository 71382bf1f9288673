package dev.occ.enclave;

import dev.occ.anchor.AnchorClaim;
import dev.occ.epoch.CommitRequest;
import dev.occ.json.JsonException;
import dev.occ.json.JsonView;
import dev.occ.proof.Agency;
import dev.occ.proof.Bytes;
import java.util.Optional;

/** Reads the members of {@code commit} and {@code commitDigest} (spec 13). */
final class CommitDecoder {
  private static final int DIGEST_LENGTH = 32;

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
    Optional<String> algorithm = request.optionalText("hashAlg");
    if (algorithm.isPresent() && !algorithm.get().equals("sha256")) {
      throw request.problem(
          "hashAlg", JsonException.Reason.UNSUPPORTED_ALGORITHM, "is not \"sha256\"");
    }
    CommitRequest.Builder builder =
        CommitRequest.builder(request.text("slotId"), digest(request, bytesAllowed));
    CommitRequest.Builder unused =
        request.optionalObject("policy", builder::policy).orElse(builder);
    unused = request.optionalObject("principal", builder::principal).orElse(builder);
    unused = request.optionalObject("attribution", builder::attribution).orElse(builder);
    request.optionalObject("agency", Agency::read).ifPresent(builder::agency);
    request.optionalObject("anchor", AnchorClaim::read).ifPresent(builder::anchor);
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
}
