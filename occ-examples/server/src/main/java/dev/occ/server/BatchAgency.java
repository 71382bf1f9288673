package dev.occ.server;

import dev.occ.json.JsonArray;
import dev.occ.json.JsonException;
import dev.occ.json.JsonNumber;
import dev.occ.json.JsonObject;
import dev.occ.json.JsonView;
import dev.occ.proof.Agency;
import dev.occ.proof.Bytes;
import java.util.List;
import java.util.Optional;

/**
 * The authorization of a request, as each of its digests takes it to the enclave (spec 9): in a
 * batch the parent adds which place each one has. A {@code batchContext} that the client sends must
 * say the same, its index aside, which it cannot say of all places at once.
 */
final class BatchAgency {
  private static final String NAME = "agency";
  private static final String CONTEXT = "batchContext";

  private final JsonObject agency;
  private final List<Bytes> digests;

  private BatchAgency(JsonObject agency, List<Bytes> digests) {
    this.agency = agency;
    this.digests = digests;
  }

  /** The agency of a request, if it has one; its signature is for the enclave to check. */
  static Optional<BatchAgency> read(JsonView body, List<Bytes> digests)
      throws JsonException, ApiException {
    Optional<Agency> agency = body.optionalObject(NAME, Agency::read);
    if (agency.isEmpty()) {
      return Optional.empty();
    }
    Optional<Agency.BatchContext> sent = agency.get().batch();
    if (sent.isPresent()
        && !(sent.get().size() == digests.size()
            && sent.get().index() < digests.size()
            && sent.get().digests().equals(digests))) {
      throw new ApiException(
          ApiError.BATCH_MISMATCH,
          "/agency/batchContext does not match the digests of this request");
    }
    return Optional.of(new BatchAgency(agency.get().json(), digests));
  }

  /** What goes with the digest at a place. */
  Agency of(int index) throws JsonException {
    JsonObject json = agency;
    if (digests.size() > 1 || json.has(CONTEXT)) {
      json = json.with(CONTEXT, context(index));
    }
    return Agency.read(json);
  }

  private JsonObject context(int index) {
    return JsonObject.builder()
        .put("batchSize", JsonNumber.of(digests.size()))
        .put("batchIndex", JsonNumber.of(index))
        .put("batchDigests", JsonArray.ofTexts(digests.stream().map(Bytes::toBase64).toList()))
        .build();
  }
}
