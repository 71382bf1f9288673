/**
 * Options that several commands share: policy, roots of trust, artifact, timestamps. Start reading
 * at {@link dev.occ.cli.options.PolicyOptions}.
 */
@NullMarked
package dev.occ.cli.options;

import org.jspecify.annotations.NullMarked;
