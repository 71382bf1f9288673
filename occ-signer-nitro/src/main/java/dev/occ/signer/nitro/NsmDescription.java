package dev.occ.signer.nitro;

import java.util.List;

/**
 * What DescribeNSM tells of a module.
 *
 * @param versionMajor the major part of the module's version
 * @param versionMinor the minor part
 * @param versionPatch the patch part
 * @param moduleId the module's identity, which holds the instance's and the enclave's; not empty
 * @param maxPcrs how many PCRs there are
 * @param lockedPcrs the numbers of the PCRs that are locked
 * @param digest the digest of the PCRs, {@code SHA384}
 */
public record NsmDescription(
    int versionMajor,
    int versionMinor,
    int versionPatch,
    String moduleId,
    int maxPcrs,
    List<Integer> lockedPcrs,
    String digest) {

  /**
   * A description, with a copy of the list.
   *
   * @param versionMajor the major part of the module's version
   * @param versionMinor the minor part
   * @param versionPatch the patch part
   * @param moduleId the module's identity
   * @param maxPcrs how many PCRs there are
   * @param lockedPcrs the numbers of the PCRs that are locked
   * @param digest the digest of the PCRs
   */
  public NsmDescription {
    lockedPcrs = List.copyOf(lockedPcrs);
  }
}
