package dev.occ.proof;

import dev.occ.json.CanonicalJson;
import dev.occ.json.JsonObject;
import java.util.List;
import java.util.Set;

/** Which top-level members of a proof the chain's link covers (spec 7). */
final class SealedMembers {
  /** What an enclave seals: a closed list. */
  private static final Set<String> SEALED =
      Set.of(
          "version",
          "artifact",
          "commit",
          "signer",
          "environment",
          "slotAllocation",
          "policy",
          "principal",
          "attribution",
          "agency",
          "metadata");

  /** What is known to be added outside: by the parent, by timestamping, and by public ledgers. */
  private static final Set<String> OUTSIDE =
      Set.of("timestamps", "claims", "proofHash", "ethereum");

  private SealedMembers() {}

  /** SHA-256 of the canonical form of the sealed members, and of further ones. */
  static Bytes hash(JsonObject proof, Set<String> further) {
    String[] outside =
        proof.members().keySet().stream()
            .filter(name -> !SEALED.contains(name) && !further.contains(name))
            .toArray(String[]::new);
    return Bytes.sha256(CanonicalJson.encode(proof.without(outside)));
  }

  /** The names of members on neither list, in the document's order. */
  static List<String> unlisted(JsonObject proof) {
    return proof.members().keySet().stream()
        .filter(name -> !SEALED.contains(name) && !OUTSIDE.contains(name))
        .toList();
  }
}
