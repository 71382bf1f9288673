package dev.occ.programs.eif;

import static dev.occ.programs.eif.EifFile.CMDLINE;
import static dev.occ.programs.eif.EifFile.KERNEL;
import static dev.occ.programs.eif.EifFile.METADATA;
import static dev.occ.programs.eif.EifFile.NOTES;
import static dev.occ.programs.eif.EifFile.RAMDISK;
import static dev.occ.programs.eif.EifFile.SIGNATURE;
import static dev.occ.programs.eif.EifFile.concat;
import static dev.occ.programs.eif.EifFile.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.occ.json.JsonObject;
import dev.occ.json.JsonValue;
import dev.occ.programs.eif.EifException.Reason;
import dev.occ.programs.eif.EifImage.Architecture;
import dev.occ.proof.Bytes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EifReaderTest {
  @Test
  void read_usualImage_saysWhatItHolds() throws Exception {
    EifImage image = read(EifFile.usual());
    assertThat(image.version()).isEqualTo(4);
    assertThat(image.architecture()).isEqualTo(Architecture.X86_64);
    assertThat(image.defaultMemory()).isEqualTo(1L << 30);
    assertThat(image.defaultCpus()).isEqualTo(2);
    assertThat(image.size()).isEqualTo(EifFile.usual().bytes().length);
    assertThat(image.signature()).isEmpty();
    assertThat(image.metadata())
        .contains(new EifMetadata.Notes((JsonObject) JsonValue.read(text(NOTES))));
    assertThat(image.commandLine()).isEqualTo("reboot=k panic=30 console=ttyS0");
    assertThat(image.sections().stream().map(EifImage.Section::type))
        .containsExactly(
            SectionType.KERNEL,
            SectionType.CMDLINE,
            SectionType.METADATA,
            SectionType.RAMDISK,
            SectionType.RAMDISK);
    assertThat(image.sections().get(1))
        .isEqualTo(new EifImage.Section(SectionType.CMDLINE, 548 + 12 + 10, 31));
  }

  /** The second computation is OpenSSL's, over files put together here. */
  @Test
  void read_usualImage_measuresAsOpensslDoes() throws Exception {
    byte[] kernel = random(300_000, 1);
    byte[] cmdline = text("console=ttyS0");
    byte[] first = random(131_072, 2);
    byte[] second = random(131_073, 3);
    byte[] third = random(1, 4);
    EifImage image =
        read(
            new EifFile()
                .add(KERNEL, kernel)
                .add(CMDLINE, cmdline)
                .add(METADATA, text(NOTES))
                .add(RAMDISK, first)
                .add(RAMDISK, second)
                .add(RAMDISK, third));
    assertThat(image.pcr0()).isEqualTo(opensslPcr(kernel, cmdline, first, second, third));
    assertThat(image.pcr1()).isEqualTo(opensslPcr(kernel, cmdline, first));
    assertThat(image.pcr2()).isEqualTo(opensslPcr(second, third));
  }

  @Test
  void read_oneRamdisk_measuresAnEmptyApplication() throws Exception {
    EifImage image =
        read(
            new EifFile()
                .version(2)
                .add(CMDLINE, text("c"))
                .add(KERNEL, text("k"))
                .add(RAMDISK, text("r")));
    assertThat(image.pcr0()).isEqualTo(image.pcr1()).isEqualTo(opensslPcr(text("ckr")));
    assertThat(image.pcr2()).isEqualTo(opensslPcr());
    assertThat(image.metadata()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4})
  void read_everyPublishedVersion_isTaken(int version) throws Exception {
    assertThat(read(EifFile.usual().version(version)).version()).isEqualTo(version);
  }

  @Test
  void read_armFlag_tellsTheArchitecture() throws Exception {
    assertThat(read(EifFile.usual().flags(1)).architecture()).isEqualTo(Architecture.AARCH64);
    assertThat(read(EifFile.usual().flags(0)).architecture()).isEqualTo(Architecture.X86_64);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 0x8000, 0xFFFE})
  void read_reservedFlags_isRefused(int flags) {
    assertThat(refusal(EifFile.usual().flags(flags).bytes()).reason())
        .isEqualTo(Reason.RESERVED_FLAGS);
  }

  @Test
  void read_reservedFlagsOfASection_isRefused() {
    byte[] image = EifFile.usual().bytes();
    image[548 + 3] = 1;
    assertThat(refusal(EifFile.withCrc(image, 0)).reason()).isEqualTo(Reason.RESERVED_FLAGS);
  }

  @Test
  void read_thirtyTwoSections_isTaken() throws Exception {
    EifFile file = EifFile.usual();
    for (int i = 5; i < 32; i++) {
      file.add(RAMDISK, random(i, i));
    }
    assertThat(read(file).sections()).hasSize(32);
  }

  @Test
  void read_metadataOfTheLargestSize_isTaken() throws Exception {
    assertThat(read(withNotes(notes(EifReader.MAX_METADATA))).metadata().orElseThrow())
        .isInstanceOf(EifMetadata.Notes.class);
  }

  /** No measurement covers the metadata, so it must not hide one. */
  @Test
  void read_metadataThatIsUnreadable_isNamedBesideTheMeasurements() throws Exception {
    Bytes pcr0 = read(withNotes(text("{}"))).pcr0();
    assertUnreadable(pcr0, Reason.METADATA_NOT_JSON, text("not JSON"));
    assertUnreadable(pcr0, Reason.METADATA_NOT_JSON, text("[]"));
    assertUnreadable(pcr0, Reason.METADATA_NOT_JSON, text("{\"a\":1,\"a\":2}"));
    assertUnreadable(pcr0, Reason.METADATA_NOT_JSON, new byte[0]);
    assertUnreadable(pcr0, Reason.METADATA_TOO_LARGE, notes(EifReader.MAX_METADATA + 1));
  }

  private static void assertUnreadable(Bytes pcr0, Reason reason, byte[] notes) throws Exception {
    EifImage image = read(withNotes(notes));
    assertThat(image.pcr0()).isEqualTo(pcr0);
    assertThat(image.metadata().orElseThrow())
        .isInstanceOfSatisfying(
            EifMetadata.Unreadable.class, m -> assertThat(m.reason()).isEqualTo(reason));
  }

  @Test
  void read_longCommandLine_isMeasuredInFullAndKeptInPart() throws Exception {
    byte[] line = text("x".repeat(100_000));
    EifImage image =
        read(
            new EifFile()
                .version(3)
                .add(KERNEL, text("k"))
                .add(CMDLINE, line)
                .add(RAMDISK, text("r")));
    assertThat(image.commandLine()).hasSize(EifReader.MAX_COMMAND_LINE);
    assertThat(image.pcr0()).isEqualTo(opensslPcr(concat(text("k"), line, text("r"))));
  }

  /** The same bytes in other sections: why the command line is shown. */
  @Test
  void read_movedBoundary_hasTheSamePcrsAndAnotherCommandLine() throws Exception {
    EifImage one = read(split("kernel", "console=ttyS0 root=/dev/ram0"));
    EifImage two = read(split("kernelconsole=ttyS0 ", "root=/dev/ram0"));
    assertThat(two.pcr0()).isEqualTo(one.pcr0());
    assertThat(two.pcr1()).isEqualTo(one.pcr1());
    assertThat(two.pcr2()).isEqualTo(one.pcr2());
    assertThat(two.commandLine()).isNotEqualTo(one.commandLine());
  }

  private static EifFile split(String kernel, String commandLine) {
    return new EifFile()
        .version(3)
        .add(KERNEL, text(kernel))
        .add(CMDLINE, text(commandLine))
        .add(RAMDISK, text("r"));
  }

  static Stream<Arguments> damaged() {
    byte[] usual = EifFile.usual().bytes();
    EifFile noRamdisk =
        new EifFile().add(KERNEL, text("k")).add(CMDLINE, text("c")).add(METADATA, text("{}"));
    return Stream.of(
        refused(Reason.BAD_MAGIC, concat(text(".elf"), Arrays.copyOfRange(usual, 4, 600))),
        refused(Reason.BAD_MAGIC, text("x")),
        refused(Reason.TRUNCATED, new byte[0]),
        refused(Reason.TRUNCATED, text(".ei")),
        refused(Reason.TRUNCATED, Arrays.copyOf(usual, 547)),
        refused(Reason.TRUNCATED, Arrays.copyOf(usual, 548)),
        refused(Reason.TRUNCATED, Arrays.copyOf(usual, 559)),
        refused(Reason.TRUNCATED, Arrays.copyOf(usual, usual.length - 1)),
        refused(Reason.TRUNCATED, EifFile.usual().ownSize(4, -1).tableSize(4, -1)),
        refused(Reason.UNSUPPORTED_VERSION, EifFile.usual().version(0)),
        refused(Reason.UNSUPPORTED_VERSION, EifFile.usual().version(1)),
        refused(Reason.UNSUPPORTED_VERSION, EifFile.usual().version(5)),
        refused(Reason.UNSUPPORTED_VERSION, EifFile.usual().version(0xFFFF)),
        refused(Reason.TOO_MANY_SECTIONS, EifFile.usual().announced(33)),
        refused(Reason.TOO_MANY_SECTIONS, EifFile.usual().announced(0xFFFF)),
        refused(Reason.SECTION_OVERLAP, EifFile.usual().moved(1, -1)),
        refused(Reason.SECTION_OVERLAP, EifFile.usual().announced(6)),
        refused(Reason.SECTION_GAP, EifFile.usual().moved(1, 1)),
        refused(Reason.SECTION_GAP, EifFile.usual().moved(0, Long.MIN_VALUE)),
        refused(Reason.SECTION_TYPE_UNKNOWN, EifFile.usual().add(0, text("x"))),
        refused(Reason.SECTION_TYPE_UNKNOWN, EifFile.usual().add(6, text("x"))),
        refused(Reason.SECTION_TYPE_UNKNOWN, EifFile.usual().add(0xFFFF, text("x"))),
        refused(Reason.SIZE_MISMATCH, EifFile.usual().tableSize(0, 11)),
        refused(Reason.SIZE_MISMATCH, EifFile.usual().ownSize(0, 9)),
        refused(Reason.DUPLICATE_SECTION, EifFile.usual().add(KERNEL, text("k"))),
        refused(Reason.DUPLICATE_SECTION, EifFile.usual().add(CMDLINE, text("c"))),
        refused(Reason.DUPLICATE_SECTION, EifFile.usual().add(METADATA, text("{}"))),
        refused(
            Reason.DUPLICATE_SECTION,
            EifFile.usual().add(SIGNATURE, text("s")).add(SIGNATURE, text("s"))),
        refused(Reason.SECTION_ORDER, new EifFile().add(RAMDISK, text("r")).add(KERNEL, text("k"))),
        refused(Reason.KERNEL_MISSING, new EifFile()),
        refused(Reason.KERNEL_MISSING, new EifFile().add(CMDLINE, text("c"))),
        refused(
            Reason.CMDLINE_MISSING, new EifFile().add(KERNEL, text("k")).add(RAMDISK, text("r"))),
        refused(Reason.RAMDISK_MISSING, noRamdisk),
        refused(
            Reason.METADATA_MISSING,
            new EifFile().add(KERNEL, text("k")).add(CMDLINE, text("c")).add(RAMDISK, text("r"))),
        refused(Reason.TRAILING_BYTES, EifFile.usual().tail(new byte[1])),
        refused(Reason.TRAILING_BYTES, EifFile.usual().announced(4)),
        refused(Reason.CRC_MISMATCH, EifFile.usual().wrongCrc()),
        refused(
            Reason.SIGNATURE_TOO_LARGE,
            EifFile.usual().add(SIGNATURE, new byte[EifReader.MAX_SIGNATURE + 1])));
  }

  @ParameterizedTest
  @MethodSource("damaged")
  void read_damagedImage_isRefusedWithItsReason(Reason reason, byte[] file) {
    assertThat(refusal(file).reason()).isEqualTo(reason);
  }

  @Test
  void read_anyChangedBit_isRefused() throws Exception {
    byte[] file = EifFile.usual().bytes();
    for (int i = 0; i < file.length; i++) {
      byte[] changed = file.clone();
      changed[i] ^= (byte) (1 << (i % 8));
      assertThat(refusal(changed)).as("byte " + i).isNotNull();
    }
    assertThat(read(file)).isNotNull();
  }

  @Test
  void read_cutAnywhere_isRefusedAsTruncated() {
    byte[] file = EifFile.usual().bytes();
    for (int length = 0; length < file.length; length++) {
      assertThat(refusal(Arrays.copyOf(file, length)).reason())
          .as("first " + length + " bytes")
          .isEqualTo(Reason.TRUNCATED);
    }
  }

  @Test
  void read_failingStream_isAFailureAndNoVerdict() {
    InputStream broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("disk");
          }

          @Override
          public int read(byte[] into, int offset, int length) throws IOException {
            throw new IOException("disk");
          }
        };
    InputStream cut =
        new SequenceInputStream(
            new ByteArrayInputStream(Arrays.copyOf(EifFile.usual().bytes(), 600)), broken);
    assertThat(catchThrowableOfType(IOException.class, () -> EifReader.read(cut)))
        .hasMessage("disk");
  }

  @Test
  void reasons_all_haveATestHereOrInTheSignatureTest() throws IOException {
    Path folder = sources("src/test/java/dev/occ/programs/eif");
    String tests =
        Files.readString(folder.resolve("EifReaderTest.java"))
            + Files.readString(folder.resolve("EifSignatureTest.java"));
    assertThat(Reason.values()).allSatisfy(r -> assertThat(tests).contains("Reason." + r.name()));
  }

  static Path sources(String path) {
    return Path.of(System.getProperty("occ.root"), "occ-examples/programs", path);
  }

  private static Arguments refused(Reason reason, EifFile file) {
    return refused(reason, file.bytes());
  }

  private static Arguments refused(Reason reason, byte[] file) {
    return Arguments.of(reason, file);
  }

  private static EifFile withNotes(byte[] notes) {
    return new EifFile()
        .add(KERNEL, text("k"))
        .add(CMDLINE, text("c"))
        .add(RAMDISK, text("r"))
        .add(METADATA, notes);
  }

  private static byte[] notes(int length) {
    return text("{\"a\":\"" + "x".repeat(length - 8) + "\"}");
  }

  private static byte[] random(int length, int seed) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  private static EifImage read(EifFile file) throws IOException, EifException {
    return read(file.bytes());
  }

  static EifImage read(byte[] file) throws IOException, EifException {
    return EifReader.read(new ByteArrayInputStream(file));
  }

  static EifException refusal(byte[] file) {
    return catchThrowableOfType(EifException.class, () -> read(file));
  }

  static Bytes opensslPcr(byte[]... contents) throws Exception {
    return Bytes.of(opensslSha384(concat(new byte[48], opensslSha384(concat(contents)))));
  }

  private static byte[] opensslSha384(byte[] content) throws Exception {
    Process process;
    try {
      process = new ProcessBuilder("openssl", "dgst", "-sha384", "-binary").start();
    } catch (IOException e) {
      assumeTrue(false, "there is no openssl to compute with: " + e.getMessage());
      throw e;
    }
    process.getOutputStream().write(content);
    process.getOutputStream().close();
    byte[] digest = process.getInputStream().readAllBytes();
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(digest).hasSize(48);
    return digest;
  }
}
