/**
 * Facts about certificates, attestations, timestamps and actors, for people and as JSON. Start
 * reading at {@link dev.occ.cli.facts.CertificateFacts}.
 */
@NullMarked
package dev.occ.cli.facts;

import org.jspecify.annotations.NullMarked;
