package dev.occ.verifier.chain;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.google.errorprone.annotations.CheckReturnValue;
import dev.occ.json.JsonException;
import dev.occ.proof.Proof;
import dev.occ.verifier.ProofVerifier;
import dev.occ.verifier.Rejected;
import dev.occ.verifier.VerificationPolicy;
import dev.occ.verifier.VerificationResult;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/**
 * Verifies many proofs and the history that they tell together: chains, epochs, forks, gaps and
 * anchors (spec 11, "Chains"). Any number of proofs, in any order.
 *
 * <p>When proofs come in order, memory grows with the number of chains only. Otherwise small
 * records of them are sorted in temporary files, of about 700 bytes a proof.
 *
 * <p>Immutable and safe for use by many threads at once; each {@link ChainVerification} is for one
 * thread.
 */
@CheckReturnValue
public final class ChainVerifier {
  private final Builder settings;

  private ChainVerifier(Builder builder) {
    settings = new Builder(builder);
  }

  /**
   * A chain verifier with default settings.
   *
   * @param policy what each proof must fulfil
   * @return the verifier
   */
  public static ChainVerifier create(VerificationPolicy policy) {
    return builder(ProofVerifier.create(policy)).build();
  }

  /**
   * A builder for a chain verifier.
   *
   * @param verifier judges each proof
   * @return a new builder
   */
  public static Builder builder(ProofVerifier verifier) {
    return new Builder(verifier);
  }

  /**
   * Begins a history.
   *
   * @return an empty one, to be closed by the caller
   */
  public ChainVerification start() {
    return new ChainVerification(settings);
  }

  /**
   * Verifies a history that is at hand.
   *
   * @param documents proofs by the names of their sources
   * @return the report
   * @throws ChainException if the check could not be carried out
   */
  public ChainReport verify(Map<String, byte[]> documents) throws ChainException {
    try (ChainVerification verification = start()) {
      for (Map.Entry<String, byte[]> document : documents.entrySet()) {
        verification.add(document.getKey(), document.getValue());
      }
      return verification.finish();
    }
  }

  /** Judges one document; safe for use by many threads at once. */
  static Judged judge(ProofVerifier verifier, byte[] document) {
    Proof proof;
    try {
      proof = Proof.read(document);
    } catch (JsonException e) {
      // The verifier reads it once more, and words the rejection.
      if (verifier.verifyProofOnly(document) instanceof Rejected rejected) {
        return new Judged.Invalid(rejected);
      }
      throw new IllegalStateException("what cannot be read is not verified", e);
    }
    VerificationResult result = verifier.verifyProofOnly(proof);
    if (result instanceof Rejected rejected) {
      return new Judged.Invalid(rejected);
    }
    AnchorReading anchor = EthereumAnchor.read(proof);
    LinkRecord record = LinkRecord.of(proof, 0, new Source(0, 0), anchor);
    return new Judged.Valid(
        LaneKey.of(proof), record, anchor, proof.commit().epochLink(), SealedForm.of(proof));
  }

  /** Collects settings. Not safe for use by several threads at once. */
  public static final class Builder {
    private static final int MAX_THREADS = 64;
    private static final int MAX_DETAILS = 100_000;

    final ProofVerifier verifier;
    int threads = Math.min(MAX_THREADS, Runtime.getRuntime().availableProcessors());
    Path temporaryFolder = Path.of(System.getProperty("java.io.tmpdir"));
    int maxFaultsPerReason = 100;
    int maxListedChains = 1000;
    int maxChains = 100_000;
    boolean partial;
    AnchorVisitor anchorVisitor = (anchor, chain, counter) -> {};

    private Builder(ProofVerifier verifier) {
      this.verifier = Objects.requireNonNull(verifier, "verifier");
    }

    private Builder(Builder other) {
      verifier = other.verifier;
      threads = other.threads;
      temporaryFolder = other.temporaryFolder;
      maxFaultsPerReason = other.maxFaultsPerReason;
      maxListedChains = other.maxListedChains;
      maxChains = other.maxChains;
      partial = other.partial;
      anchorVisitor = other.anchorVisitor;
    }

    /**
     * Sets how many proofs are verified at once.
     *
     * @param number 1 to 64; as many as there are processors by default
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder threads(int number) {
      threads = inRange(number, MAX_THREADS, "threads");
      return this;
    }

    /**
     * Sets where temporary files go.
     *
     * @param folder a folder that exists; {@code java.io.tmpdir} by default
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder temporaryFolder(Path folder) {
      temporaryFolder = Objects.requireNonNull(folder, "folder");
      return this;
    }

    /**
     * Sets how many faults of each reason the report holds in detail; their number is exact.
     *
     * @param number 1 to 100,000; 100 by default
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder maxFaultsPerReason(int number) {
      maxFaultsPerReason = inRange(number, MAX_DETAILS, "faults");
      return this;
    }

    /**
     * Sets how many chains, and how many epochs, the report lists; their number is exact.
     *
     * @param number 1 to 100,000; 1000 by default
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder maxListedChains(int number) {
      maxListedChains = inRange(number, MAX_DETAILS, "listed chains");
      return this;
    }

    /**
     * Sets how many chains, those of all epochs together, a history may have.
     *
     * @param number 1 to 10,000,000; 100,000 by default, which take about 200 MB
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder maxChains(int number) {
      maxChains = inRange(number, 10_000_000, "chains");
      return this;
    }

    /**
     * Lets chains begin in the middle, for histories that are known to be a part: a missing
     * beginning is then reported, and no fault.
     *
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder partial() {
      partial = true;
      return this;
    }

    /**
     * Shows every anchored block to somebody, while the report is made.
     *
     * @param visitor called by the thread that calls {@link ChainVerification#finish()}
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder anchorVisitor(AnchorVisitor visitor) {
      anchorVisitor = Objects.requireNonNull(visitor, "visitor");
      return this;
    }

    /**
     * The verifier.
     *
     * @return an immutable verifier
     */
    public ChainVerifier build() {
      return new ChainVerifier(this);
    }

    private static int inRange(int number, int max, String what) {
      if (number < 1 || number > max) {
        throw new IllegalArgumentException(what + " must be 1 to " + max);
      }
      return number;
    }
  }
}
