package dev.occ.client;

import dev.occ.json.JsonObject;

/**
 * How many digests go into one request, so that neither it nor the answer with their proofs becomes
 * longer than it may be.
 */
final class BatchSize {
  private static final int MAX_DIGESTS = 1000;
  private static final int MAX_REQUEST_BYTES = 1024 * 1024;

  /** An entry of {@code digests} with its comma, rounded up. */
  private static final int ENTRY_BYTES = 96;

  /**
   * The longest proof by itself, rounded up: the NSM's longest report is 16 KiB in Base64 (6 KiB
   * are usual), and some servers add a timestamp of 6 KiB.
   */
  private static final int PROOF_BYTES = 24 * 1024;

  /** An empty {@code batchContext}, rounded up. */
  private static final int CONTEXT_BYTES = 80;

  /** A digest in it: 44 characters, quotes and comma. */
  private static final int CONTEXT_DIGEST_BYTES = 47;

  private static final String AGENCY = "agency";
  private static final String CONTEXT = "batchContext";

  private final CommitOptions options;
  private final int maxResponseBytes;
  private final long bytesPerProof;

  BatchSize(CommitOptions options, int maxResponseBytes) {
    this.options = options;
    this.maxResponseBytes = maxResponseBytes;
    // What was asked for comes back in each proof; twice, because others may write it longer.
    this.bytesPerProof = PROOF_BYTES + 2L * withoutContext(options).toBytes().length;
  }

  /** The server writes a {@code batchContext} of its own in the place of one that it is sent. */
  private static JsonObject withoutContext(CommitOptions options) {
    JsonObject json = options.toJson();
    return options.agency().map(agency -> json.with(AGENCY, agency.without(CONTEXT))).orElse(json);
  }

  /**
   * The number of digests for each request of one call.
   *
   * @param wanted how many digests the call has
   * @return at least 1
   * @throws IllegalArgumentException if that is not possible
   */
  int of(int wanted) {
    int optionBytes = options.toJson().toBytes().length;
    int fitting = (MAX_REQUEST_BYTES - optionBytes - ENTRY_BYTES) / ENTRY_BYTES;
    if (fitting < 1) {
      throw new IllegalArgumentException("the options alone are longer than a request may be");
    }
    if (options.anchor().isPresent() && wanted != 1) {
      throw new IllegalArgumentException("an anchor is a commit of one digest, not of " + wanted);
    }
    int most = Math.min(MAX_DIGESTS, fitting);
    if (options.agency().isPresent()) {
      // One authorization, whose challenge the first request consumes.
      requireOneRequest(wanted, most);
      return Math.max(1, wanted);
    }
    return (int) Math.min(most, Math.max(1, maxResponseBytes / bytesPerProof));
  }

  /** All of it is sealed before the answer can turn out to be too long, and then nobody has it. */
  private void requireOneRequest(int wanted, int most) {
    if (wanted > most) {
      throw new IllegalArgumentException(
          "an authorized commit is one request, here of " + most + " digests at most");
    }
    if (authorizedAnswer(wanted) > maxResponseBytes) {
      int fitting = wanted;
      while (authorizedAnswer(fitting) > maxResponseBytes) {
        fitting--;
      }
      throw new IllegalArgumentException(
          "the proofs of an authorized commit each name all of its digests: those of "
              + wanted
              + " may be "
              + authorizedAnswer(wanted)
              + " bytes, and an answer is read up to "
              + maxResponseBytes
              + ", which is enough for "
              + fitting);
    }
  }

  /** Spec 9: {@code batchContext}, in each proof, has the digests of all. */
  private long authorizedAnswer(int digests) {
    return digests * (bytesPerProof + CONTEXT_BYTES + (long) CONTEXT_DIGEST_BYTES * digests);
  }
}
