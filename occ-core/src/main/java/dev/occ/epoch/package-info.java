/**
 * Making proofs: one epoch over one signer, with its chains, counters and slots (spec 5 to 7).
 * Start reading at {@link dev.occ.epoch.Epoch}.
 */
@NullMarked
package dev.occ.epoch;

import org.jspecify.annotations.NullMarked;
