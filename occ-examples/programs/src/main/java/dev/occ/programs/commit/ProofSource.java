package dev.occ.programs.commit;

import dev.occ.client.OccClientException;
import dev.occ.enclave.program.StopRequest;
import dev.occ.epoch.EpochException;
import dev.occ.proof.Bytes;
import dev.occ.proof.Proof;
import dev.occ.signer.SignerException;
import dev.occ.verifier.ValidProof;
import java.util.List;
import java.util.function.Consumer;

/** Who makes the proofs of {@code occ commit}. For use by one thread. */
interface ProofSource extends AutoCloseable {
  /** How many digests to give at once. */
  int batchSize();

  /**
   * Commits digests.
   *
   * @param digests at most {@link #batchSize()}
   * @param made takes each proof in the digests' order; those that it was given count, also when
   *     this ends with an exception
   * @param stop ends pauses between attempts, and then there are no more
   */
  void commit(List<Bytes> digests, Consumer<Proof> made, StopRequest stop)
      throws EpochException, SignerException, OccClientException;

  /**
   * Whether a valid proof that exists is by the signer that would make the next one. A server's
   * signer is known by its key, unless a policy decides. One in this process has a new key in every
   * run, so its tier and measurement decide.
   */
  boolean isSignerOf(ValidProof proof) throws EpochException, SignerException, OccClientException;

  /** What the user must know about proofs of this source. */
  List<String> cautions();

  @Override
  void close();
}
