package dev.occ.bench;

import dev.occ.epoch.EpochException;
import dev.occ.proof.Proof;
import dev.occ.signer.soft.SoftAttestationAuthority;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Attested proofs, each under an authority of its own, in turn. A fresh verifier is not enough for
 * a cold path: the JDK keeps the last 750 certificates that it parsed, with the outcome of their
 * last signature check. These are over a thousand, so that each was forgotten when its turn comes.
 */
final class UnseenPaths {
  private static final int COUNT = 220;

  private final List<Sample> samples;
  private int used;

  /**
   * A proof with all that it takes to verify it.
   *
   * @param authority whose root to pin
   * @param json the proof
   * @param parts the proof taken apart
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Sample(SoftAttestationAuthority authority, byte[] json, ProofParts parts) {}

  private UnseenPaths(List<Sample> samples) {
    this.samples = samples;
  }

  static UnseenPaths make() throws EpochException, IOException {
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < COUNT; i++) {
      SoftAttestationAuthority authority = SoftAttestationAuthority.create();
      try (BenchProofs source = BenchProofs.attestedBy(authority)) {
        Proof proof = source.next();
        samples.add(new Sample(authority, proof.toBytes(), ProofParts.of(proof)));
      }
    }
    return new UnseenPaths(samples);
  }

  Sample next() {
    Sample next = samples.get(used % samples.size());
    used++;
    return next;
  }
}
