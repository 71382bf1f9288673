package dev.occ.enclave;

import dev.occ.epoch.CommitRequest;
import dev.occ.epoch.Epoch;
import dev.occ.epoch.EpochException;
import dev.occ.epoch.IntentChallenge;
import dev.occ.epoch.Slot;
import dev.occ.json.JsonException;
import dev.occ.json.JsonNumber;
import dev.occ.json.JsonObject;
import dev.occ.json.JsonView;
import dev.occ.json.MemberScan;
import dev.occ.proof.BaseFloor;
import dev.occ.proof.Bytes;
import dev.occ.proof.Commit;
import dev.occ.proof.Counter;
import java.util.Optional;

/**
 * The actions of spec 13 on an epoch. Members that an action does not have are refused before they
 * are parsed; {@link Action} lists them. Thread-safe.
 */
final class Actions {
  private static final int INTENT_HASH_LENGTH = 32;

  private final Epoch epoch;

  Actions(Epoch epoch) {
    this.epoch = epoch;
  }

  JsonObject perform(JsonView request) throws JsonException, EpochException, RequestException {
    Action action =
        Action.of(request.text(Action.NAME))
            .orElseThrow(
                () -> new RequestException(EnclaveErrorCode.UNKNOWN_ACTION, "no such action"));
    if (action != Action.INIT) { // what it says more was null, or refused by its scan
      request.refuseMembersOtherThan(action.members()); // a name with escapes was not scanned
    }
    return switch (action) {
      case HEALTH -> health();
      case KEY -> identity(JsonObject.builder()).build();
      case INIT -> init(request);
      case ALLOCATE_SLOT -> allocateSlot(request);
      case COMMIT_DIGEST -> commit(CommitDecoder.digestOnly(request));
      case COMMIT -> commit(CommitDecoder.bytesOrDigest(request));
      case CHALLENGE -> challenge(request);
    };
  }

  /**
   * Refuses members that the request's action does not have, before anything is parsed. Of what
   * names no action only members that no action has; the rest is the parser's to refuse.
   */
  static void requireKnownMembers(byte[] utf8) throws JsonException, RequestException {
    MemberScan scan = MemberScan.of(utf8);
    Optional<Action> action = scan.text(Action.NAME).flatMap(Action::of);
    if (action.equals(Optional.of(Action.INIT))) {
      requireGenesis(scan);
    } else {
      scan.requireOnly(action.map(Action::members).orElse(Action.ALL_MEMBERS));
    }
  }

  /**
   * What an {@code init} says more asks to continue an earlier epoch, unless it is {@code null}.
   */
  private static void requireGenesis(MemberScan scan) throws RequestException {
    try {
      scan.requireOnlyOrNull(Action.INIT.members());
    } catch (JsonException e) {
      throw new RequestException(
          EnclaveErrorCode.PREDECESSOR_UNSUPPORTED, "an epoch continues no earlier one");
    }
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
        .put("epochId", epoch.id())
        .putTextIfPresent(
            "floor", epoch.takesBaseFloors() ? Optional.of(BaseFloor.CHAIN) : Optional.empty());
  }

  private JsonObject init(JsonView request) throws JsonException, RequestException {
    if (!request.optionalBoolean("allowGenesis").orElse(false)) {
      throw new RequestException(
          EnclaveErrorCode.GENESIS_REQUIRED, "an epoch only starts with allowGenesis: true");
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
    String chainId = request.optionalText("chainId").orElse(Commit.DEFAULT_CHAIN);
    Optional<Bytes> baseHeader = request.optionalText("baseFloorHeaderB64", Bytes::fromBase64);
    Slot slot =
        baseHeader.isPresent()
            ? epoch.allocateSlot(chainId, baseHeader.get())
            : epoch.allocateSlot(chainId);
    JsonObject.Builder answer =
        JsonObject.builder()
            .put("slotId", slot.id())
            .put("slot", slot.allocation().json())
            .put("chainId", slot.chainId());
    slot.floor().addToAnswer(answer);
    return answer.build();
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
