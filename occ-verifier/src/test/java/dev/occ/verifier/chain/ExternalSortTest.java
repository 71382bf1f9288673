package dev.occ.verifier.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

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

  /** Two levels of merging for a hundred runs: most records are written a second time, no more. */
  @Test
  void add_manyRuns_copiesRecordsFewTimes() throws ChainException {
    List<PoorFile> opened = new ArrayList<>();
    int runs = 100;
    try (ExternalSort sort =
        new ExternalSort(PoorFile.in(folder, 10_000, opened), 1024, 80 * 1024)) {
      for (int i = 0; i < 80 * runs; i++) {
        sort.add(new byte[1024]);
      }
      long written = opened.stream().mapToLong(PoorFile::written).sum();
      assertThat(written).isLessThan(2L * 80 * 1024 * runs);
    }
  }

  @Test
  void close_filesThatCannotBeClosed_saysSoAndClosesAll() throws ChainException {
    List<PoorFile> opened = new ArrayList<>();
    ExternalSort sort = new ExternalSort(PoorFile.in(folder, 10_000, opened), 1024, 80 * 1024);
    for (int i = 0; i < 80 * 4; i++) {
      sort.add(new byte[1024]);
    }
    assertThat(opened).hasSize(3);
    opened.get(0).nowFailsToClose();
    opened.get(2).nowFailsToClose();
    assertThatExceptionOfType(ChainException.class)
        .isThrownBy(sort::close)
        .satisfies(e -> assertThat(e.reason()).isEqualTo(ChainException.Reason.TEMPORARY_FILE))
        .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1));
    assertThat(opened).noneMatch(FileChannel::isOpen);
    sort.close(); // nothing is left that could fail
  }
}
