package dev.occ.verifier.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.occ.proof.Bytes;
import dev.occ.proof.Counter;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpillLogTest {
  private static final byte[] BYTES = bytes(100_000);

  @TempDir private Path folder;
  private final List<PoorFile> opened = new ArrayList<>();

  /** Channels may read and write less than they are asked to. */
  @ParameterizedTest
  @CsvSource({"8, 1", "8, 3", "8, 8", "20000, 9000", "20000, 8192", "64, 7"})
  void read_acrossFileAndMemory_givesWhatWasAppended(int memory, int piece) throws ChainException {
    int length = Math.min(BYTES.length, 20 * memory) / piece * piece;
    try (SpillLog log = new SpillLog(PoorFile.in(folder, 5, opened), memory)) {
      for (int i = 0; i < length; i += piece) {
        log.append(BYTES, i, piece);
      }
      assertThat(log.size()).isEqualTo(length);
      for (int from = 0; from < length; from += Math.max(1, length / 100)) {
        byte[] part = new byte[length - from];
        log.read(from, part, part.length);
        assertThat(part).isEqualTo(Arrays.copyOfRange(BYTES, from, length));
      }
    }
    assertThat(opened).isNotEmpty();
  }

  @Test
  void append_whatFitsIntoMemory_needsNoFile() throws ChainException {
    try (SpillLog log = new SpillLog(PoorFile.in(folder, 5, opened), 50_000)) {
      for (int i = 0; i < 50_000; i += 10_000) {
        log.append(BYTES, i, 10_000);
      }
      byte[] all = new byte[50_000];
      log.read(0, all, all.length);
      assertThat(all).isEqualTo(Arrays.copyOf(BYTES, 50_000));
      assertThat(opened).isEmpty();
      log.append(BYTES, 0, 1);
      assertThat(opened).hasSize(1);
    }
  }

  @Test
  void append_moreThanFitsIntoMemory_goesToAFileWithoutAName() throws ChainException {
    try (SpillLog log = new SpillLog(new SpillFiles(folder), 16)) {
      log.append(BYTES, 0, 16);
      log.append(BYTES, 16, 16);
      assertThat(folder).isEmptyDirectory();
      byte[] all = new byte[32];
      log.read(0, all, all.length);
      assertThat(all).isEqualTo(Arrays.copyOf(BYTES, 32));
    }
  }

  /** As many rows as make each of them go to files. */
  @Test
  void close_everythingThatSorts_closesItsFiles() throws ChainException {
    SpillFiles files = PoorFile.in(folder, 1 << 20, opened);
    Source source = new Source(1, 2);
    Bytes hash = Bytes.sha256(BYTES);
    Optional<Counter> counter = Optional.of(Counter.of(2));
    try (Anchors anchors = new Anchors(files)) {
      EthereumAnchor anchor = new EthereumAnchor(Counter.of(1), hash);
      for (int i = 0; i < 2 * (4 << 20) / AnchorRow.SIZE; i++) {
        anchors.add(new AnchorRow(anchor, source, 0, counter));
      }
    }
    assertThat(opened).hasSize(2).noneMatch(FileChannel::isOpen);
    LinkRecord record =
        new LinkRecord(
            0,
            counter,
            hash,
            hash,
            source,
            Optional.of(hash),
            Optional.empty(),
            hash,
            0,
            0,
            false,
            Optional.empty());
    try (LinkJoin join = new LinkJoin(files)) {
      for (int i = 0; i < 200_000; i++) {
        join.ask(record, new LinkJoin.Context(counter, 0, false));
      }
    }
    assertThat(opened).hasSizeGreaterThan(2).noneMatch(FileChannel::isOpen);
  }

  @Test
  void append_fullDisk_isAClearErrorAndLeavesNothing() throws IOException, ChainException {
    assumeTrue(Files.exists(Path.of("/dev/full")), "no /dev/full here");
    SpillFiles files =
        new SpillFiles(
            folder,
            file -> {
              Files.delete(file);
              return FileChannel.open(Path.of("/dev/full"), StandardOpenOption.WRITE);
            });
    try (SpillLog log = new SpillLog(files, 16)) {
      log.append(new byte[16], 0, 16);
      assertThatExceptionOfType(ChainException.class)
          .isThrownBy(() -> log.append(new byte[1], 0, 1))
          .withMessageContaining(folder.toString())
          .satisfies(e -> assertThat(e.reason()).isEqualTo(ChainException.Reason.TEMPORARY_FILE));
    }
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void read_fileThatHasLostItsEnd_isAClearError() throws ChainException, IOException {
    try (SpillLog log = new SpillLog(PoorFile.in(folder, 5, opened), 8)) {
      log.append(BYTES, 0, 8);
      log.append(BYTES, 8, 8);
      assertThat(opened.get(0).truncate(6).size()).isEqualTo(6);
      assertThatExceptionOfType(ChainException.class)
          .isThrownBy(() -> log.read(0, new byte[8], 8))
          .satisfies(e -> assertThat(e.reason()).isEqualTo(ChainException.Reason.TEMPORARY_FILE));
    }
  }

  @ParameterizedTest
  @CsvSource({"12, 4, 0", "12, 4, 1", "12, 4, 3", "12, 4, 10", "4, 12, 5", "13, 4, 7"})
  void advance_anyNumberOfRecords_givesEachOne(int bufferSize, int recordSize, int records)
      throws ChainException {
    try (SpillLog log = new SpillLog(PoorFile.in(folder, 5, opened), 2 * recordSize)) {
      log.append(BYTES, 0, 0);
      for (int i = 0; i < records; i++) {
        log.append(BYTES, i * recordSize, recordSize);
      }
      RecordCursor cursor = new LogCursor(log, recordSize, bufferSize);
      log.append(BYTES, 0, recordSize); // behind the cursor's end
      for (int i = 0; i < records; i++) {
        assertThat(cursor.advance()).isTrue();
        assertThat(cursor.record())
            .isEqualTo(Arrays.copyOfRange(BYTES, i * recordSize, (i + 1) * recordSize));
      }
      assertThat(cursor.advance()).isFalse();
    }
  }

  private static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (i * 31 + i / 256);
    }
    return bytes;
  }
}
