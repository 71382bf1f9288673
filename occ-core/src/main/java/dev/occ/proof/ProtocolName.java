package dev.occ.proof;

import com.google.errorprone.annotations.CheckReturnValue;
import java.util.Optional;

/** The name under which a service writes its version strings (spec 3 and 8). */
@CheckReturnValue
public enum ProtocolName {
  /** {@code occ/1}, what this library writes. */
  OCC("occ"),
  /** {@code bitgraph/1}, what the reference service writes since 2026-05; the rest is the same. */
  BITGRAPH("bitgraph");

  private final String prefix;

  ProtocolName(String prefix) {
    this.prefix = prefix;
  }

  /**
   * The {@code version} of a proof.
   *
   * @return {@code occ/1} or {@code bitgraph/1}
   */
  public String proofVersion() {
    return prefix + "/1";
  }

  /**
   * The {@code version} of a slot.
   *
   * @return {@code occ/slot/1} or {@code bitgraph/slot/1}
   */
  public String slotVersion() {
    return prefix + "/slot/1";
  }

  /**
   * The {@code purpose} of a commit authorization (spec 9).
   *
   * @return {@code occ/commit-authorize/v1} or {@code bitgraph/commit-authorize/v1}
   */
  public String authorizationPurpose() {
    return prefix + "/commit-authorize/v1";
  }

  /**
   * The first line of what an anchor claim's signature covers (spec 10).
   *
   * @return {@code occ-anchor/1} or {@code bitgraph-anchor/1}
   */
  public String anchorVersion() {
    return prefix + "-anchor/1";
  }

  /** The name that a proof's version uses, or empty for an unknown version. */
  static Optional<ProtocolName> ofProofVersion(String version) {
    for (ProtocolName name : values()) {
      if (name.proofVersion().equals(version)) {
        return Optional.of(name);
      }
    }
    return Optional.empty();
  }
}
