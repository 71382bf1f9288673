package dev.occ.enclave;

/**
 * Is told when the enclave behind a client has started a new epoch: it restarted, its key is
 * another one, and all slots of the epoch before are gone.
 */
@FunctionalInterface
public interface EpochListener {
  /**
   * The first answer of a new epoch has arrived. Runs on the thread whose request it answers, so it
   * must be short. An exception goes to that thread's uncaught-exception handler and does not
   * disturb the request.
   *
   * @param previousId the epoch that answered until now
   * @param currentId the epoch that answers now; unverified, as everything that the client reports
   */
  void epochChanged(String previousId, String currentId);
}
