package dev.occ.server;

import com.google.errorprone.annotations.CheckReturnValue;
import dev.occ.proof.Bytes;
import java.util.Optional;

/**
 * Where a parent has the newest block of Base from, which becomes the floor of each slot (spec 10).
 * Must be safe for use by many threads at once, and answer without waiting.
 */
@FunctionalInterface
@CheckReturnValue
public interface BaseHeaders {
  /**
   * The header of the newest block.
   *
   * @return its RLP, of a block that is not below the one before; empty while none is known
   */
  Optional<Bytes> newest();
}
