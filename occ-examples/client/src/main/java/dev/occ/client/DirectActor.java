package dev.occ.client;

import com.google.errorprone.annotations.CheckReturnValue;
import dev.occ.agency.Intent;
import dev.occ.json.CanonicalJson;
import dev.occ.json.JsonNumber;
import dev.occ.json.JsonObject;
import dev.occ.json.JsonString;
import dev.occ.proof.Bytes;
import dev.occ.proof.ProtocolName;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.time.Clock;
import java.util.Objects;

/**
 * An actor whose P-256 key signs directly: purpose, key id, digest, challenge and time (spec 9).
 * The key may live in a JCA provider's hardware. Safe for use by many threads at once.
 */
@CheckReturnValue
public final class DirectActor implements Actor {
  private static final int SPKI_LENGTH = 91;

  private final PrivateKey key;
  private final JsonObject actor;
  private final String keyId;
  private final Clock clock;

  private DirectActor(KeyPair keys, String provider, Clock clock) {
    if (!(keys.getPublic() instanceof ECPublicKey)
        || keys.getPublic().getEncoded().length != SPKI_LENGTH) {
      throw new IllegalArgumentException("an actor's key is one of P-256");
    }
    Bytes spki = Bytes.of(keys.getPublic().getEncoded());
    this.key = keys.getPrivate();
    this.keyId = Bytes.sha256(spki.toByteArray()).toHex();
    this.clock = Objects.requireNonNull(clock, "clock");
    this.actor =
        JsonObject.builder()
            .put("keyId", keyId)
            .put("publicKeyB64", spki.toBase64())
            .put("algorithm", "ES256")
            .put("provider", provider)
            .build();
  }

  /**
   * An actor with the system's clock, which the enclave compares with its own to a minute.
   *
   * @param keys a key pair of P-256
   * @param provider what holds the key, a name that nobody verifies
   * @return the actor
   * @throws IllegalArgumentException if the key is of another curve
   */
  public static DirectActor of(KeyPair keys, String provider) {
    return of(keys, provider, Clock.systemUTC());
  }

  /**
   * An actor with a clock of the caller's.
   *
   * @param keys a key pair of P-256
   * @param provider what holds the key, a name that nobody verifies
   * @param clock says when the actor signs
   * @return the actor
   * @throws IllegalArgumentException if the key is of another curve
   */
  public static DirectActor of(KeyPair keys, String provider, Clock clock) {
    return new DirectActor(keys, provider, clock);
  }

  @Override
  public JsonObject actor() {
    return actor;
  }

  @Override
  public JsonObject authorize(Intent intent, Bytes challenge, Bytes artifactHash) {
    JsonObject payload =
        JsonObject.builder()
            .put("purpose", ProtocolName.OCC.authorizationPurpose())
            .put("actorKeyId", keyId)
            .put("artifactHash", artifactHash.toBase64())
            .put("challenge", challenge.toBase64())
            .put("timestamp", JsonNumber.of(clock.millis()))
            .build();
    try {
      Signature signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(key);
      signature.update(CanonicalJson.encode(payload));
      return payload.with("signatureB64", new JsonString(Bytes.of(signature.sign()).toBase64()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the actor's key does not sign", e);
    }
  }

  /** The key id, never the key. */
  @Override
  public String toString() {
    return "DirectActor[" + keyId + "]";
  }
}
