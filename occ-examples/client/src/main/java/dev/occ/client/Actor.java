package dev.occ.client;

import dev.occ.agency.Intent;
import dev.occ.json.JsonObject;
import dev.occ.proof.Bytes;

/**
 * Someone who authorizes commits with a P-256 key (spec 9). {@link DirectActor} holds the key
 * itself; other implementations ask a device, a browser or a service.
 */
public interface Actor {
  /**
   * Who it is.
   *
   * @return the proof's {@code agency.actor}, the same at each call
   */
  JsonObject actor();

  /**
   * Authorizes a commit. The client found that the challenge commits to the intent; what is to be
   * shown to a person before the key is used is in the intent.
   *
   * @param intent what is authorized
   * @param challenge what is signed, 32 bytes
   * @param artifactHash the digest, or the first one of a batch, 32 bytes
   * @return the proof's {@code agency.authorization}
   * @throws RuntimeException to refuse; nothing is committed then
   */
  JsonObject authorize(Intent intent, Bytes challenge, Bytes artifactHash);
}
