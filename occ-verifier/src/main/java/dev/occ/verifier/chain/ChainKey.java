package dev.occ.verifier.chain;

import dev.occ.proof.Bytes;
import dev.occ.proof.Commit;
import dev.occ.proof.Proof;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;

/**
 * What tells chains and epochs apart, in hashes, so that hostile names take no memory.
 *
 * @param epochName hash of the epoch's id alone
 * @param epoch hash of epoch id and key
 * @param chain hash of epoch id, key and chain
 * @param id the same for people
 */
record ChainKey(Bytes epochName, Bytes epoch, Bytes chain, ChainId id) {
  static ChainKey of(Proof proof) {
    Commit commit = proof.commit();
    Bytes epochName = nameHash(commit.epochId());
    Bytes epoch = epochHash(epochName, proof.publicKey());
    Bytes chain = hash(epoch, hash(commit.chain().getBytes(StandardCharsets.UTF_8)));
    ChainId id =
        new ChainId(commit.epochId().map(ChainKey::cut), proof.publicKey(), cut(commit.chain()));
    return new ChainKey(epochName, epoch, chain, id);
  }

  /** Absent and empty ids differ; an id in a proof is never empty. */
  static Bytes nameHash(Optional<String> epochId) {
    return hash(epochId.orElse("").getBytes(StandardCharsets.UTF_8));
  }

  static Bytes epochHash(Bytes epochName, Bytes publicKey) {
    return hash(epochName, publicKey);
  }

  private static Bytes hash(Bytes... parts) {
    MessageDigest digest = Bytes.newSha256();
    for (Bytes part : parts) {
      digest.update(part.toByteArray());
    }
    return Bytes.of(digest.digest());
  }

  private static Bytes hash(byte[] text) {
    return Bytes.sha256(text);
  }

  static String cut(String name) {
    if (name.length() <= ChainId.MAX_LENGTH) {
      return name;
    }
    int end = ChainId.MAX_LENGTH;
    if (Character.isHighSurrogate(name.charAt(end - 1))) {
      end--; // half a character is no text
    }
    String hash = hash(name.getBytes(StandardCharsets.UTF_8)).toHex();
    return name.substring(0, end) + "… (sha256 " + hash.substring(0, 16) + ")";
  }
}
