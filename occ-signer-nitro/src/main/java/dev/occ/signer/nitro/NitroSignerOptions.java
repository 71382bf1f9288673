package dev.occ.signer.nitro;

import com.google.errorprone.annotations.CheckReturnValue;
import java.nio.file.Path;
import java.util.Objects;

/**
 * How to open a {@link NitroSigner}.
 *
 * @param device the NSM's device file
 * @param allowDebug whether an enclave whose measurement proves nothing is accepted: one in debug
 *     mode (PCR0, 1 and 2 all zero), or one with a PCR0 that is zero or not locked
 */
@CheckReturnValue
public record NitroSignerOptions(Path device, boolean allowDebug) {
  /**
   * Options; null is refused.
   *
   * @param device the NSM's device file
   * @param allowDebug whether an enclave whose measurement proves nothing is accepted
   */
  public NitroSignerOptions {
    Objects.requireNonNull(device, "device");
  }

  /**
   * The options for production: {@link Nsm#DEFAULT_DEVICE}, and no debug enclave.
   *
   * @return the strict options
   */
  public static NitroSignerOptions defaults() {
    return new NitroSignerOptions(Nsm.DEFAULT_DEVICE, false);
  }

  /**
   * With another device file.
   *
   * @param other the NSM's device file
   * @return a changed copy
   */
  public NitroSignerOptions withDevice(Path other) {
    return new NitroSignerOptions(other, allowDebug);
  }

  /**
   * With enclaves accepted whose measurement proves nothing. For development only: verifiers refuse
   * what an enclave in debug mode signs, but no attestation says that PCR0 was not locked.
   *
   * @return a changed copy
   */
  public NitroSignerOptions allowingDebug() {
    return new NitroSignerOptions(device, true);
  }
}
