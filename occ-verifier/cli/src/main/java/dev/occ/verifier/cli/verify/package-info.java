/**
 * The command {@code verify}. Start reading at {@link dev.occ.verifier.cli.verify.VerifyCommand}.
 */
@NullMarked
package dev.occ.verifier.cli.verify;

import org.jspecify.annotations.NullMarked;
