package dev.occ.server;

import dev.occ.anchor.AnchorClaim;
import dev.occ.epoch.CommitRequest;
import dev.occ.epoch.EpochException;
import dev.occ.epoch.EpochOptions;
import dev.occ.json.JsonException;
import dev.occ.json.JsonString;
import dev.occ.json.JsonView;
import dev.occ.proof.Agency;
import dev.occ.proof.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A {@code POST /commit}, read and checked as a whole before anything is made. Members that the
 * call does not have were refused before the body was parsed.
 */
final class BatchRequest {
  static final int MAX_DIGESTS = 1000;
  private static final int DIGEST_LENGTH = 32;
  private static final int ATTESTED_PROOF = 8 * 1024;

  /** Stands for the slot where there is none yet. */
  private static final String NO_SLOT = "";

  private final JsonView body;
  private final String chainId;
  private final List<Bytes> digests;
  private final Optional<BatchAgency> agency;
  private final Optional<AnchorClaim> anchor;
  private final int proofSize;

  private BatchRequest(JsonView body, int maxAnswerBytes) throws JsonException, ApiException {
    this.body = body;
    digests = readDigests(body);
    chainId = ChainIds.read(body);
    agency = BatchAgency.read(body, digests);
    anchor = body.optionalObject("anchor", AnchorClaim::read);
    if (anchor.isPresent() && digests.size() > 1) {
      throw body.problem(
          "anchor", JsonException.Reason.INVALID_VALUE, "stands beside more than one digest");
    }
    CommitRequest last = commit(digests.size() - 1, NO_SLOT); // its index is the longest
    try {
      EpochOptions.DEFAULT.requireWithinLimits(last);
    } catch (EpochException e) {
      throw ApiException.overLimit(e);
    }
    proofSize = ATTESTED_PROOF + sizeOf(last);
    requireRoomFor(maxAnswerBytes);
  }

  /**
   * @param maxAnswerBytes how large all proofs together may be
   */
  static BatchRequest read(JsonView body, int maxAnswerBytes) throws JsonException, ApiException {
    return new BatchRequest(body, maxAnswerBytes);
  }

  private static List<Bytes> readDigests(JsonView body) throws JsonException, ApiException {
    Optional<List<JsonView>> entries = body.optionalViews("digests");
    if (entries.isEmpty()) {
      throw body.problem("digests", JsonException.Reason.MISSING_MEMBER, "is missing");
    }
    if (entries.get().isEmpty()) {
      throw body.problem("digests", JsonException.Reason.EMPTY, "is empty");
    }
    if (entries.get().size() > MAX_DIGESTS) {
      throw new ApiException(
          ApiError.TOO_MANY_DIGESTS, "a request can hold at most " + MAX_DIGESTS + " digests");
    }
    List<Bytes> digests = new ArrayList<>(entries.get().size());
    for (JsonView entry : entries.get()) {
      if (!entry.text("hashAlg").equals("sha256")) {
        throw entry.problem(
            "hashAlg", JsonException.Reason.UNSUPPORTED_ALGORITHM, "is not \"sha256\"");
      }
      digests.add(entry.text("digestB64", text -> Bytes.fromBase64(text, DIGEST_LENGTH)));
    }
    return digests;
  }

  /** How much of a proof comes from the request: what the call ignores is none of it. */
  private int sizeOf(CommitRequest request) {
    return Stream.of(
                request.policy(),
                request.principal(),
                request.attribution(),
                request.metadata(),
                request.agency().map(Agency::json))
            .flatMap(Optional::stream)
            .mapToInt(member -> member.toBytes().length)
            .sum()
        + 2 * new JsonString(chainId).toBytes().length; // in the slot, and in the commit
  }

  /** A batch that breaks off for want of room whenever it is tried would spend its challenge. */
  private void requireRoomFor(int maxAnswerBytes) throws ApiException {
    long all = (long) proofSize * digests.size();
    if (all > maxAnswerBytes) {
      throw new ApiException(
          ApiError.REQUEST_TOO_LARGE,
          "the proofs would take about "
              + all
              + " bytes; an answer can hold at most "
              + maxAnswerBytes
              + "; send fewer digests");
    }
  }

  /**
   * How long one proof may be, about: what it always holds, the longest attestation that is usual,
   * and what the request puts into it.
   */
  int proofSize() {
    return proofSize;
  }

  int size() {
    return digests.size();
  }

  String chainId() {
    return chainId;
  }

  /** What to ask the enclave for one digest. */
  CommitRequest commit(int index, String slotId) throws JsonException {
    CommitRequest.Builder request = CommitRequest.builder(slotId, digests.get(index));
    CommitRequest.Builder unused = body.optionalObject("policy", request::policy).orElse(request);
    unused = body.optionalObject("principal", request::principal).orElse(request);
    unused = body.optionalObject("attribution", request::attribution).orElse(request);
    if (agency.isPresent()) {
      request.agency(agency.get().of(index));
    }
    anchor.ifPresent(request::anchor);
    body.optionalView("metadata").ifPresent(metadata -> request.metadata(metadata.object()));
    return request.build();
  }
}
