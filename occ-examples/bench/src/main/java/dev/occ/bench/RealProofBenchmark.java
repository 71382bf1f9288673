package dev.occ.bench;

import dev.occ.proof.Proof;
import dev.occ.verifier.ProofVerifier;
import dev.occ.verifier.ValidProof;
import dev.occ.verifier.VerificationPolicy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * A proof that a Nitro enclave made, under AWS's root, where the vectors are at hand. It is from
 * March 2026, so its verification includes the historical forms.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class RealProofBenchmark {
  /** The system property that names the vectors' folder. */
  static final String VECTORS = "occ.vectors";

  private static final String FILE = "proofs/nitro-2026-03-21-18.json";

  /** Where the proof is, if it is. */
  static Path file() {
    return Path.of(System.getProperty(VECTORS, "."), FILE);
  }

  /** The proof and its verifier, the path in the verifier's cache. */
  @State(Scope.Benchmark)
  @SuppressWarnings("NullAway.Init") // set by setUp()
  public static class Real {
    /** Who does the cryptography. */
    @Param public Crypto crypto = Crypto.BOUNCY_CASTLE;

    byte[] json;
    Proof proof;
    ProofVerifier verifier;

    /** Reads the proof and verifies it once. */
    @Setup
    public void setUp() throws Exception {
      json = Files.readAllBytes(file());
      proof = Proof.read(json);
      VerificationPolicy policy =
          VerificationPolicy.measuredTee(proof.environment().measurement()).toBuilder()
              .historical()
              .build();
      verifier = crypto.build(ProofVerifier.builder(policy));
      Require.verified(verifier.verifyProofOnly(json));
    }
  }

  /** The bare operations. */
  @State(Scope.Thread)
  @SuppressWarnings("NullAway.Init") // set by setUp()
  public static class Bare {
    FloorChecks floor;
    ProofParts parts;
    Floor.P384 leaf;

    /** Takes the proof apart. */
    @Setup
    public void setUp(Real real) throws Exception {
      floor = new FloorChecks(real.crypto.floor());
      parts = ProofParts.of(real.proof);
      leaf = floor.leafOf(parts);
    }
  }

  /** The proof with its path cached. */
  @Benchmark
  public ValidProof real(Real real) {
    return Require.verified(real.verifier.verifyProofOnly(real.json));
  }

  /** The same floor as an attested proof of the software signer has. */
  @Benchmark
  public int realFloor(Bare bare) throws GeneralSecurityException {
    return bare.floor.documentByKnownKey(bare.parts, bare.leaf);
  }
}
