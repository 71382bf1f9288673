package dev.occ.enclave;

/**
 * That an enclave is up (action {@code health}, spec 13).
 *
 * @param identity what it says about itself
 * @param chains how many chains its epoch has
 */
public record EnclaveHealth(EnclaveIdentity identity, long chains) {}
