/**
 * Strict JSON and its canonical form (spec 2): the bytes that are signed and hashed. Start reading
 * at {@link dev.occ.json.JsonValue} and {@link dev.occ.json.CanonicalJson}.
 */
@NullMarked
package dev.occ.json;

import org.jspecify.annotations.NullMarked;
