package dev.occ.programs.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class ChangedByteInputStreamTest {
  @Test
  void read_inBulk_changesOneBitOnly() throws IOException {
    assertThat(changed(1, 2, 3).readAllBytes()).containsExactly(0, 2, 3);
  }

  @Test
  void read_byByte_changesOneBitOnly() throws IOException {
    try (ChangedByteInputStream in = changed(255, 255)) {
      assertThat(in.read()).isEqualTo(254);
      assertThat(in.read()).isEqualTo(255);
      assertThat(in.read()).isEqualTo(-1);
    }
  }

  @Test
  void read_emptyStream_hasOneByte() throws IOException {
    assertThat(changed().readAllBytes()).containsExactly(0);
  }

  @Test
  void skip_first_skipsTheChangedByte() throws IOException {
    try (ChangedByteInputStream in = changed(1, 2)) {
      assertThat(in.skip(5)).isEqualTo(1);
      assertThat(in.read()).isEqualTo(2);
      assertThat(in.markSupported()).isFalse();
    }
  }

  private static ChangedByteInputStream changed(int... bytes) {
    byte[] content = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      content[i] = (byte) bytes[i];
    }
    return new ChangedByteInputStream(new ByteArrayInputStream(content));
  }
}
