package dev.occ.programs.eif;

import dev.occ.programs.eif.EifException.Reason;
import dev.occ.programs.eif.EifImage.Section;
import dev.occ.proof.Bytes;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads an image in one pass and in constant memory, and refuses one of which it cannot be sure
 * that the hypervisor measures it as this reader does.
 *
 * <p>AWS's own reader takes the sections one after the other, the hypervisor takes the offsets of
 * the header: here both must say the same, so that there are no two readings of one file. Beyond
 * that the rules are the format's own.
 */
public final class EifReader {
  /** The longest metadata in bytes that is read, this reader's own limit. */
  public static final int MAX_METADATA = 1024 * 1024;

  /** The longest command line that is kept, in bytes; Linux takes less. */
  public static final int MAX_COMMAND_LINE = 16 * 1024;

  /** The longest signature section in bytes, a limit of the format. */
  public static final int MAX_SIGNATURE = 32 * 1024;

  private static final Set<SectionType> ONCE =
      EnumSet.complementOf(EnumSet.of(SectionType.RAMDISK));

  private final EifInput in;
  private final List<Section> sections = new ArrayList<>();
  private final Set<SectionType> seen = EnumSet.noneOf(SectionType.class);
  private final Pcr pcr0 = new Pcr();
  private final Pcr pcr1 = new Pcr();
  private final Pcr pcr2 = new Pcr();
  private byte[] signature = {};
  private byte[] metadata = {};
  private boolean metadataTooLong;
  private final ByteArrayOutputStream commandLine = new ByteArrayOutputStream();

  private EifReader(EifInput in) {
    this.in = in;
  }

  /**
   * Reads an image to its end.
   *
   * @param stream the whole file; not closed
   * @return what it says, with the measurements computed from its bytes; its signature, if it has
   *     one, holds
   * @throws EifException if it is damaged, of an unknown kind, or its signature does not hold
   * @throws IOException if the stream cannot be read
   */
  public static EifImage read(InputStream stream) throws IOException, EifException {
    return new EifReader(new EifInput(stream)).read();
  }

  private EifImage read() throws IOException, EifException {
    EifHeader header = EifHeader.read(in.start());
    for (int i = 0; i < header.sizes().size(); i++) {
      section(header, i);
    }
    if (!in.atEnd()) {
      throw new EifException(Reason.TRAILING_BYTES, "bytes follow the last section");
    }
    requireSections(header.version());
    if (in.crc32() != header.crc32()) {
      throw new EifException(
          Reason.CRC_MISMATCH,
          "the header's checksum is " + hex(header.crc32()) + ", the file's " + hex(in.crc32()));
    }
    return image(header);
  }

  private EifImage image(EifHeader header) throws EifException {
    Optional<EifMetadata> notes =
        seen.contains(SectionType.METADATA) ? Optional.of(notes()) : Optional.empty();
    Bytes measured = pcr0.value();
    Optional<EifSignature> signed =
        seen.contains(SectionType.SIGNATURE)
            ? Optional.of(SignatureSection.read(Bytes.of(signature)).verify(measured))
            : Optional.empty();
    return new EifImage(
        header.version(),
        header.architecture(),
        header.defaultMemory(),
        header.defaultCpus(),
        in.position(),
        header.crc32(),
        sections,
        commandLine.toString(StandardCharsets.UTF_8),
        measured,
        pcr1.value(),
        pcr2.value(),
        signed,
        notes);
  }

  private void section(EifHeader header, int index) throws IOException, EifException {
    long offset = header.offsets().get(index);
    long announced = header.sizes().get(index);
    requireContiguous(index, offset);
    String name = "section " + index;
    SectionType type;
    long size;
    try {
      ByteBuffer head = ByteBuffer.wrap(in.bytes(EifHeader.SECTION_HEADER));
      type = type(name, Short.toUnsignedInt(head.getShort()));
      requireNoFlags(name, head.getShort());
      size = head.getLong();
      if (size != announced) {
        throw new EifException(
            Reason.SIZE_MISMATCH,
            name + " has " + unsigned(size) + " bytes, the header says " + unsigned(announced));
      }
      requireOnce(type);
      content(type, size);
    } catch (EOFException e) {
      throw new EifException(Reason.TRUNCATED, "the file ends in " + name, e);
    }
    sections.add(new Section(type, offset, size));
  }

