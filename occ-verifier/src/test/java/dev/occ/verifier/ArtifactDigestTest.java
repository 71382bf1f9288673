package dev.occ.verifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArtifactDigestTest {
  /** What {@code printf abc | sha256sum} prints (FIPS 180-4's example). */
  private static final String ABC =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  @Test
  void ofHex_eitherCase_theDigestOfTheContent() {
    ArtifactDigest abc = ArtifactDigest.ofContent(new byte[] {'a', 'b', 'c'});

    assertThat(ArtifactDigest.ofHex(ABC)).isEqualTo(abc);
    assertThat(ArtifactDigest.ofHex(ABC.toUpperCase(Locale.ROOT))).isEqualTo(abc);
    assertThat(abc.toHex()).isEqualTo(ABC);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ba7816bf",
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  abc",
        "zz7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        " a7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
      })
  void ofHex_notADigest_refused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> ArtifactDigest.ofHex(text));
  }

  @Test
  void ofFile_file_itsContentHashed(@TempDir Path folder) throws IOException {
    Path file = Files.write(folder.resolve("abc"), new byte[] {'a', 'b', 'c'});

    assertThat(ArtifactDigest.ofFile(file).toHex()).isEqualTo(ABC);
  }
}
