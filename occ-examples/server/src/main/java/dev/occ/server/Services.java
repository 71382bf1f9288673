package dev.occ.server;

import java.util.function.LongSupplier;

/**
 * What the calls share.
 *
 * @param enclave the way to the enclave
 * @param slots pending slots and their quota
 * @param challenges pending challenges and their quota
 * @param chains who opened which chains, and their quota
 * @param answers the bytes of proofs that wait to be sent
 * @param metrics what is counted
 * @param stopping whether the server is about to stop
 * @param limits sizes and times
 * @param nanoClock a monotonic clock
 */
record Services(
    EnclaveGateway enclave,
    PendingLedger slots,
    PendingLedger challenges,
    ChainLedger chains,
    ByteBudget answers,
    ParentMetrics metrics,
    Stopping stopping,
    ParentLimits limits,
    LongSupplier nanoClock) {}
