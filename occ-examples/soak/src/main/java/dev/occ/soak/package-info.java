/**
 * The soak: mixed good and hostile load on the real programs for a long time, then a look at what
 * they leaked and whether every proof holds. Start reading at {@link dev.occ.soak.Soak}.
 */
@NullMarked
package dev.occ.soak;

import org.jspecify.annotations.NullMarked;
