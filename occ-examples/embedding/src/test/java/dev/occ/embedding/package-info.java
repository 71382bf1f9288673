/** Tests of the embedding examples; {@code SoftSignerExampleTest} is an example itself. */
@NullMarked
package dev.occ.embedding;

import org.jspecify.annotations.NullMarked;
