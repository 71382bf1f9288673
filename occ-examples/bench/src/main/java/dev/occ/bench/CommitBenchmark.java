package dev.occ.bench;

import dev.occ.epoch.CommitRequest;
import dev.occ.epoch.Epoch;
import dev.occ.epoch.EpochException;
import dev.occ.proof.Bytes;
import dev.occ.proof.Proof;
import dev.occ.signer.soft.SoftSigner;
import dev.occ.verifier.ProofVerifier;
import java.security.SecureRandom;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Slot and commit through the engine with the software signer, and the bare cryptography in it. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class CommitBenchmark {
  private static final int CHAINS = 64;
  private static final int NONCE_LENGTH = 32;

  /** The epoch that all threads share. */
  @State(Scope.Benchmark)
  @SuppressWarnings("NullAway.Init") // set by setUp()
  public static class Shared {
    final Bytes digest = Bytes.sha256(new byte[] {1});
    Epoch epoch;

    /** Opens the epoch. */
    @Setup
    public void setUp() throws EpochException {
      epoch = Epoch.open(SoftSigner.open());
    }

    Proof commit(String chain) throws EpochException {
      return epoch.commit(CommitRequest.of(epoch.allocateSlot(chain).id(), digest));
    }

    /** What was measured made proofs that verify. */
    @TearDown
    public void verifyOne() throws EpochException {
      Require.verified(
          ProofVerifier.create(BenchProofs.stubPolicy())
              .verifyProofOnly(commit("chain-0").toBytes()));
      epoch.close();
    }
  }

  /** Which chain a thread's next proof goes to. */
  @State(Scope.Thread)
  public static class Turn {
    private final String[] names = new String[CHAINS];
    private int next;

    /** Names the chains; the first threads begin at different ones. */
    @Setup
    public void setUp() {
      for (int i = 0; i < CHAINS; i++) {
        names[i] = "chain-" + i;
      }
      next = (int) (Thread.currentThread().getId() % CHAINS);
    }

    String next() {
      next = (next + 1) % CHAINS;
      return names[next];
    }
  }

  /** A key, and messages of the length that a proof's have. */
  @State(Scope.Thread)
  @SuppressWarnings("NullAway.Init") // set by setUp()
  public static class Bare {
    final SecureRandom random = new SecureRandom();
    final byte[] seed = new byte[Ed25519.SECRET_KEY_SIZE];
    final byte[] publicKey = new byte[Ed25519.PUBLIC_KEY_SIZE];
    byte[] slot;
    byte[] body;
    byte[] sealed;

    /** Takes the messages from a real proof. */
    @Setup
    public void setUp(Shared shared) throws EpochException {
      random.nextBytes(seed);
      Ed25519.generatePublicKey(seed, 0, publicKey, 0);
      Proof proof = shared.commit("chain-0");
      slot = proof.slotAllocation().orElseThrow().signedBytes();
      body = proof.signedBytes();
      sealed = proof.toBytes();
    }

    byte[] sign(byte[] message) {
      byte[] signature = new byte[Ed25519.SIGNATURE_SIZE];
      Ed25519.sign(seed, 0, publicKey, 0, message, 0, message.length, signature, 0);
      return signature;
    }
  }

  /** All proofs on one chain. */
  @Benchmark
  public Proof oneChain(Shared shared) throws EpochException {
    return shared.commit("chain-0");
  }

  /** Each proof on another one of 64 chains. */
  @Benchmark
  public Proof manyChains(Shared shared, Turn turn) throws EpochException {
    return shared.commit(turn.next());
  }

  /** Two Ed25519 signatures, 32 random bytes, and the SHA-256 of slot, body and sealed proof. */
  @Benchmark
  public int floor(Bare bare) {
    byte[] nonce = new byte[NONCE_LENGTH];
    bare.random.nextBytes(nonce);
    byte[] slotSignature = bare.sign(bare.slot);
    Bytes slotHash = Bytes.sha256(bare.slot);
    Bytes bodyHash = Bytes.sha256(bare.body);
    byte[] signature = bare.sign(bare.body);
    Bytes sealedHash = Bytes.sha256(bare.sealed);
    return nonce[0]
        + slotSignature[0]
        + signature[0]
        + slotHash.get(0)
        + bodyHash.get(0)
        + sealedHash.get(0);
  }
}
