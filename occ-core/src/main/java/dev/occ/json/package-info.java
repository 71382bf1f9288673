/**
 * Strict JSON and its canonical form (RFC 8785): the bytes that are signed and hashed. Start
 * reading at {@code JsonValue} and {@code CanonicalJson}.
 */
@NullMarked
package dev.occ.json;

import org.jspecify.annotations.NullMarked;