  private void requireContiguous(int index, long offset) throws EifException {
    int order = Long.compareUnsigned(offset, in.position());
    if (order != 0) {
      throw new EifException(
          order < 0 ? Reason.SECTION_OVERLAP : Reason.SECTION_GAP,
          "section " + index + " is at " + unsigned(offset) + ", not at " + in.position());
    }
  }

  private static SectionType type(String name, int number) throws EifException {
    Optional<SectionType> type = SectionType.of(number);
    if (type.isEmpty()) {
      throw new EifException(
          Reason.SECTION_TYPE_UNKNOWN, name + " is of type " + number + ", which is unknown");
    }
    return type.get();
  }

  private static void requireNoFlags(String name, short flags) throws EifException {
    if (flags != 0) {
      throw new EifException(
          Reason.RESERVED_FLAGS, name + " has the flags " + hex(Short.toUnsignedInt(flags)));
    }
  }

  private void requireOnce(SectionType type) throws EifException {
    if (type == SectionType.RAMDISK && !seen.contains(SectionType.KERNEL)) {
      throw new EifException(Reason.SECTION_ORDER, "a ramdisk precedes the kernel");
    }
    if (ONCE.contains(type) && seen.contains(type)) {
      throw new EifException(Reason.DUPLICATE_SECTION, "duplicate section of type " + type.code());
    }
  }

  private void content(SectionType type, long size) throws IOException, EifException {
    boolean first = seen.add(type);
    switch (type) {
      case KERNEL -> in.pass(size, measure(true, false));
      case CMDLINE -> commandLine(size);
      case RAMDISK -> in.pass(size, measure(first, !first));
      case SIGNATURE -> signature = small(size, MAX_SIGNATURE, Reason.SIGNATURE_TOO_LARGE);
      case METADATA -> metadata(size);
    }
  }

  /** Measured as a whole, and kept as far as a kernel could take it. */
  private void commandLine(long size) throws IOException {
    EifInput.Sink measured = measure(true, false);
    in.pass(
        size,
        chunk -> {
          int kept = Math.min(chunk.remaining(), MAX_COMMAND_LINE - commandLine.size());
          commandLine.write(chunk.array(), chunk.arrayOffset() + chunk.position(), kept);
          measured.accept(chunk);
        });
  }

  /** No measurement covers it, so whatever is wrong with it, the measurements are told. */
  private void metadata(long size) throws IOException {
    metadataTooLong = Long.compareUnsigned(size, MAX_METADATA) > 0;
    if (metadataTooLong) {
      in.pass(size, chunk -> {});
    } else {
      metadata = in.bytes((int) size);
    }
  }

  private EifMetadata notes() {
    return metadataTooLong
        ? new EifMetadata.Unreadable(
            Reason.METADATA_TOO_LARGE, "it is longer than " + MAX_METADATA + " bytes")
        : EifMetadata.read(metadata);
  }

  private EifInput.Sink measure(boolean bootstrap, boolean application) {
    return chunk -> {
      pcr0.update(chunk);
      if (bootstrap) {
        pcr1.update(chunk);
      }
      if (application) {
        pcr2.update(chunk);
      }
    };
  }

  private byte[] small(long size, int limit, Reason reason) throws IOException, EifException {
    if (Long.compareUnsigned(size, limit) > 0) {
      throw new EifException(
          reason, "a section has " + unsigned(size) + " bytes; at most " + limit + " are read");
    }
    return in.bytes((int) size);
  }

  private void requireSections(int version) throws EifException {
    require(SectionType.KERNEL, Reason.KERNEL_MISSING);
    require(SectionType.CMDLINE, Reason.CMDLINE_MISSING);
    require(SectionType.RAMDISK, Reason.RAMDISK_MISSING);
    if (version == 4) {
      require(SectionType.METADATA, Reason.METADATA_MISSING);
    }
  }

  private void require(SectionType type, Reason reason) throws EifException {
    if (!seen.contains(type)) {
      throw new EifException(reason, "missing section of type " + type.code());
    }
  }

  private static String unsigned(long value) {
    return Long.toUnsignedString(value);
  }

  private static String hex(int value) {
    return "0x" + Integer.toHexString(value);
  }
}
