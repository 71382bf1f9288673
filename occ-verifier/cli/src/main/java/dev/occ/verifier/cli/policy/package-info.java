/**
 * The command {@code policy}. Start reading at {@link dev.occ.verifier.cli.policy.PolicyCommand}.
 */
@NullMarked
package dev.occ.verifier.cli.policy;

import org.jspecify.annotations.NullMarked;
