package dev.occ.anchor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.occ.anchor.BlockHeaderException.Reason;
import dev.occ.json.JsonObject;
import dev.occ.json.JsonView;
import dev.occ.proof.Bytes;
import dev.occ.testing.Blocks;
import dev.occ.testing.Vectors;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlockHeaderTest {
  private static final int MAX_INTEGER_BYTES = 7;

  private static BlockHeader read(byte[] rlp) throws BlockHeaderException {
    return BlockHeader.read(Bytes.of(rlp), Blocks::keccak);
  }

  private static void assertRefused(byte[] rlp, Reason reason) {
    BlockHeaderException refusal =
        catchThrowableOfType(BlockHeaderException.class, () -> read(rlp).hash());
    assertThat(refusal).as("must be refused with %s", reason).isNotNull();
    assertThat(refusal.reason()).as(refusal.getMessage()).isEqualTo(reason);
  }

  /** A block of Ethereum's, whose hash the folder's page of expectations names. */
  @Test
  void read_realHeader_hasNumberTimeAndHash() throws Exception {
    JsonView witness = JsonView.of(Vectors.object("bitgraph/floor-26088457.witness.json"));
    Bytes rlp = Bytes.fromHex(witness.text("headerRlpHex").substring(2));
    BlockHeader header = BlockHeader.read(rlp, Blocks::keccak);
    assertThat(header.number()).isEqualTo(26_088_457);
    JsonObject anchor = Vectors.object("bitgraph/floor-4542.anchor.json");
    assertThat(JsonView.of(anchor).view("attribution").text("message"))
        .isEqualTo("0x" + header.hash().toHex());
    assertThat(header.timestamp()).isBetween(1_700_000_000L, 1_900_000_000L);
  }

  @Test
  void read_madeHeader_hasItsItems() throws BlockHeaderException {
    byte[] rlp = Blocks.rlp(Blocks.items((1L << 53) - 1, 0));
    assertThat(read(rlp))
        .isEqualTo(new BlockHeader((1L << 53) - 1, 0, Bytes.of(Blocks.keccak(rlp))));
  }

  @Test
  void read_fifteenItemsOrMore_isAHeader() throws BlockHeaderException {
    List<byte[]> items = Blocks.items(5, 6);
    assertThat(read(Blocks.rlp(items.subList(0, 15))).number()).isEqualTo(5);
    items.addAll(Blocks.items(1, 2));
    assertThat(read(Blocks.rlp(items)).timestamp()).isEqualTo(6);
  }

  @Test
  void read_fourteenItems_isNone() {
    assertRefused(Blocks.rlp(Blocks.items(5, 6).subList(0, 14)), Reason.NOT_A_HEADER);
  }

  @Test
  void read_parentHashOfAnotherLength_isNone() {
    List<byte[]> items = Blocks.items(5, 6);
    items.set(0, new byte[31]);
    assertRefused(Blocks.rlp(items), Reason.NOT_A_HEADER);
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 11})
  void read_integerNotInItsForm_isNone(int item) {
    for (byte[] integer :
        new byte[][] {
          {0}, {0, 1}, Blocks.integer(1L << 53), new byte[] {1, 0, 0, 0, 0, 0, 0, 0, 0}
        }) {
      List<byte[]> items = Blocks.items(5, 6);
      items.set(item, integer);
      assertRefused(Blocks.rlp(items), Reason.NOT_A_HEADER);
    }
    assertThat(Blocks.integer(1L << 53)).hasSize(MAX_INTEGER_BYTES);
  }

  @Test
  void read_longest_isReadAndOneByteMoreIsNot() throws BlockHeaderException {
    List<byte[]> items = Blocks.items(5, 6);
    int rest = BlockHeader.MAX_LENGTH - Blocks.rlp(items).length + 12 - 2;
    items.set(12, new byte[rest]);
    byte[] longest = Blocks.rlp(items);
    assertThat(longest).hasSize(BlockHeader.MAX_LENGTH);
    assertThat(read(longest).number()).isEqualTo(5);
    items.set(12, new byte[rest + 1]);
    assertRefused(Blocks.rlp(items), Reason.TOO_LONG);
  }

  @Test
  void read_bytesMissingOrAdded_isNotRlp() {
    byte[] rlp = Blocks.rlp(Blocks.items(5, 6));
    for (int length = 0; length < rlp.length; length++) {
      assertRefused(Arrays.copyOf(rlp, length), Reason.NOT_RLP);
    }
    assertRefused(Arrays.copyOf(rlp, rlp.length + 1), Reason.NOT_RLP);
  }

  /** Each has the meaning of a strict one, in a longer form. */
  @Test
  void read_notTheShortestForm_isNotRlp() {
    byte[] content = content();
    assertRefused(
        list(new byte[] {(byte) 0xF9, 0, (byte) content.length}, content), Reason.NOT_RLP);
    assertRefused(list(new byte[] {(byte) 0xFA, 0, 1, 0}, content), Reason.NOT_RLP);
    assertRefused(list(new byte[] {(byte) 0xF8, 3}, new byte[] {1, 2, 3}), Reason.NOT_RLP);
    assertRefused(list(new byte[] {(byte) 0xC2}, new byte[] {(byte) 0x81, 5}), Reason.NOT_RLP);
    assertRefused(
        list(new byte[] {(byte) 0xC3}, new byte[] {(byte) 0xB8, 1, (byte) 0x80}), Reason.NOT_RLP);
    assertRefused(
        list(new byte[] {(byte) 0xC4}, new byte[] {(byte) 0xB9, 0, 1, (byte) 0x80}),
        Reason.NOT_RLP);
  }

  @Test
  void read_lengthBeyondEverything_isNotRlp() {
    for (int first : new int[] {0xF7 + 8, 0xB7 + 8}) {
      byte[] huge = new byte[9];
      Arrays.fill(huge, (byte) 0xFF);
      huge[0] = (byte) first;
      assertRefused(huge, Reason.NOT_RLP);
      assertRefused(list(new byte[] {(byte) (0xC0 + huge.length)}, huge), Reason.NOT_RLP);
    }
  }

  @Test
  void read_noListOrOneWithin_isNotRlp() {
    assertRefused(new byte[] {5}, Reason.NOT_RLP);
    assertRefused(new byte[] {(byte) 0x80}, Reason.NOT_RLP);
    assertRefused(new byte[] {(byte) 0xC1, (byte) 0xC0}, Reason.NOT_RLP);
    byte[] nested = new byte[BlockHeader.MAX_LENGTH];
    Arrays.fill(nested, (byte) 0xC1);
    assertRefused(nested, Reason.NOT_RLP);
  }

  @Test
  void read_changedByte_changesTheHashOrIsRefused() throws BlockHeaderException {
    byte[] rlp = Blocks.rlp(Blocks.items(5, 6));
    Bytes hash = read(rlp).hash();
    for (int i = 0; i < rlp.length; i++) {
      byte[] changed = rlp.clone();
      changed[i] ^= 1;
      Bytes other;
      try {
        other = read(changed).hash();
      } catch (BlockHeaderException e) {
        continue;
      }
      assertThat(other).isNotEqualTo(hash);
    }
  }

  @Test
  void new_valuesOutOfRange_areRefused() {
    Bytes hash = Bytes.of(new byte[32]);
    assertThatIllegalArgumentException().isThrownBy(() -> new BlockHeader(-1, 0, hash));
    assertThatIllegalArgumentException().isThrownBy(() -> new BlockHeader(0, 1L << 53, hash));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new BlockHeader(0, 0, Bytes.of(new byte[31])));
  }

  private static byte[] content() {
    byte[] content = new byte[60];
    Arrays.fill(content, (byte) 1);
    return content;
  }

  private static byte[] list(byte[] prefix, byte[] content) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(prefix);
    all.writeBytes(content);
    return all.toByteArray();
  }
}
