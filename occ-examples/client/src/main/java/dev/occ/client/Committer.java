package dev.occ.client;

import dev.occ.client.OccClientException.Reason;
import dev.occ.json.JsonArray;
import dev.occ.json.JsonException;
import dev.occ.json.JsonNull;
import dev.occ.json.JsonObject;
import dev.occ.json.JsonValue;
import dev.occ.proof.Bytes;
import dev.occ.proof.Proof;
import dev.occ.verifier.ProofVerifier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One call of commit: as many requests as its digests need, and the rest of a broken-off one. */
final class Committer {
  private static final String PATH = "/commit";
  private static final String PROOFS = "proofs";

  private final Caller caller;
  private final CommitOptions options;
  private final ProofCheck check;
  private final BatchSize size;
  private final List<Proof> made = new ArrayList<>();

  /** Whether a request was broken off so that a proof may exist that nobody has. */
  private boolean openOutcome;

  Committer(Caller caller, ProofVerifier verifier, CommitOptions options, int maxResponseBytes) {
    this.caller = caller;
    this.options = options;
    this.check = new ProofCheck(verifier, options);
    this.size = new BatchSize(options, maxResponseBytes);
  }

  List<Proof> commit(List<Bytes> digests) throws OccClientException {
    int atOnce = size.of(digests.size());
    try {
      int withoutProgress = 0;
      while (made.size() < digests.size()) {
        int end = Math.min(digests.size(), made.size() + atOnce);
        int before = made.size();
        Optional<Answer> brokenOff = request(digests.subList(before, end));
        withoutProgress = made.size() > before ? 0 : withoutProgress + 1;
        if (brokenOff.isPresent() && made.size() < end) {
          openOutcome |= !Caller.isWithoutEffect(brokenOff.get());
          pauseOrFail(brokenOff.get(), end - before, withoutProgress);
        }
      }
    } catch (OccClientException e) {
      made.addAll(e.proofs());
      throw e.after(made, openOutcome);
    }
    return List.copyOf(made);
  }

  /** Sends one request and keeps its proofs; gives the answer if it was broken off. */
  private Optional<Answer> request(List<Bytes> digests) throws OccClientException {
    HttpCall call = HttpCall.make(PATH, body(digests));
    Answer answer = caller.answer(call, a -> a.isOk() || hasProofs(a));
    boolean whole = answer.isOk();
    List<JsonValue> proofs =
        Caller.decode(call, answer, json -> proofs(whole ? json : partOf(json)));
    if (proofs.size() > digests.size() || (whole && proofs.size() < digests.size())) {
      made.addAll(check.all(proofs, digests));
      throw OccClientException.because(
              Reason.PROOF_COUNT,
              "the server sent " + proofs.size() + " proofs for " + digests.size() + " digests")
          .mayHaveTakenEffect(true)
          .build();
    }
    made.addAll(check.all(proofs, digests));
    return whole ? Optional.empty() : Optional.of(answer);
  }

  private void pauseOrFail(Answer brokenOff, int asked, int withoutProgress)
      throws OccClientException {
    Optional<Duration> pause =
        mayBeAskedForAgain(brokenOff, asked)
            ? caller.pauseAfter(Math.max(1, withoutProgress), brokenOff)
            : Optional.empty();
    if (pause.isEmpty() || !caller.await(pause.get())) {
      throw caller.failureMidway(brokenOff);
    }
  }

  /**
   * Only where the server said that it broke off, and why, may its rest be asked for again. One
   * digest has no rest: when its outcome is open, that would only be committing it twice.
   */
  private boolean mayBeAskedForAgain(Answer brokenOff, int asked) {
    return options.agency().isEmpty()
        && isBrokenOff(brokenOff)
        && (asked > 1 || Caller.isWithoutEffect(brokenOff));
  }

  private byte[] body(List<Bytes> digests) {
    List<JsonValue> entries = new ArrayList<>();
    digests.forEach(digest -> entries.add(ProofCheck.entry(digest)));
    JsonObject.Builder body = JsonObject.builder().put("digests", new JsonArray(entries));
    options.toJson().members().forEach(body::put);
    return body.build().toBytes();
  }

  /** Spec 14: {@code 503} with {@code {error, code, proofs}} when the enclave fails midway. */
  private static boolean isBrokenOff(Answer answer) {
    return answer.status() == 503 && answer.errorBody().has(PROOFS);
  }

  /** A server may fail midway in other ways too: what it made is kept, whatever the status. */
  private static boolean hasProofs(Answer answer) {
    return isBrokenOff(answer)
        || (answer.errorBody().get(PROOFS).orElse(JsonNull.NULL) instanceof JsonArray some
            && !some.values().isEmpty());
  }

  private static JsonValue partOf(JsonValue json) throws JsonException {
    return json instanceof JsonObject object
        ? object.get(PROOFS).orElseThrow()
        : notProofs("is not an object");
  }

  private static List<JsonValue> proofs(JsonValue json) throws JsonException {
    return json instanceof JsonArray array ? array.values() : List.of(notProofs("is not an array"));
  }

  private static JsonValue notProofs(String problem) throws JsonException {
    throw new JsonException(JsonException.Reason.WRONG_TYPE, "", problem);
  }
}
