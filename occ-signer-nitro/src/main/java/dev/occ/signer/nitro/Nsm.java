package dev.occ.signer.nitro;

import com.google.errorprone.annotations.CheckReturnValue;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;

/**
 * The Nitro Secure Module of the enclave that this program runs in: typed calls over the Linux
 * driver's device file (AWS Nitro Enclaves NSM API; the driver is drivers/misc/nsm.c of Linux 6.8
 * and later).
 *
 * <p>Safe for use by many threads; the module itself does one call at a time. One call takes as
 * long as the module needs, at most the driver's two minutes. After {@link #close()} every call
 * fails with {@link NsmException.Reason#CLOSED}. Every call throws {@link NsmException}: with the
 * module's own code if it refuses, with the system's error number if the driver does, with {@link
 * NsmException.Reason#MALFORMED_RESPONSE} if the answer is not what the call promises.
 */
@CheckReturnValue
public final class Nsm implements AutoCloseable {
  /** Where Linux shows the module. */
  public static final Path DEFAULT_DEVICE = Path.of("/dev/nsm");

  /** How many PCRs a module has (spec 12). */
  public static final int PCR_COUNT = 32;

  /** The most random bytes that the module gives in one call. */
  public static final int MAX_RANDOM_LENGTH = 256;

  /** The most bytes that one call extends a PCR with. */
  public static final int MAX_EXTEND_LENGTH = 1024;

  private final NsmDevice device;

  Nsm(NsmDevice device) {
    this.device = device;
  }

  /**
   * Opens the module at {@code /dev/nsm}.
   *
   * @return the module, which the caller must close
   * @throws NsmException with {@link NsmException.Reason#NO_DEVICE} outside an enclave, or another
   *     reason why it cannot be opened
   */
  public static Nsm open() throws NsmException {
    return open(DEFAULT_DEVICE);
  }

  /**
   * Opens the module at another path.
   *
   * @param device the driver's device file
   * @return the module, which the caller must close
   * @throws NsmException if it cannot be opened
   */
  public static Nsm open(Path device) throws NsmException {
    return new Nsm(JnaNsmDevice.open(Objects.requireNonNull(device, "device")));
  }

  /**
   * Random bytes of the module's generator (GetRandom).
   *
   * @return a fresh array of 1 to {@value #MAX_RANDOM_LENGTH} bytes, as many as the module gives
   * @throws NsmException if the call fails
   */
  public byte[] getRandom() throws NsmException {
    byte[] answer = device.exchange(NsmRequests.getRandom());
    try {
      return NsmResponses.getRandom(answer);
    } finally {
      Arrays.fill(answer, (byte) 0);
    }
  }

  /**
   * What the module is, and which PCRs are locked (DescribeNSM).
   *
   * @return the module's description of itself
   * @throws NsmException if the call fails
   */
  public NsmDescription describeNsm() throws NsmException {
    return NsmResponses.describeNsm(device.exchange(NsmRequests.describeNsm()));
  }

  /**
   * The value of a PCR and whether it is locked (DescribePCR).
   *
   * @param index 0 to {@link #PCR_COUNT} - 1
   * @return the PCR as it is now
   * @throws NsmException if the call fails
   */
  public NsmPcr describePcr(int index) throws NsmException {
    byte[] answer = device.exchange(NsmRequests.describePcr(checkedIndex(index)));
    return NsmResponses.describePcr(answer, index);
  }

  /**
   * Extends a PCR: its value becomes the digest of its old value and the data (ExtendPCR).
   *
   * @param index 0 to {@link #PCR_COUNT} - 1
   * @param data 1 to {@value #MAX_EXTEND_LENGTH} bytes
   * @return the PCR's new value, a fresh array
   * @throws NsmException with {@link NsmException.Reason#READ_ONLY_INDEX} if the PCR is locked, or
   *     another reason why the call failed
   */
  public byte[] extendPcr(int index, byte[] data) throws NsmException {
    if (data.length < 1 || data.length > MAX_EXTEND_LENGTH) {
      throw new IllegalArgumentException(
          data.length + " bytes, not between 1 and " + MAX_EXTEND_LENGTH);
    }
    return NsmResponses.extendPcr(
        device.exchange(NsmRequests.extendPcr(checkedIndex(index), data)));
  }

  /**
   * Locks a PCR until the enclave ends (LockPCR).
   *
   * @param index 0 to {@link #PCR_COUNT} - 1
   * @throws NsmException with {@link NsmException.Reason#READ_ONLY_INDEX} if the PCR is locked
   *     already, or another reason why the call failed
   */
  public void lockPcr(int index) throws NsmException {
    NsmResponses.acknowledgement(
        device.exchange(NsmRequests.lockPcr(checkedIndex(index))), "LockPCR");
  }

  /**
   * Locks the PCRs below a number until the enclave ends (LockPCRs).
   *
   * @param range how many PCRs, from PCR0 on: 1 to {@link #PCR_COUNT}
   * @throws NsmException if the call fails
   */
  public void lockPcrs(int range) throws NsmException {
    if (range < 1 || range > PCR_COUNT) {
      throw new IllegalArgumentException("range " + range + " is not between 1 and " + PCR_COUNT);
    }
    NsmResponses.acknowledgement(device.exchange(NsmRequests.lockPcrs(range)), "LockPCRs");
  }

  /**
   * An attestation document over the locked PCRs and what the request binds (Attestation).
   *
   * @param request what to bind
   * @return the COSE_Sign1 (RFC 9052) as the module made it, unchecked
   * @throws NsmException if the call fails
   */
  public byte[] attestation(NsmAttestationRequest request) throws NsmException {
    return NsmResponses.attestation(device.exchange(NsmRequests.attestation(request)));
  }

  private static int checkedIndex(int index) {
    if (index < 0 || index >= PCR_COUNT) {
      throw new IllegalArgumentException(
          "PCR index " + index + " is not between 0 and " + (PCR_COUNT - 1));
    }
    return index;
  }

  /** Waits for a call under way and closes the device. Calls after the first do nothing. */
  @Override
  public void close() {
    device.close();
  }
}
