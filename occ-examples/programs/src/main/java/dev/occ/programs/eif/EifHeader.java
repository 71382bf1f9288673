package dev.occ.programs.eif;

import dev.occ.programs.eif.EifException.Reason;
import dev.occ.programs.eif.EifImage.Architecture;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The first 548 bytes of an image, big-endian. Flags that the format does not define are refused:
 * whoever gives them a meaning measures another image. Other reserved fields and unused places of
 * the tables are not looked at, as the hypervisor does not.
 *
 * @param version 2 to 4
 * @param architecture bit 0 of the flags
 * @param defaultMemory unsigned
 * @param defaultCpus unsigned
 * @param offsets where the sections' headers stand; unsigned
 * @param sizes the sections' sizes; unsigned
 * @param crc32 over everything but these last four bytes of the header
 */
record EifHeader(
    int version,
    Architecture architecture,
    long defaultMemory,
    long defaultCpus,
    List<Long> offsets,
    List<Long> sizes,
    int crc32) {
  static final int LENGTH = 548;
  static final int LENGTH_BEFORE_CRC = LENGTH - Integer.BYTES;
  static final int MAX_SECTIONS = 32;

  /** What stands in front of each section, in bytes. */
  static final int SECTION_HEADER = 12;

  private static final byte[] MAGIC = {'.', 'e', 'i', 'f'};
  private static final int OLDEST = 2;
  private static final int NEWEST = 4;

  /** Reads what a file begins with, of which there may be less than a header. */
  static EifHeader read(ByteBuffer start) throws EifException {
    ByteBuffer in = start.duplicate();
    int common = Math.min(in.remaining(), MAGIC.length);
    if (!in.slice(0, common).equals(ByteBuffer.wrap(MAGIC, 0, common))) {
      throw new EifException(Reason.BAD_MAGIC, "the file does not begin with .eif");
    }
    if (in.remaining() < LENGTH) {
      throw new EifException(
          Reason.TRUNCATED, "the file ends after " + in.remaining() + " bytes, in its header");
    }
    in.position(MAGIC.length);
    int version = Short.toUnsignedInt(in.getShort());
    if (version < OLDEST || version > NEWEST) {
      throw new EifException(
          Reason.UNSUPPORTED_VERSION, "version " + version + " is not one of 2, 3 and 4");
    }
    Architecture architecture = architecture(Short.toUnsignedInt(in.getShort()));
    long memory = in.getLong();
    long cpus = in.getLong();
    in.getShort(); // reserved
    int sections = Short.toUnsignedInt(in.getShort());
    if (sections > MAX_SECTIONS) {
      throw new EifException(
          Reason.TOO_MANY_SECTIONS, sections + " sections are more than " + MAX_SECTIONS);
    }
    List<Long> offsets = table(in, sections);
    List<Long> sizes = table(in, sections);
    in.getInt(); // reserved
    return new EifHeader(version, architecture, memory, cpus, offsets, sizes, in.getInt());
  }

  private static Architecture architecture(int flags) throws EifException {
    return switch (flags) {
      case 0 -> Architecture.X86_64;
      case 1 -> Architecture.AARCH64;
      default ->
          throw new EifException(
              Reason.RESERVED_FLAGS,
              "the header's flags are 0x" + Integer.toHexString(flags) + ", of which 1 is known");
    };
  }

  /**
   * The header of a file for x86-64 whose sections follow one another; its checksum is still zero.
   */
  static byte[] write(short version, long memory, long cpus, List<Long> sizes) {
    ByteBuffer out = ByteBuffer.allocate(LENGTH);
    out.put(MAGIC).putShort(version).putShort((short) 0).putLong(memory).putLong(cpus);
    out.putShort((short) 0).putShort((short) sizes.size());
    int tables = out.position();
    long offset = LENGTH;
    for (int i = 0; i < sizes.size(); i++) {
      out.putLong(tables + i * Long.BYTES, offset);
      out.putLong(tables + (MAX_SECTIONS + i) * Long.BYTES, sizes.get(i));
      offset += SECTION_HEADER + sizes.get(i);
    }
    return out.array();
  }

  private static List<Long> table(ByteBuffer in, int used) {
    List<Long> table = new ArrayList<>(used);
    for (int i = 0; i < MAX_SECTIONS; i++) {
      long value = in.getLong();
      if (i < used) {
        table.add(value);
      }
    }
    return List.copyOf(table);
  }
}
