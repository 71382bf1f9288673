package dev.occ.bench;

import dev.occ.proof.Proof;
import dev.occ.signer.soft.SoftAttestationAuthority;
import dev.occ.verifier.ProofVerifier;
import dev.occ.verifier.ValidProof;
import java.security.GeneralSecurityException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A proof's bytes to its verdict, and the bare cryptography in it with the same keys. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class VerifyBenchmark {
  /** One verifier for all threads, and what it verifies. */
  @State(Scope.Benchmark)
  @SuppressWarnings("NullAway.Init") // set by setUp()
  public static class Shared {
    /** Who does the cryptography. */
    @Param public Crypto crypto = Crypto.BOUNCY_CASTLE;

    Proof stubProof;
    Proof attestedProof;
    byte[] stub;
    byte[] attested;
    ProofVerifier stubVerifier;
    ProofVerifier attestedVerifier;

    /** Makes the proofs and verifies each once, after which the attested one's path is cached. */
    @Setup
    public void setUp() throws Exception {
      SoftAttestationAuthority authority = SoftAttestationAuthority.create();
      try (BenchProofs plain = BenchProofs.stub();
          BenchProofs nitro = BenchProofs.attestedBy(authority)) {
        stubProof = plain.next();
        attestedProof = nitro.next();
      }
      stub = stubProof.toBytes();
      attested = attestedProof.toBytes();
      stubVerifier = crypto.build(ProofVerifier.builder(BenchProofs.stubPolicy()));
      attestedVerifier = crypto.build(BenchProofs.attestedVerifier(authority));
      Require.verified(attestedVerifier.verifyProofOnly(attested));
    }
  }

  /** The bare operations, whose objects serve one thread each. */
  @State(Scope.Thread)
  @SuppressWarnings("NullAway.Init") // set by setUp()
  public static class Bare {
    FloorChecks floor;
    ProofParts stub;
    ProofParts attested;
    Floor.P384 leaf;

    /** Takes the proofs apart. */
    @Setup
    public void setUp(Shared shared) throws Exception {
      floor = new FloorChecks(shared.crypto.floor());
      stub = ProofParts.of(shared.stubProof);
      attested = ProofParts.of(shared.attestedProof);
      leaf = floor.leafOf(attested);
    }
  }

  /** For each invocation another proof, and a verifier that has seen nothing but its root. */
  @State(Scope.Thread)
  @SuppressWarnings("NullAway.Init") // set by setUp()
  public static class Cold {
    UnseenPaths paths;
    UnseenPaths.Sample sample;
    ProofVerifier verifier;
    FloorChecks floor;

    /** Makes the paths. */
    @Setup
    public void setUp(Shared shared) throws Exception {
      paths = UnseenPaths.make();
      floor = new FloorChecks(shared.crypto.floor());
    }

    /** Takes the next path; not part of what is measured. */
    @Setup(Level.Invocation)
    public void next(Shared shared) {
      sample = paths.next();
      verifier = shared.crypto.build(BenchProofs.attestedVerifier(sample.authority()));
    }
  }

  /** (a) A stub proof with a slot. */
  @Benchmark
  public ValidProof stub(Shared shared) {
    return Require.verified(shared.stubVerifier.verifyProofOnly(shared.stub));
  }

  /** Two Ed25519 verifications, two SHA-256. */
  @Benchmark
  public int stubFloor(Bare bare) throws GeneralSecurityException {
    return bare.floor.signatures(bare.stub);
  }

  /** (b) An attested proof whose path was validated before. */
  @Benchmark
  public ValidProof attested(Shared shared) {
    return Require.verified(shared.attestedVerifier.verifyProofOnly(shared.attested));
  }

  /** The floor of (a) and one P-384 verification with a key that was decoded before. */
  @Benchmark
  public int attestedFloor(Bare bare) throws GeneralSecurityException {
    return bare.floor.documentByKnownKey(bare.attested, bare.leaf);
  }

  /** (c) An attested proof whose path nobody has seen. */
  @Benchmark
  public ValidProof cold(Cold cold) {
    return Require.verified(cold.verifier.verifyProofOnly(cold.sample.json()));
  }

  /** The floor of (a) and five P-384 verifications with keys that are decoded for them. */
  @Benchmark
  public int coldFloor(Cold cold) throws GeneralSecurityException {
    return cold.floor.wholePath(cold.sample.parts());
  }
}
