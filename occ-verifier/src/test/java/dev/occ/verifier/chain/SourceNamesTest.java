package dev.occ.verifier.chain;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceNamesTest {
  private static final int MAX = SourceNames.MAX_LENGTH;

  @TempDir private Path folder;

  @Test
  void name_anySource_isWhatWasAdded() throws ChainException {
    List<PoorFile> opened = new ArrayList<>();
    SpillFiles files = PoorFile.in(folder, 1 << 20, opened);
    SourceNames names = new SourceNames(files);
    List<Source> sources = new ArrayList<>();
    for (int i = 0; i < 600; i++) { // more than is kept in memory
      sources.add(names.add(i + "ü".repeat(1000)));
    }
    assertThat(opened).hasSize(1);
    for (int i = 0; i < 600; i++) {
      assertThat(names.name(sources.get(i))).isEqualTo(i + "ü".repeat(1000));
    }
    assertThat(sources).extracting(Source::rank).doesNotHaveDuplicates();
    names.close();
    assertThat(opened.get(0).isOpen()).isFalse();
  }

  @Test
  void cut_longName_endsInThreeDots() {
    assertThat(SourceNames.cut("n".repeat(MAX))).isEqualTo("n".repeat(MAX));
    assertThat(SourceNames.cut("n".repeat(MAX + 1))).isEqualTo("n".repeat(MAX) + "…");
  }

  @Test
  void cut_longNameOfAChain_endsInItsHash() {
    String longest = "n".repeat(ChainId.MAX_LENGTH);
    assertThat(ChainKey.cut(longest)).isEqualTo(longest);
    assertThat(ChainKey.cut(longest + "n")).isEqualTo(longest + "… (sha256 " + hash(longest + "n"));
  }

  /** U+1F512 is two characters, of which the last place has room for one. */
  @Test
  void cut_longNameOfAChain_isNotCutWithinACharacter() {
    String before = "n".repeat(ChainId.MAX_LENGTH - 1);
    String name = before + "\uD83D\uDD12";
    assertThat(ChainKey.cut(name)).isEqualTo(before + "… (sha256 " + hash(name));
  }

  private static String hash(String name) {
    return LedgerEpoch.sha256(name).toHex().substring(0, 16) + ")";
  }
}
