/**
 * Checks who authorized a commit (spec 9): direct and WebAuthn authorizations by P-256 keys. The
 * one implementation for both sides: epochs check with it before an actor enters the signed body,
 * and the verifier, which is another module and the reason why this package is exported,
 * afterwards. Start reading at {@link dev.occ.agency.AgencyVerifier}.
 */
@NullMarked
package dev.occ.agency;

import org.jspecify.annotations.NullMarked;
