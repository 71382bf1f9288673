package dev.occ.verifier.timestamp;

import dev.occ.json.CanonicalJson;
import dev.occ.json.JsonObject;
import dev.occ.proof.Bytes;
import dev.occ.proof.Proof;

/** What of a proof an authority puts its time to: the members of {@code timestamps} (spec 3). */
public enum StampedMember {
  /**
   * The artifact's digest. Shows that the digest existed at the time, and nothing about the proof,
   * which may be older or younger.
   */
  ARTIFACT("artifact", "the artifact's digest existed then; nothing about when the proof was made"),
  /** The sealed proof. Shows that this very proof, its signature included, existed at the time. */
  PROOF("proof", "this proof existed then");

  private final String code;
  private final String shows;

  StampedMember(String code, String shows) {
    this.code = code;
    this.shows = shows;
  }

  /**
   * The member's name in {@code timestamps} and in machine-readable output.
   *
   * @return {@code artifact} or {@code proof}
   */
  public String code() {
    return code;
  }

  /**
   * What a genuine stamp of this kind shows, for people.
   *
   * @return the rest of a sentence
   */
  public String shows() {
    return shows;
  }

  /**
   * The digest that a token of this kind has to be about. For the proof it is SHA-256 of the
   * canonical form of {@code {version, artifact, commit, signer, environment}}, the proof's core in
   * the public {@code occ/1} documentation: the signature in it binds everything else that is
   * signed, so a stamped digest cannot be older than the signature.
   *
   * @param proof the proof, which need not be valid
   * @return 32 bytes
   */
  public Bytes digest(Proof proof) {
    if (this == ARTIFACT) {
      return proof.artifactDigest();
    }
    JsonObject json = proof.json();
    JsonObject.Builder core = JsonObject.builder();
    for (String name : new String[] {"version", "artifact", "commit", "signer", "environment"}) {
      core.putIfPresent(name, json.get(name));
    }
    return Bytes.sha256(CanonicalJson.encode(core.build()));
  }
}
