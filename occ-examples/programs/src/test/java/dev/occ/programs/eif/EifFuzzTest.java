package dev.occ.programs.eif;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Fuzz targets for the reader of images. In the usual build each runs over its seeds only; to fuzz
 * one for its 60 seconds:
 *
 * <pre>{@code
 * JAZZER_FUZZ=1 ./mvnw -pl occ-examples/programs -am test -Djacoco.skip=true -Djazzer.hooks=true \
 *   -Dsurefire.failIfNoSpecifiedTests=false -Dtest='EifFuzzTest#image'
 * }</pre>
 *
 * <p>and the same with {@code signature}.
 */
final class EifFuzzTest {
  /** Any bytes, with a right checksum: refused, or measured and all accounted for. */
  @MethodSource("images")
  @FuzzTest(maxDuration = "60s")
  void image(byte[] input) throws IOException {
    byte[] file = input.length < EifHeader.LENGTH ? input : EifFile.withCrc(input.clone(), 0);
    try {
      EifImage image = EifReader.read(new ByteArrayInputStream(file));
      long accounted =
          EifHeader.LENGTH + image.sections().stream().mapToLong(s -> 12 + s.size()).sum();
      assertThat(image.size()).isEqualTo(file.length).isEqualTo(accounted);
      assertThat(image.pcr0()).isNotEqualTo(image.pcr2());
      assertThat(image.signature()).isEmpty(); // nobody has signed it
    } catch (EifException e) {
      assertThat(e.reason()).isNotNull();
    }
  }

  /** Any signature section of an image that nobody has signed. */
  @MethodSource("sections")
  @FuzzTest(maxDuration = "60s")
  void signature(byte[] input) throws IOException {
    byte[] file = EifFile.usual().add(EifFile.SIGNATURE, input).bytes();
    try {
      EifReader.read(new ByteArrayInputStream(file));
      throw new AssertionError("a signature that nobody made holds");
    } catch (EifException e) {
      assertThat(e.reason().name()).containsAnyOf("SIGNATURE", "CERTIFICATE");
    }
  }

  static Stream<byte[]> images() {
    return Stream.of(
        EifFile.usual().bytes(),
        EifFile.usual().version(2).bytes(),
        EifFile.usual().moved(1, 1).bytes(),
        EifFile.usual().add(EifFile.SIGNATURE, unsigned()).bytes());
  }

  static Stream<byte[]> sections() {
    return Stream.of(unsigned(), new byte[0]);
  }

  private static byte[] unsigned() {
    byte[] sign1 =
        SignedEif.sign1(SignedEif.ES384, SignedEif.payload(0, new byte[48]), new byte[96]);
    return SignedEif.section(EifFile.text("-----BEGIN CERTIFICATE-----"), sign1);
  }
}
