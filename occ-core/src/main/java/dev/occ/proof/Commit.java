package dev.occ.proof;

import dev.occ.json.JsonException;
import dev.occ.json.JsonNumber;
import dev.occ.json.JsonView;
import dev.occ.json.TextDecoder;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The signed {@code commit} of a proof (spec 3): which slot was consumed, and where on which chain.
 *
 * @param nonce the slot's nonce, at least 16 bytes
 * @param counter the commit's place on its chain
 * @param slotCounter the slot's place on the chain
 * @param slotHash SHA-256 of the slot body's canonical form, 32 bytes
 * @param epochId the epoch that made the proof
 * @param prev SHA-256 of the previous sealed proof on the chain, 32 bytes; absent on the first
 * @param chainId the chain; absent for {@value #DEFAULT_CHAIN}
 * @param time what the signer's clock said, in historical proofs only; self-declared
 * @param epochLink the predecessor epoch, in historical proofs only (spec 8)
 */
public record Commit(
    Bytes nonce,
    Optional<Counter> counter,
    Optional<Counter> slotCounter,
    Optional<Bytes> slotHash,
    Optional<String> epochId,
    Optional<Bytes> prev,
    Optional<String> chainId,
    Optional<Instant> time,
    Optional<EpochLink> epochLink) {

  /** The chain of a proof that names none. */
  public static final String DEFAULT_CHAIN = "global";

  static Commit read(JsonView view) throws JsonException {
    return new Commit(
        view.text("nonceB64", Texts::nonce),
        view.optionalText("counter", Counter::parse),
        view.optionalText("slotCounter", Counter::parse),
        view.optionalText("slotHashB64", Texts::digest),
        view.optionalText("epochId", TextDecoder::nonEmpty),
        view.optionalText("prevB64", Texts::digest),
        view.optionalText("chainId", TextDecoder::nonEmpty),
        time(view),
        readLink(view));
  }

  /** Milliseconds since 1970, under the name {@code time}. */
  static Optional<Instant> time(JsonView view) throws JsonException {
    OptionalLong millis = view.optionalInteger("time", 0, JsonNumber.MAX_EXACT_INTEGER);
    return millis.isPresent()
        ? Optional.of(Instant.ofEpochMilli(millis.getAsLong()))
        : Optional.empty();
  }

  private static Optional<EpochLink> readLink(JsonView view) throws JsonException {
    Optional<JsonView> link = view.optionalView("epochLink");
    return link.isEmpty() ? Optional.empty() : Optional.of(EpochLink.read(link.get()));
  }

  /**
   * The chain that the proof is on.
   *
   * @return {@link #chainId()}, or {@value #DEFAULT_CHAIN} when it is absent
   */
  public String chain() {
    return chainId.orElse(DEFAULT_CHAIN);
  }
}
