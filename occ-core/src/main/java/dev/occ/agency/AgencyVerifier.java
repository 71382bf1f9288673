package dev.occ.agency;

import com.google.errorprone.annotations.CheckReturnValue;
import dev.occ.json.JsonException;
import dev.occ.proof.Agency;
import dev.occ.proof.Agency.Authorization;
import dev.occ.proof.Agency.BatchContext;
import dev.occ.proof.Bytes;
import dev.occ.proof.ProtocolName;
import java.security.Provider;
import java.util.Objects;

/**
 * Checks all that an authorization shows by itself (spec 9): keys, names, digests, signature, and
 * for WebAuthn the assertion (W3C Web Authentication Level 3, section 7.2). Whether the challenge
 * was the enclave's, fresh and unused, and whether the time is right, only the enclave knows.
 *
 * <p>Immutable and safe for use by many threads at once.
 */
@CheckReturnValue
public final class AgencyVerifier {
  private static final int CHALLENGE_LENGTH = 32;

  private final Es256Verifier es256;

  private AgencyVerifier(Es256Verifier es256) {
    this.es256 = es256;
  }

  /**
   * A verifier that computes with the JDK's own provider, whichever others the application has
   * registered.
   *
   * @return the verifier
   * @throws IllegalStateException if the runtime has no elliptic curves: up to JDK 21 an image made
   *     with {@code jlink} needs the module {@code jdk.crypto.ec}
   */
  public static AgencyVerifier create() {
    return new AgencyVerifier(JcaEs256.ofJdk());
  }

  /**
   * A verifier that computes with a provider of the caller's.
   *
   * @param provider has {@code SHA256withECDSA} and P-256; need not be registered
   * @return the verifier
   * @throws IllegalArgumentException if it has not
   */
  public static AgencyVerifier create(Provider provider) {
    return new AgencyVerifier(JcaEs256.of(provider));
  }

  /**
   * A verifier that leaves the arithmetic to the caller, for runtimes without elliptic curves of
   * their own.
   *
   * @param es256 decides about signatures whose form was checked
   * @return the verifier
   */
  public static AgencyVerifier create(Es256Verifier es256) {
    return new AgencyVerifier(Objects.requireNonNull(es256, "es256"));
  }

  /**
   * Checks an authorization for one artifact, and that the actor authorized what the proof says.
   *
   * @param agency actor, authorization and the nonce of an intent
   * @param artifactDigest the artifact that is, or was, to be committed, 32 bytes
   * @param protocol under which name the proof's versions are written; the purpose must be too
   * @param intent what the proof says, or will say
   * @return who authorized it; its signature covers everything that the intent names
   * @throws AgencyException with the reason, if it does not hold; {@link
   *     AgencyRejection#INTENT_MISMATCH} if there is no nonce, or the challenge is not the one that
   *     nonce and intent give
   */
  public AuthorizedActor verify(
      Agency agency, Bytes artifactDigest, ProtocolName protocol, Intent intent)
      throws AgencyException {
    AuthorizedActor actor = verify(agency, artifactDigest, protocol);
    boolean matches =
        agency.intentNonce().map(intent::challenge).filter(actor.challenge()::equals).isPresent();
    if (!matches) {
      throw new AgencyException(
          AgencyRejection.INTENT_MISMATCH,
          "the challenge does not commit to what is to stand in the proof");
    }
    return actor.coveringEverything();
  }

  /**
   * Checks an authorization for one artifact. An intent's nonce is not looked at: without the
   * proof's other members nothing shows that the actor knew them.
   *
   * @param agency actor and authorization
   * @param artifactDigest the artifact that is, or was, to be committed, 32 bytes
   * @param protocol under which name the proof's versions are written; the purpose must be too
   * @return who authorized it
   * @throws AgencyException with the reason, if it does not hold
   */
  public AuthorizedActor verify(Agency agency, Bytes artifactDigest, ProtocolName protocol)
      throws AgencyException {
    Authorization authorization = agency.authorization();
    if (!authorization.purpose().equals(protocol.authorizationPurpose())) {
      throw new AgencyException(
          AgencyRejection.PURPOSE, "the purpose is not " + protocol.authorizationPurpose());
    }
    P256Key key = key(agency);
    checkArtifact(agency, artifactDigest);
    Bytes challenge = challenge(authorization);
    if (authorization.webAuthn().isEmpty()) {
      checkSignature(key, authorization, DirectPayload.of(authorization));
      return AuthorizedActor.direct(agency, challenge, artifactDigest);
    }
    Agency.WebAuthn webAuthn = authorization.webAuthn().get();
    ClientData client = ClientData.read(webAuthn.clientDataJson(), challenge);
    AuthenticatorData data = AuthenticatorData.read(webAuthn.authenticatorData());
    checkSignature(key, authorization, data.followedBy(client.hash()));
    WebAuthnAssertion assertion = data.assertion(client);
    RelyingParty.check(assertion);
    return AuthorizedActor.webAuthn(agency, challenge, assertion);
  }

  private static P256Key key(Agency agency) throws AgencyException {
    Agency.Actor actor = agency.actor();
    P256Key key = P256Key.read(actor.publicKey());
    if (!Bytes.sha256(actor.publicKey().toByteArray()).toHex().equals(actor.keyId())) {
      throw new AgencyException(
          AgencyRejection.KEY_ID_MISMATCH, "the key id is not the hash of the public key");
    }
    if (!agency.authorization().actorKeyId().equals(actor.keyId())) {
      throw new AgencyException(
          AgencyRejection.ACTOR_MISMATCH, "the authorization names another key than the actor's");
    }
    return key;
  }

  private static void checkArtifact(Agency agency, Bytes digest) throws AgencyException {
    Bytes authorized = agency.authorization().artifactHash();
    if (agency.batch().isEmpty()) {
      if (!authorized.equals(digest)) {
        throw new AgencyException(
            AgencyRejection.ARTIFACT_MISMATCH, "the authorization is for another artifact");
      }
      return;
    }
    BatchContext batch = agency.batch().get();
    if (batch.size() != batch.digests().size() || batch.index() >= batch.size()) {
      throw new AgencyException(
          AgencyRejection.BATCH_INVALID, "the batch's size, index and digests do not agree");
    }
    if (!batch.digests().get(0).equals(authorized)) {
      throw new AgencyException(
          AgencyRejection.ARTIFACT_MISMATCH,
          "the authorization is not for the first artifact of the batch");
    }
    if (!batch.digests().get((int) batch.index()).equals(digest)) {
      throw new AgencyException(
          AgencyRejection.BATCH_INVALID, "the artifact is not at its place in the batch");
    }
  }

  private static Bytes challenge(Authorization authorization) throws AgencyException {
    try {
      return Bytes.fromBase64(authorization.challenge(), CHALLENGE_LENGTH);
    } catch (JsonException e) {
      throw new AgencyException(
          AgencyRejection.CHALLENGE_INVALID, "the challenge is not Base64 of 32 bytes", e);
    }
  }

  private void checkSignature(P256Key key, Authorization authorization, byte[] message)
      throws AgencyException {
    EcdsaSignature signature = EcdsaSignature.read(authorization.signature());
    if (!es256.verifies(key.der(), message, signature.der())) {
      throw new AgencyException(
          AgencyRejection.SIGNATURE_INVALID, "the actor's signature does not hold");
    }
  }
}
