package dev.occ.verifier;

import dev.occ.proof.Bytes;
import dev.occ.verifier.cache.RecentlyUsed;
import dev.occ.verifier.crypto.CryptoProvider;
import dev.occ.verifier.crypto.Ed25519PublicKey;
import java.util.Optional;

/**
 * The keys that the last proofs were signed with, checked and decoded, by their exact bytes: all
 * proofs of an epoch have one key. Only good keys are kept. Thread-safe.
 */
final class EpochKeys {
  /** Of a few hundred bytes each. */
  private static final int MAX_KEYS = 256;

  private final CryptoProvider crypto;
  private final RecentlyUsed<Bytes, Ed25519PublicKey> recent = new RecentlyUsed<>(MAX_KEYS);

  EpochKeys(CryptoProvider crypto) {
    this.crypto = crypto;
  }

  /** As {@link CryptoProvider#ed25519Key}. */
  Optional<Ed25519PublicKey> key(Bytes encoded) {
    Optional<Ed25519PublicKey> known = recent.find(encoded);
    if (known.isPresent()) {
      return known;
    }
    Optional<Ed25519PublicKey> decoded = crypto.ed25519Key(encoded);
    decoded.ifPresent(key -> recent.add(encoded, key));
    return decoded;
  }

  int size() {
    return recent.size();
  }
}
