package dev.occ.testing;

import dev.occ.epoch.Epoch;
import dev.occ.epoch.EpochException;
import dev.occ.proof.Bytes;
import dev.occ.signer.soft.SoftAttestationAuthority;
import dev.occ.signer.soft.SoftSigner;
import dev.occ.verifier.ProofVerifier;
import dev.occ.verifier.VerificationPolicy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The enclave behind an {@link OccServer}: one epoch at a time, another after each restart. */
final class TestEnclave implements AutoCloseable {
  private static final String IMAGE = "occ-test";

  private final @Nullable SoftAttestationAuthority authority;
  private volatile Epoch epoch;

  private TestEnclave(@Nullable SoftAttestationAuthority authority) throws EpochException {
    this.authority = authority;
    epoch = open(authority);
  }

  static TestEnclave start(boolean measured) throws EpochException {
    return new TestEnclave(measured ? SoftAttestationAuthority.create() : null);
  }

  private static Epoch open(@Nullable SoftAttestationAuthority authority) throws EpochException {
    SoftSigner.Builder signer = SoftSigner.builder();
    if (authority != null) {
      signer.measurement(SoftAttestationAuthority.measurementOf(IMAGE)).attestedBy(authority);
    }
    return Epoch.open(signer.open());
  }

  Epoch epoch() {
    return epoch;
  }

  /** Ends the epoch: its key is gone, and commits under way fail. */
  synchronized void restart() throws EpochException {
    Epoch ended = epoch;
    epoch = open(authority);
    ended.close();
  }

  /** Pins the key of today's epoch, or the measurement, which outlives restarts. */
  VerificationPolicy policy() {
    VerificationPolicy.Builder policy = VerificationPolicy.builder().requireSlot();
    return authority == null
        ? policy.skipAttestation().allowedPublicKeys(List.of(epoch.publicKey())).build()
        : policy
            .requireAttestation()
            .requireAttestationFormat(SoftAttestationAuthority.FORMAT)
            .allowedMeasurements(List.of(epoch.measurement()))
            .build();
  }

  ProofVerifier verifier() {
    ProofVerifier.Builder verifier = ProofVerifier.builder(policy());
    if (authority != null) {
      verifier.trustRoot(SoftAttestationAuthority.FORMAT, Bytes.of(authority.rootCertificate()));
    }
    return verifier.build();
  }

  @Override
  public void close() {
    epoch.close();
  }
}
