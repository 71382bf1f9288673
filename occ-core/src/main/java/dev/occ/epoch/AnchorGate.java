package dev.occ.epoch;

import dev.occ.anchor.AnchorClaim;
import dev.occ.anchor.AnchorKey;
import dev.occ.anchor.AnchorScope;
import dev.occ.epoch.EpochException.Reason;
import dev.occ.json.JsonException;
import dev.occ.json.JsonObject;
import dev.occ.proof.AnchoredBlock;
import dev.occ.proof.Attribution;
import dev.occ.proof.ProtocolName;
import dev.occ.proof.SlotAnchor;
import java.util.Optional;

/**
 * Decides which commits are anchors (spec 10): only those whose claim the anchor key has signed,
 * and no other may look like one. Consumes nothing. Immutable.
 */
final class AnchorGate {
  private final EpochOptions options;
  private final ProtocolName protocol;
  private final String epochId;

  AnchorGate(EpochOptions options, ProtocolName protocol, String epochId) {
    this.options = options;
    this.protocol = protocol;
    this.epochId = epochId;
  }

  Optional<AnchorKey> key() {
    return options.anchorKey();
  }

  /** Readers take a proof for an anchor by its attribution's name alone. */
  void checkReserved(CommitRequest request) throws EpochException {
    if (request.anchor().isEmpty()
        && attribution(request)
            .flatMap(Attribution::name)
            .equals(Optional.of(AnchoredBlock.ATTRIBUTION_NAME))) {
      throw new EpochException(
          Reason.ANCHOR_RESERVED,
          "the attribution name \"" + AnchoredBlock.ATTRIBUTION_NAME + "\" needs an anchor claim");
    }
  }

  /** All of a claim, in the order of the specification: the signature, which is dear, last. */
  void check(CommitRequest request, AnchorClaim claim, Chain chain) throws EpochException {
    AnchorKey key =
        key()
            .orElseThrow(
                () ->
                    new EpochException(
                        Reason.ANCHOR_UNSUPPORTED, "no anchor key is configured here"));
    if (attribution(request).filter(claim.block()::isNamedBy).isEmpty()) {
      throw new EpochException(
          Reason.ANCHOR_ATTRIBUTION_MISMATCH,
          "an anchor's attribution has the name \""
              + AnchoredBlock.ATTRIBUTION_NAME
              + "\", a URL with the block's number as title and its hash as message");
    }
    if (!request.digest().equals(claim.block().digest())) {
      throw new EpochException(
          Reason.ANCHOR_DIGEST_MISMATCH,
          "an anchor's artifact digest is the SHA-256 of the block hash's text");
    }
    requireAboveLast(claim, chain);
    if (!key.verifies(claim, scope(chain))) {
      throw new EpochException(
          Reason.ANCHOR_SIGNATURE_INVALID,
          "the anchor claim is not signed for this block, chain and epoch with the key " + key);
    }
  }

  void requireAboveLast(AnchorClaim claim, Chain chain) throws EpochException {
    Optional<SlotAnchor> last = chain.anchor();
    if (last.isPresent() && claim.block().number() <= last.get().block().number()) {
      throw new EpochException(
          Reason.ANCHOR_NOT_ABOVE_LAST,
          "block "
              + claim.block().number()
              + " is not above the chain's last anchor, block "
              + last.get().block().number());
    }
  }

  private AnchorScope scope(Chain chain) throws EpochException {
    try {
      return new AnchorScope(protocol, epochId, chain.id());
    } catch (IllegalArgumentException e) {
      throw new EpochException(Reason.ANCHOR_CHAIN_INVALID, "the chain cannot be anchored", e);
    }
  }

  private static Optional<Attribution> attribution(CommitRequest request) {
    Optional<JsonObject> json = request.attribution();
    try {
      return json.isEmpty() ? Optional.empty() : Optional.of(Attribution.read(json.get()));
    } catch (JsonException e) {
      throw new IllegalStateException("the request's builder has read it", e);
    }
  }
}
