package dev.occ.agency;

import com.google.errorprone.annotations.CheckReturnValue;
import dev.occ.proof.Bytes;
import java.util.Optional;

/**
 * What a WebAuthn assertion says besides the challenge. All of it is covered by the actor's
 * signature. The relying party's id was found to be the origin's host or a parent domain of it
 * (spec 9); which origins are trusted is the verifier's policy.
 *
 * @param rpIdHash SHA-256 of the relying party's id, 32 bytes; the authenticator keeps each key to
 *     one relying party
 * @param origin where the browser was, as {@code https://example.com}
 * @param topOrigin the page around it, where the browser says that there is one
 * @param crossOrigin whether the browser says that the page around it is of another origin
 * @param signCount the authenticator's signature counter, 0 if it keeps none
 * @param backupEligible whether the key may live on several devices
 * @param backedUp whether it does
 */
@CheckReturnValue
public record WebAuthnAssertion(
    Bytes rpIdHash,
    String origin,
    Optional<String> topOrigin,
    boolean crossOrigin,
    long signCount,
    boolean backupEligible,
    boolean backedUp) {}
