package dev.occ.enclave;

import dev.occ.epoch.CommitRequest;
import dev.occ.epoch.Epoch;
import dev.occ.epoch.EpochException;
import dev.occ.epoch.IntentChallenge;
import dev.occ.epoch.Slot;
import dev.occ.json.JsonException;
import dev.occ.json.JsonNull;
import dev.occ.json.JsonNumber;
import dev.occ.json.JsonObject;
import dev.occ.json.JsonValue;
import dev.occ.json.JsonView;
import dev.occ.proof.Bytes;
import dev.occ.proof.Commit;
import dev.occ.proof.Counter;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The actions of spec 13 on an epoch. Members that an action does not know are ignored, because
 * clients of other versions send more; what would change a proof's meaning if it were ignored is
 * refused. Thread-safe.
 */
final class Actions {
  /** All that an {@code init} may say; anything more asks to continue an earlier epoch. */
  private static final Set<String> GENESIS_MEMBERS = Set.of("action", "allowGenesis", "keepAlive");

  private static final int INTENT_HASH_LENGTH = 32;

  private final Epoch epoch;

  Actions(Epoch epoch) {
    this.epoch = epoch;
  }

  JsonObject perform(JsonView request) throws JsonException, EpochException, RequestException {
    return switch (request.text("action")) {
      case "health" -> health();
      case "key" -> identity(JsonObject.builder()).build();
      case "init" -> init(request);
      case "allocateSlot" -> allocateSlot(request);
      case "commitDigest" -> commit(CommitDecoder.digestOnly(request));
      case "commit" -> commit(CommitDecoder.bytesOrDigest(request));
      case "challenge" -> challenge(request);
      default -> throw new RequestException(EnclaveErrorCode.UNKNOWN_ACTION, "no such action");
    };
  }

  private JsonObject health() throws RequestException {
    return identity(JsonObject.builder().put("status", "ok").put("chains", chains())).build();
  }

  private JsonObject.Builder identity(JsonObject.Builder answer) throws RequestException {
    if (epoch.isClosed()) {
      throw new RequestException(EnclaveErrorCode.CLOSED, "the epoch is closed");
    }
    return answer
        .put("publicKeyB64", epoch.publicKey().toBase64())
        .put("measurement", epoch.measurement())
        .put("enforcement", epoch.enforcement().wireName())
        .put("epochId", epoch.id());
  }

  private JsonObject init(JsonView request) throws JsonException, RequestException {
    if (!request.optionalBoolean("allowGenesis").orElse(false)) {
      throw new RequestException(
          EnclaveErrorCode.GENESIS_REQUIRED, "an epoch only starts with allowGenesis: true");
    }
    for (Map.Entry<String, JsonValue> member : request.object().members().entrySet()) {
      if (!GENESIS_MEMBERS.contains(member.getKey()) && member.getValue() != JsonNull.NULL) {
        throw new RequestException(
            EnclaveErrorCode.PREDECESSOR_UNSUPPORTED, "an epoch continues no earlier one");
      }
    }
    if (epoch.isClosed()) {
      throw new RequestException(EnclaveErrorCode.CLOSED, "the epoch is closed");
    }
    return JsonObject.builder()
        .put("counter", Counter.ZERO.toString())
        .put("epochId", epoch.id())
        .put("chains", chains())
        .build();
  }

  private JsonNumber chains() {
    return JsonNumber.of(epoch.chainCount());
  }

  private JsonObject allocateSlot(JsonView request) throws JsonException, EpochException {
    Slot slot = epoch.allocateSlot(request.optionalText("chainId").orElse(Commit.DEFAULT_CHAIN));
    return JsonObject.builder()
        .put("slotId", slot.id())
        .put("slot", slot.allocation().json())
        .put("chainId", slot.chainId())
        .build();
  }

  private JsonObject challenge(JsonView request) throws JsonException, EpochException {
    Optional<Bytes> intentHash =
        request.optionalText("intentHashB64", text -> Bytes.fromBase64(text, INTENT_HASH_LENGTH));
    if (intentHash.isEmpty()) {
      return JsonObject.builder().put("challenge", epoch.challenge().toBase64()).build();
    }
    IntentChallenge issued = epoch.challenge(intentHash.get());
    return JsonObject.builder()
        .put("challenge", issued.challenge().toBase64())
        .put("intentNonceB64", issued.nonce().toBase64())
        .build();
  }

  private JsonObject commit(CommitRequest request) throws EpochException {
    return JsonObject.builder().put("proof", epoch.commit(request).json()).build();
  }
}
