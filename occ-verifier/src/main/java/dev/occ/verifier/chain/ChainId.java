package dev.occ.verifier.chain;

import dev.occ.proof.Bytes;
import java.util.Comparator;
import java.util.Optional;

/**
 * A chain: an epoch, the key that speaks for it, and the chain's name there. Names longer than
 * {@value #MAX_LENGTH} characters are cut for people and end in a part of their hash; chains are
 * told apart by the whole of them.
 *
 * @param epochId the epoch as its proofs name it, absent in some historical proofs
 * @param publicKey the Ed25519 public key, 32 bytes
 * @param chain the chain's name
 */
public record ChainId(Optional<String> epochId, Bytes publicKey, String chain)
    implements Comparable<ChainId> {
  /** The longest name that is kept. */
  public static final int MAX_LENGTH = 256;

  private static final Comparator<ChainId> ORDER =
      Comparator.comparing((ChainId id) -> id.epochId.orElse(""))
          .thenComparing(id -> id.publicKey.toHex())
          .thenComparing(ChainId::chain);

  /** By epoch, key and name; not an order in time. */
  @Override
  public int compareTo(ChainId other) {
    return ORDER.compare(this, other);
  }
}
