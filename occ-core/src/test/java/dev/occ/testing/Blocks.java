package dev.occ.testing;

import dev.occ.anchor.AnchorClaim;
import dev.occ.anchor.AnchorScope;
import dev.occ.anchor.AnchorSigner;
import dev.occ.proof.AnchoredBlock;
import dev.occ.proof.BaseFloor;
import dev.occ.proof.Bytes;
import dev.occ.proof.ProtocolName;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.crypto.digests.KeccakDigest;

/** Blocks, their headers, and claims about them. */
public final class Blocks {
  /** The anchor key of the tests. */
  public static final AnchorSigner ANCHORER = AnchorSigner.ofSeed(new byte[32]);

  private Blocks() {}

  /** A block of its own for each number. */
  public static AnchoredBlock block(long number) {
    return new AnchoredBlock(
        number, Bytes.sha256(("block " + number).getBytes(StandardCharsets.UTF_8)));
  }

  public static AnchorClaim claim(long number, String epochId, String chainId) {
    return ANCHORER.claim(block(number), new AnchorScope(ProtocolName.OCC, epochId, chainId));
  }

  public static byte[] keccak(byte[] data) {
    KeccakDigest digest = new KeccakDigest(256);
    digest.update(data, 0, data.length);
    byte[] hash = new byte[32];
    int unused = digest.doFinal(hash, 0);
    return hash;
  }

  /** The items of a header with a number and a time, which the caller may change. */
  public static List<byte[]> items(long number, long timestamp) {
    List<byte[]> items = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      items.add(new byte[i < 6 ? 32 : i]);
    }
    items.set(8, integer(number));
    items.set(11, integer(timestamp));
    return items;
  }

  /** The header of a block of Base that is on schedule. */
  public static Bytes baseHeader(long number) {
    return Bytes.of(rlp(items(number, BaseFloor.GENESIS_TIME + BaseFloor.BLOCK_SECONDS * number)));
  }

  /** The shortest big-endian bytes of a number, none for zero. */
  public static byte[] integer(long value) {
    byte[] signed = BigInteger.valueOf(value).toByteArray();
    int skipped = signed[0] == 0 ? 1 : 0;
    return Arrays.copyOfRange(signed, skipped, signed.length);
  }

  /** A list of byte strings in RLP. */
  public static byte[] rlp(List<byte[]> items) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (byte[] item : items) {
      content.writeBytes(string(item));
    }
    return prefixed(0xC0, content.toByteArray());
  }

  private static byte[] string(byte[] item) {
    return item.length == 1 && item[0] >= 0 ? item : prefixed(0x80, item);
  }

  private static byte[] prefixed(int base, byte[] content) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    if (content.length <= 55) {
      all.write(base + content.length);
    } else {
      byte[] length = integer(content.length);
      all.write(base + 55 + length.length);
      all.writeBytes(length);
    }
    all.writeBytes(content);
    return all.toByteArray();
  }
}
