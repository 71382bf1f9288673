package dev.occ.server;

import dev.occ.json.JsonString;
import dev.occ.proof.Proof;
import java.io.ByteArrayOutputStream;
import java.time.Duration;

/**
 * The proofs that one request has had made, in order, as the array that answers it. Kept as bytes:
 * a proof of an authorized batch names all digests of the batch, and a thousand of them are many
 * times as large as trees. For one thread.
 */
final class MadeProofs {
  private final ByteBudget.Account account;
  private final ByteArrayOutputStream array = new ByteArrayOutputStream();
  private boolean empty = true;

  MadeProofs(ByteBudget.Account account) {
    this.account = account;
    array.write('[');
  }

  /** Adds a proof as the enclave sealed it, with its hash (spec 4 and 14). */
  void add(Proof proof) {
    if (!empty) {
      array.write(',');
    }
    empty = false;
    JsonString hash = new JsonString(proof.proofHash().toBase64());
    byte[] json = proof.json().with("proofHash", hash).toBytes();
    account.take(json.length);
    array.writeBytes(json);
  }

  /** Refuses to go on when another proof of some size would be too much to hold. */
  void requireRoom(int bytes) throws ApiException {
    if (!account.hasRoom(bytes)) {
      throw new ApiException(ApiError.BUSY, "the server is at capacity for answers")
          .retryAfter(Duration.ofSeconds(1));
    }
  }

  boolean isEmpty() {
    return empty;
  }

  /** The array; nothing can be added afterwards. */
  byte[] toBytes() {
    array.write(']');
    return array.toByteArray();
  }
}
