/**
 * RFC 3161 timestamps on proofs: strict decoding and offline verification under pinned roots. Start
 * reading at {@code TimestampVerifier}; the rules are in one package-private class per clause, and
 * {@code TimestampRejection} lists them all. Needs {@code bcpkix}, which the rest of this module
 * does without.
 */
@NullMarked
package dev.occ.verifier.timestamp;

import org.jspecify.annotations.NullMarked;
