package dev.occ.signer.nitro;

import java.nio.charset.StandardCharsets;

/** Makes the lab's module look like that of a measured image. */
final class Lab {
  private Lab() {}

  /** Extends and locks PCR0, unless that is done already; every call after the first is one too. */
  static void measure(Nsm nsm) throws NsmException {
    if (!nsm.describePcr(0).locked()) {
      byte[] unused = nsm.extendPcr(0, "stands for an image".getBytes(StandardCharsets.US_ASCII));
      nsm.lockPcr(0);
    }
  }
}
