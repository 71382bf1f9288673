package dev.occ.bench;

import dev.occ.epoch.CommitRequest;
import dev.occ.epoch.Epoch;
import dev.occ.epoch.EpochException;
import dev.occ.proof.Bytes;
import dev.occ.proof.Proof;
import dev.occ.signer.soft.SoftAttestationAuthority;
import dev.occ.signer.soft.SoftSigner;
import dev.occ.verifier.ProofVerifier;
import dev.occ.verifier.VerificationPolicy;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * An epoch of the software signer that makes proofs with a slot, one after the other on its default
 * chain; with an authority, their documents have the form, path length and sizes of Nitro's.
 */
final class BenchProofs implements AutoCloseable {
  private final Epoch epoch;
  private long made;

  private BenchProofs(Epoch epoch) {
    this.epoch = epoch;
  }

  /** Proofs without an attestation. */
  static BenchProofs stub() throws EpochException {
    return new BenchProofs(Epoch.open(SoftSigner.open()));
  }

  /** Proofs that an authority attests. */
  static BenchProofs attestedBy(SoftAttestationAuthority authority) throws EpochException {
    return new BenchProofs(Epoch.open(SoftSigner.builder().attestedBy(authority).open()));
  }

  /** The next proof, of a digest that no other one has. */
  Proof next() throws EpochException {
    made++;
    Bytes digest = Bytes.sha256(ByteBuffer.allocate(Long.BYTES).putLong(made).array());
    return epoch.commit(CommitRequest.of(epoch.allocateSlot().id(), digest));
  }

  /** What proofs without an attestation are verified under: slot and both signatures. */
  static VerificationPolicy stubPolicy() {
    return VerificationPolicy.integrityOnly().toBuilder().requireSlot().build();
  }

  /** What attested proofs are verified under: all of {@code measuredTee} but the tier. */
  static VerificationPolicy attestedPolicy() {
    String measurement = SoftAttestationAuthority.measurementOf(SoftSigner.DEFAULT_MEASUREMENT);
    return VerificationPolicy.builder()
        .requireSlot()
        .requireAttestation()
        .allowedMeasurements(List.of(measurement))
        .build();
  }

  /** A verifier that trusts one authority and remembers no path yet. */
  static ProofVerifier.Builder attestedVerifier(SoftAttestationAuthority authority) {
    return ProofVerifier.builder(attestedPolicy())
        .trustRoot(SoftAttestationAuthority.FORMAT, Bytes.of(authority.rootCertificate()));
  }

  @Override
  public void close() {
    epoch.close();
  }
}
