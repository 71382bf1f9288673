package dev.occ.epoch;

import dev.occ.anchor.BlockHeader;
import dev.occ.anchor.BlockHeaderException;
import dev.occ.anchor.Keccak256;
import dev.occ.epoch.EpochException.Reason;
import dev.occ.proof.BaseFloor;
import dev.occ.proof.Bytes;
import java.util.Optional;

/**
 * Decides which blocks of Base may be floors (spec 10). It cannot know whether Base has the block:
 * it sees that number, hash and time are those of one header, and that the time fits. Immutable.
 */
final class FloorGate {
  /** One block, for clocks that differ a little. */
  private static final long CLOCK_TOLERANCE_SECONDS = 2;

  /** Keccak-256 of nothing; SHA3-256, which is easily taken for it, begins with a7ffc6f8. */
  private static final String KECCAK_OF_NOTHING =
      "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470";

  private final EpochOptions options;

  FloorGate(EpochOptions options) {
    this.options = options;
  }

  static Keccak256 requireKeccak(Keccak256 keccak) {
    if (!Bytes.of(keccak.digest(new byte[0])).toHex().equals(KECCAK_OF_NOTHING)) {
      throw new IllegalArgumentException("this hash is not Keccak-256");
    }
    return keccak;
  }

  boolean areOn() {
    return options.floorHash().isPresent();
  }

  /** All that can be said without the chain. */
  BaseFloor check(Bytes rlp) throws EpochException {
    Optional<Keccak256> keccak = options.floorHash();
    if (keccak.isEmpty()) {
      throw new EpochException(Reason.FLOOR_UNSUPPORTED, "blocks of Base are not taken here");
    }
    BlockHeader header = header(rlp, keccak.get());
    if (header.number() < 1 || header.number() > BaseFloor.MAX_NUMBER) {
      throw new EpochException(
          Reason.FLOOR_HEADER_INVALID, "there is no block " + header.number() + " on Base");
    }
    BaseFloor floor = new BaseFloor(header.number(), header.hash());
    if (header.timestamp() != floor.timestamp()) {
      throw new EpochException(
          Reason.FLOOR_OFF_SCHEDULE,
          "block "
              + header.number()
              + " has the time "
              + header.timestamp()
              + ", and "
              + floor.timestamp()
              + " by Base's schedule");
    }
    long now = options.clock().instant().getEpochSecond();
    if (floor.timestamp() > now + CLOCK_TOLERANCE_SECONDS) {
      throw new EpochException(
          Reason.FLOOR_AHEAD_OF_CLOCK,
          "block "
              + floor.number()
              + " has the time "
              + floor.timestamp()
              + ", and this clock says "
              + now);
    }
    return floor;
  }

  private static BlockHeader header(Bytes rlp, Keccak256 keccak) throws EpochException {
    try {
      return BlockHeader.read(rlp, keccak);
    } catch (BlockHeaderException e) {
      throw new EpochException(Reason.FLOOR_HEADER_INVALID, String.valueOf(e.getMessage()), e);
    }
  }
}
