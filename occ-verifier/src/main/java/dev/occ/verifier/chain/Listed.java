package dev.occ.verifier.chain;

import com.google.errorprone.annotations.CheckReturnValue;
import java.util.List;

/**
 * The first elements of a list that may be very long, and how many there are altogether.
 *
 * @param <T> what is listed
 * @param shown the elements that are kept, in order
 * @param total how many there are, exactly
 */
@CheckReturnValue
public record Listed<T>(List<T> shown, long total) {
  /**
   * Copies the list.
   *
   * @param shown the elements that are kept
   * @param total how many there are
   * @throws IllegalArgumentException if more are shown than there are
   */
  public Listed {
    shown = List.copyOf(shown);
    if (total < shown.size()) {
      throw new IllegalArgumentException("more is shown than there is");
    }
  }

  /** A list without elements. */
  static <T> Listed<T> none() {
    return new Listed<>(List.of(), 0);
  }

  /**
   * How many elements are not shown.
   *
   * @return zero if all are
   */
  public long leftOut() {
    return total - shown.size();
  }
}
