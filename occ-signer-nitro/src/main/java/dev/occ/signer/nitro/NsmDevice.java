package dev.occ.signer.nitro;

/**
 * Carries one request to the NSM and its answer back: the seam between the protocol and the native
 * calls, so that tests can stand in for the device. Implementations are safe for use by many
 * threads.
 */
interface NsmDevice extends AutoCloseable {
  /** The largest request that the driver takes, in bytes (drivers/misc/nsm.c of Linux). */
  int MAX_REQUEST_LENGTH = 0x1000;

  /** The largest answer that the driver gives, in bytes (drivers/misc/nsm.c of Linux). */
  int MAX_RESPONSE_LENGTH = 0x3000;

  /**
   * Sends a request and waits for its answer.
   *
   * @return a fresh array, which the caller wipes if what it holds is secret
   * @throws NsmException if the device is closed or the system refused
   */
  byte[] exchange(byte[] request) throws NsmException;

  /** Waits for a call under way, then closes the device. Calls after the first do nothing. */
  @Override
  void close();
}
