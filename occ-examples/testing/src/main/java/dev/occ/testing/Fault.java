package dev.occ.testing;

import com.google.errorprone.annotations.CheckReturnValue;
import java.util.Locale;

/**
 * What goes wrong with one request, in the ways in which a real server, its enclave or the network
 * between fail. Given to {@link OccServer#failNext}; the next request to {@code /commit} takes it,
 * and later ones are served again.
 */
@CheckReturnValue
public final class Fault {
  /** What the server does in place of an answer, or with it. */
  enum Kind {
    STATUS,
    UNAVAILABLE,
    RESTART,
    HANG,
    CUT
  }

  private final Kind kind;
  private final int number;
  private final String code;

  private Fault(Kind kind, int number, String code) {
    this.kind = kind;
    this.number = number;
    this.code = code;
  }

  /**
   * An error answer before anything is made: {@code {"error", "code"}} (spec 14).
   *
   * @param status the HTTP status, 400 to 599
   * @param code the code, as {@code busy}
   * @return the fault
   * @throws IllegalArgumentException if the status is no error's
   */
  public static Fault status(int status, String code) {
    if (status < 400 || status > 599) {
      throw new IllegalArgumentException("the status of an error is 400 to 599, not " + status);
    }
    return new Fault(Kind.STATUS, status, code);
  }

  /**
   * The enclave goes away in the middle of a batch: 503 {@code enclave-unavailable} with the proofs
   * made by then.
   *
   * @param made how many digests are committed first, 0 or more
   * @return the fault
   * @throws IllegalArgumentException if the number is negative
   */
  public static Fault unavailableAfter(int made) {
    return new Fault(Kind.UNAVAILABLE, notNegative(made), "enclave-unavailable");
  }

  /**
   * The enclave restarts in the middle of a batch, with a new key and a new epoch: 503 {@code
   * epoch-changed} with the proofs made by then.
   *
   * @param made how many digests are committed first, 0 or more
   * @return the fault
   * @throws IllegalArgumentException if the number is negative
   */
  public static Fault restartAfter(int made) {
    return new Fault(Kind.RESTART, notNegative(made), "epoch-changed");
  }

  /**
   * The proofs are made, and the answer never comes; the connection stays open until the server is
   * closed. The client times out, and the outcome is unknown to it.
   *
   * @return the fault
   */
  public static Fault hang() {
    return new Fault(Kind.HANG, 0, "");
  }

  /**
   * The proofs are made, and the connection breaks in the middle of the answer. The outcome is
   * unknown to the client.
   *
   * @return the fault
   */
  public static Fault cutAnswer() {
    return new Fault(Kind.CUT, 0, "");
  }

  Kind kind() {
    return kind;
  }

  /** A status, or a number of digests. */
  int number() {
    return number;
  }

  String code() {
    return code;
  }

  /** How many digests of a batch are committed before it is broken off. */
  int committed(int size) {
    return switch (kind) {
      case STATUS -> 0;
      case UNAVAILABLE, RESTART -> Math.min(number, size);
      case HANG, CUT -> size;
    };
  }

  private static int notNegative(int made) {
    if (made < 0) {
      throw new IllegalArgumentException("a number of digests is 0 or more, not " + made);
    }
    return made;
  }

  @Override
  public String toString() {
    return kind.name().toLowerCase(Locale.ROOT) + (number == 0 ? "" : " " + number);
  }
}
