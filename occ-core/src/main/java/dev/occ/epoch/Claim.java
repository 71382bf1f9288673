package dev.occ.epoch;

import dev.occ.json.CanonicalJson;
import dev.occ.json.JsonObject;
import dev.occ.proof.Agency;
import dev.occ.proof.Agency.BatchContext;
import dev.occ.proof.Bytes;
import java.time.Instant;
import java.util.Optional;

/**
 * What an authorization asks of the table of challenges.
 *
 * @param challenge the challenge as it is written
 * @param timestamp when it was given, by the actor's clock
 * @param withIntent whether it says that the challenge commits to an intent
 * @param isBatch whether it is for a batch
 * @param place the artifact's place in the batch, 0 without one
 * @param size how many artifacts the batch has, 1 without one
 * @param identity hash of all of it but the place, equal for all commits of one batch: they carry
 *     the same actor, authorization and list of digests, member for member
 */
record Claim(
    String challenge,
    Instant timestamp,
    boolean withIntent,
    boolean isBatch,
    int place,
    int size,
    Bytes identity) {

  static Claim of(Agency agency) {
    Optional<BatchContext> batch = agency.batch();
    return new Claim(
        agency.authorization().challenge(),
        agency.authorization().timestamp(),
        agency.intentNonce().isPresent(),
        batch.isPresent(),
        batch.map(context -> Math.toIntExact(context.index())).orElse(0),
        batch.map(context -> context.digests().size()).orElse(1),
        identity(agency));
  }

  private static Bytes identity(Agency agency) {
    JsonObject common =
        agency
            .batch()
            .map(batch -> agency.json().with("batchContext", batch.json().without("batchIndex")))
            .orElse(agency.json());
    return Bytes.sha256(CanonicalJson.encode(common));
  }
}
