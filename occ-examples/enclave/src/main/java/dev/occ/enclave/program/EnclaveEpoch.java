package dev.occ.enclave.program;

import dev.occ.anchor.AnchorKey;
import dev.occ.epoch.EpochOptions;
import java.util.Optional;
import org.bouncycastle.crypto.digests.KeccakDigest;

/** The options of an epoch, from what an operator writes (spec 10). */
public final class EnclaveEpoch {
  private static final int KECCAK_BITS = 256;

  private EnclaveEpoch() {}

  /**
   * What bounds the proofs of an epoch in time.
   *
   * @param anchorKey the Ed25519 public key of anchor claims in Base64; empty text counts as none,
   *     because an image without a key has an empty variable
   * @param baseFloors whether blocks of Base are taken as floors
   * @return the options
   * @throws IllegalArgumentException if the key cannot be used
   */
  public static EpochOptions options(Optional<String> anchorKey, boolean baseFloors) {
    EpochOptions.Builder options = EpochOptions.builder();
    Optional<String> given = anchorKey.filter(text -> !text.isEmpty());
    if (given.isPresent()) {
      options.anchorKey(AnchorKey.parse(given.get()));
    }
    if (baseFloors) {
      options.baseFloors(EnclaveEpoch::keccak);
    }
    return options.build();
  }

  private static byte[] keccak(byte[] data) {
    KeccakDigest digest = new KeccakDigest(KECCAK_BITS);
    digest.update(data, 0, data.length);
    byte[] hash = new byte[digest.getDigestSize()];
    int unused = digest.doFinal(hash, 0);
    return hash;
  }
}
