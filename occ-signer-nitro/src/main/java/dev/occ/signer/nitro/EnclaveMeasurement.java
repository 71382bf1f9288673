package dev.occ.signer.nitro;

import dev.occ.signer.SignerException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what identifies the enclave's image, and refuses a measurement that identifies nothing:
 * PCR0, 1 and 2 all zero is an enclave in debug mode (spec 12), whose memory the parent can read; a
 * PCR0 that is zero was never measured; one that is not locked can be changed by the program that
 * it is to vouch for. Nitro's hypervisor locks PCR0 before the enclave starts.
 */
final class EnclaveMeasurement {
  private static final Logger LOG = LoggerFactory.getLogger(EnclaveMeasurement.class);

  /** A measurement is 96 hex digits (spec 12): the digest must be SHA-384. */
  private static final int MEASUREMENT_LENGTH = 48;

  private EnclaveMeasurement() {}

  /** PCR0 as it is now. */
  static NsmPcr read(Nsm nsm, boolean allowDebug) throws NsmException, SignerException {
    NsmPcr pcr0 = nsm.describePcr(0);
    if (pcr0.value().length != MEASUREMENT_LENGTH) {
      throw new SignerException(
          SignerException.Reason.DEVICE_FAILURE, "PCR0 is not a SHA-384 digest");
    }
    String doubt = doubt(nsm, pcr0);
    if (doubt.isEmpty()) {
      return pcr0;
    }
    if (!allowDebug) {
      throw new SignerException(SignerException.Reason.UNTRUSTED_ENVIRONMENT, doubt);
    }
    LOG.warn("{}; going on because debug is allowed, but nobody should trust the proofs", doubt);
    return pcr0;
  }

  private static String doubt(Nsm nsm, NsmPcr pcr0) throws NsmException {
    if (pcr0.isAllZero()) {
      boolean debug = nsm.describePcr(1).isAllZero() && nsm.describePcr(2).isAllZero();
      return debug
          ? "the enclave is in debug mode: PCR0, PCR1 and PCR2 are zero"
          : "PCR0 is zero: the enclave's image was not measured";
    }
    return pcr0.locked() ? "" : "PCR0 is not locked: the program could change its own measurement";
  }
}
