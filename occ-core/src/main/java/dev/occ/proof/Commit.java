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
 * @param anchor the block that the proof anchors, written for a claim that the signer checked (spec
 *     10)
 * @param slotAnchor the chain's newest such anchor when the slot was made (spec 10)
 * @param slotFloor the block of Base that was given when the slot was made (spec 10)
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
    Optional<EpochLink> epochLink,
    Optional<AnchoredBlock> anchor,
    Optional<SlotAnchor> slotAnchor,
    Optional<BaseFloor> slotFloor) {

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
        readPart(view, "epochLink", EpochLink::read),
        readPart(view, "anchor", AnchoredBlock::read),
        readPart(view, SlotAnchor.IN_COMMIT, SlotAnchor::read),
        readPart(view, BaseFloor.IN_COMMIT, BaseFloor::read));
  }

  /** Milliseconds since 1970, under the name {@code time}. */
  static Optional<Instant> time(JsonView view) throws JsonException {
    OptionalLong millis = view.optionalInteger("time", 0, JsonNumber.MAX_EXACT_INTEGER);
    return millis.isPresent()
        ? Optional.of(Instant.ofEpochMilli(millis.getAsLong()))
        : Optional.empty();
  }

  private interface Part<T> {
    T read(JsonView view) throws JsonException;
  }

  private static <T> Optional<T> readPart(JsonView view, String name, Part<T> part)
      throws JsonException {
    Optional<JsonView> member = view.optionalView(name);
    return member.isEmpty() ? Optional.empty() : Optional.of(part.read(member.get()));
  }

  /**
   * What bounds the proof from below in time (spec 10).
   *
   * @return {@link #slotAnchor()} or {@link #slotFloor()}; {@link Floor#NONE} if there is neither,
   *     and if there are both: every check that needs a floor fails then
   */
  public Floor floor() {
    if (hasTwoFloors()) {
      return Floor.NONE;
    }
    return slotAnchor.<Floor>map(floor -> floor).or(() -> slotFloor).orElse(Floor.NONE);
  }

  /**
   * Whether there are two floors, of which a proof has one at most (spec 10).
   *
   * @return true if {@link #slotAnchor()} and {@link #slotFloor()} are both there
   */
  public boolean hasTwoFloors() {
    return slotAnchor.isPresent() && slotFloor.isPresent();
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
