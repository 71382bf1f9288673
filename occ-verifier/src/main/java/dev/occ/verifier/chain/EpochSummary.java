package dev.occ.verifier.chain;

import com.google.errorprone.annotations.CheckReturnValue;
import dev.occ.proof.Bytes;
import dev.occ.proof.Counter;
import java.util.Optional;

/**
 * One epoch, as far as it was given.
 *
 * @param epochId its id, absent in some historical proofs; cut like those of a {@link ChainId}
 * @param publicKey its Ed25519 public key, 32 bytes
 * @param proofs how many different valid proofs there are
 * @param place what its place in the order rests on
 * @param anchorsAuthenticated whether its anchors are authenticated (spec 10), and not just written
 *     by whoever committed
 * @param firstBlock the lowest block that it has anchored
 * @param lastBlock the highest block that it has anchored
 * @param predecessor the epoch that it names as the one before (spec 8)
 * @param predecessorGiven whether proofs of that one were given
 * @param chains its chains, by name
 */
@CheckReturnValue
public record EpochSummary(
    Optional<String> epochId,
    Bytes publicKey,
    long proofs,
    EpochPlace place,
    boolean anchorsAuthenticated,
    Optional<Counter> firstBlock,
    Optional<Counter> lastBlock,
    Optional<String> predecessor,
    boolean predecessorGiven,
    Listed<ChainSummary> chains) {}
