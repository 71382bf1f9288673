/**
 * What makes anchors and floors (spec 10): claims, which the anchor key signs and an epoch checks,
 * and the headers of blocks.
 *
 * <p>Start reading at {@link dev.occ.anchor.AnchorClaim}. How anchors and floors stand in a proof
 * is in {@link dev.occ.proof.Commit}.
 */
@NullMarked
package dev.occ.anchor;

import org.jspecify.annotations.NullMarked;
