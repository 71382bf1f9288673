/**
 * Reads and writes Enclave Image Format files, and computes the measurements that an enclave
 * started from them will show, so that a verifier learns what to pin without AWS's tools. Start
 * reading at {@link dev.occ.programs.eif.EifReader} and {@link dev.occ.programs.eif.EifWriter}.
 *
 * <p>The format is the one of <a
 * href="https://github.com/aws/aws-nitro-enclaves-image-format">aws-nitro-enclaves-image-format</a>,
 * versions 2 to 4.
 */
@NullMarked
package dev.occ.programs.eif;

import org.jspecify.annotations.NullMarked;
