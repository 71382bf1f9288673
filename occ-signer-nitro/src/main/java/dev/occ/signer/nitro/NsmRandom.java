package dev.occ.signer.nitro;

import java.util.Arrays;

/** Random bytes of any length from the NSM, whose single calls give at most 256. */
final class NsmRandom {
  private final Nsm nsm;

  NsmRandom(Nsm nsm) {
    this.nsm = nsm;
  }

  /** A fresh array of that length, from as many calls as that takes; leftovers are wiped. */
  byte[] bytes(int length) throws NsmException {
    byte[] result = new byte[length];
    int filled = 0;
    while (filled < length) {
      byte[] chunk = nsm.getRandom();
      int taken = Math.min(chunk.length, length - filled);
      System.arraycopy(chunk, 0, result, filled, taken);
      Arrays.fill(chunk, (byte) 0);
      filled += taken;
    }
    return result;
  }
}
