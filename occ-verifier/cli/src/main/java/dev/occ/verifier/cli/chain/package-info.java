/** The command {@code chain}. Start reading at {@link dev.occ.verifier.cli.chain.ChainCommand}. */
@NullMarked
package dev.occ.verifier.cli.chain;

import org.jspecify.annotations.NullMarked;
