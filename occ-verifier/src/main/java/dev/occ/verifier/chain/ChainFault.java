package dev.occ.verifier.chain;

import com.google.errorprone.annotations.CheckReturnValue;
import dev.occ.proof.Counter;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One thing that is wrong with a history.
 *
 * @param reason what it is, to decide by
 * @param detail the reason underneath, as stable kebab-case ASCII, where there is one
 * @param chain the chain it is on; absent for what no valid proof shows
 * @param after the last counter before it, where it lies between two
 * @param counter the counter at which it shows
 * @param missingAtMost how many proofs can be missing, for gaps; at least one is
 * @param text what it is, for people; may hold text from proofs
 * @param sources where the proofs that show it came from
 */
@CheckReturnValue
public record ChainFault(
    FaultReason reason,
    Optional<String> detail,
    Optional<ChainId> chain,
    Optional<Counter> after,
    Optional<Counter> counter,
    OptionalLong missingAtMost,
    String text,
    Listed<String> sources) {}
