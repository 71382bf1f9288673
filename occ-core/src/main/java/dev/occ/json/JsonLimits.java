package dev.occ.json;

/**
 * How large a document may be (spec 1).
 *
 * @param maxBytes the longest document in bytes, 1 to {@value #LARGEST_MAX_BYTES}
 * @param maxDepth how deep objects and arrays may nest, 1 to {@value #LARGEST_MAX_DEPTH}; {@code
 *     []} has depth 1
 */
public record JsonLimits(int maxBytes, int maxDepth) {
  /** The largest {@link #maxBytes()}: 64 MiB. */
  public static final int LARGEST_MAX_BYTES = 64 * 1024 * 1024;

  /** The largest {@link #maxDepth()}: what spec 1 allows at most. */
  public static final int LARGEST_MAX_DEPTH = 64;

  /** The limits of spec 1 for a proof: 1 MiB and 64 levels. */
  public static final JsonLimits DEFAULT = new JsonLimits(1024 * 1024, LARGEST_MAX_DEPTH);

  /**
   * Checks the limits.
   *
   * @param maxBytes the longest document in bytes
   * @param maxDepth how deep objects and arrays may nest
   * @throws IllegalArgumentException outside the ranges above
   */
  public JsonLimits {
    if (maxBytes < 1 || maxBytes > LARGEST_MAX_BYTES) {
      throw new IllegalArgumentException("maxBytes must be 1 to " + LARGEST_MAX_BYTES);
    }
    if (maxDepth < 1 || maxDepth > LARGEST_MAX_DEPTH) {
      throw new IllegalArgumentException("maxDepth must be 1 to " + LARGEST_MAX_DEPTH);
    }
  }

  /**
   * The same with another size.
   *
   * @param bytes the longest document in bytes
   * @return the changed limits
   * @throws IllegalArgumentException outside the range of {@link #maxBytes()}
   */
  public JsonLimits withMaxBytes(int bytes) {
    return new JsonLimits(bytes, maxDepth);
  }
}
