package dev.occ.signer.nitro;

import com.google.errorprone.annotations.CheckReturnValue;

/**
 * A vsock address: which machine (context identifier, CID) and which port (vsock(7)). Both are
 * unsigned 32-bit numbers.
 *
 * @param cid the context identifier, 0 to 4294967295
 * @param port the port, 0 to 4294967295
 */
@CheckReturnValue
public record VsockAddress(long cid, long port) {
  /** To listen for every machine (VMADDR_CID_ANY). */
  public static final long CID_ANY = 0xFFFF_FFFFL;

  /** This machine itself (VMADDR_CID_LOCAL). */
  public static final long CID_LOCAL = 1;

  /** The host of a virtual machine (VMADDR_CID_HOST). */
  public static final long CID_HOST = 2;

  /** The parent instance, as seen from a Nitro enclave. */
  public static final long CID_PARENT = 3;

  /** To listen on a port that the system picks (VMADDR_PORT_ANY). */
  public static final long PORT_ANY = 0xFFFF_FFFFL;

  private static final long MAX = 0xFFFF_FFFFL;

  /**
   * An address; the ranges are checked.
   *
   * @param cid the context identifier
   * @param port the port
   * @throws IllegalArgumentException if a number is not an unsigned 32-bit one
   */
  public VsockAddress {
    if (cid < 0 || cid > MAX || port < 0 || port > MAX) {
      throw new IllegalArgumentException(
          "CID " + cid + " or port " + port + " is not an unsigned 32-bit number");
    }
  }

  /**
   * The address to listen on for every machine.
   *
   * @param port the port, or {@link #PORT_ANY}
   * @return an address for {@link Vsock#listen}
   */
  public static VsockAddress anyCid(long port) {
    return new VsockAddress(CID_ANY, port);
  }

  /**
   * Reads the form that {@link #toString()} writes: {@code vsock:CID:PORT}, or {@code vsock:PORT}
   * for every CID; numbers are decimal, without sign or leading zeros.
   *
   * @param text the address as text
   * @return the address
   * @throws IllegalArgumentException if the text is of another form
   */
  public static VsockAddress parse(String text) {
    String[] parts = text.split(":", -1);
    if (parts.length < 2 || parts.length > 3 || !parts[0].equals("vsock")) {
      throw new IllegalArgumentException("a vsock address is vsock:PORT or vsock:CID:PORT");
    }
    long port = number(parts[parts.length - 1]);
    return parts.length == 2 ? anyCid(port) : new VsockAddress(number(parts[1]), port);
  }

  private static long number(String digits) {
    boolean canonical = digits.matches("0|[1-9][0-9]{0,9}");
    if (!canonical) {
      throw new IllegalArgumentException("a part of the vsock address is not a decimal number");
    }
    return Long.parseLong(digits);
  }

  /**
   * The address as text.
   *
   * @return {@code vsock:CID:PORT}, without the CID if it is {@link #CID_ANY}
   */
  @Override
  public String toString() {
    return cid == CID_ANY ? "vsock:" + port : "vsock:" + cid + ":" + port;
  }
}
