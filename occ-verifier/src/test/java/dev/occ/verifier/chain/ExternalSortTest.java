package dev.occ.verifier.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExternalSortTest {
  private static final int SIZE = 12;

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 10, 11, 100, 5_000, 20_000})
  void sorted_anyNumber_comesBackInOrder(int count) throws ChainException, IOException {
    List<byte[]> records = new ArrayList<>();
    Random random = new Random(count);
    try (ExternalSort sort = new ExternalSort(new SpillFiles(folder), SIZE, 10 * SIZE)) {
      for (int i = 0; i < count; i++) {
        byte[] record = new byte[SIZE];
        random.nextBytes(record);
        records.add(record);
        sort.add(record);
      }
      assertThat(folder).isEmptyDirectory(); // files have no names, even while they are in use
      records.sort(Arrays::compareUnsigned);
      RecordCursor cursor = sort.sorted();
      for (byte[] record : records) {
        assertThat(cursor.advance()).isTrue();
        assertThat(cursor.record()).isEqualTo(record);
      }
      assertThat(cursor.advance()).isFalse();
      assertThat(sort.size()).isEqualTo(count);
    }
  }

  @Test
  void add_manyRuns_keepsFewFilesOpen() throws ChainException, IOException {
    List<FileChannel> opened = new ArrayList<>();
    SpillFiles files =
        new SpillFiles(
            folder,
            file -> {
              FileChannel channel =
                  FileChannel.open(
                      file,
                      StandardOpenOption.READ,
                      StandardOpenOption.WRITE,
                      StandardOpenOption.DELETE_ON_CLOSE);
              opened.add(channel);
              assertThat(opened.stream().filter(FileChannel::isOpen).count())
                  .isLessThanOrEqualTo(ExternalSort.MAX_RUNS + 1L);
              return channel;
            });
    // A run of more than the run's own buffer, so that each needs a file.
    int memory = 80 * 1024;
    try (ExternalSort sort = new ExternalSort(files, 1024, memory)) {
      Random random = new Random(1);
      for (int i = 0; i < 80 * 100; i++) {
        byte[] record = new byte[1024];
        random.nextBytes(record);
        sort.add(record);
      }
      assertThat(opened.size()).isGreaterThan(ExternalSort.MAX_RUNS);
    }
    assertThat(opened).noneMatch(FileChannel::isOpen);
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void add_fullDisk_isAClearErrorAndLeavesNothing() throws IOException, ChainException {
    SpillFiles files =
        new SpillFiles(
            folder,
            file -> {
              Files.delete(file);
              return FileChannel.open(Path.of("/dev/full"), StandardOpenOption.WRITE);
            });
    assumeTrue(Files.exists(Path.of("/dev/full")), "no /dev/full here");
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
  void read_acrossFileAndMemory_givesWhatWasAppended() throws ChainException {
    try (SpillLog log = new SpillLog(new SpillFiles(folder), 8)) {
      byte[] all = new byte[100];
      for (int i = 0; i < 100; i++) {
        all[i] = (byte) i;
        log.append(all, i, 1);
      }
      for (int from = 0; from < 100; from++) {
        byte[] part = new byte[100 - from];
        log.read(from, part, part.length);
        assertThat(part).isEqualTo(Arrays.copyOfRange(all, from, 100));
      }
    }
  }
}
