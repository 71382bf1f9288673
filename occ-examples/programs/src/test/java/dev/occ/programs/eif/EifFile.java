package dev.occ.programs.eif;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Writes image files, right ones and wrong ones, without any of the reader's code. */
final class EifFile {
  static final int KERNEL = 1;
  static final int CMDLINE = 2;
  static final int RAMDISK = 3;
  static final int SIGNATURE = 4;
  static final int METADATA = 5;
  static final String NOTES =
      "{\"ImageName\":\"occ\",\"ImageVersion\":\"latest\",\"BuildMetadata\":{\"BuildTime\":"
          + "\"2026-11-22T00:00:00+00:00\",\"BuildTool\":\"test\",\"BuildToolVersion\":\"0\","
          + "\"OperatingSystem\":\"Linux\",\"KernelVersion\":\"4.14\"},\"DockerInfo\":{},"
          + "\"CustomMetadata\":null}";

  private static final int HEADER = 548;
  private static final int TABLE = 32;

  /** A section as it will be written; size and offset may lie. */
  private static final class Part {
    final int type;
    final byte[] content;
    long ownSize;
    long tableSize;
    long moved;

    Part(int type, byte[] content) {
      this.type = type;
      this.content = content;
      this.ownSize = content.length;
      this.tableSize = content.length;
    }
  }

  private final List<Part> parts = new ArrayList<>();
  private int version = 4;
  private int flags;
  private int sections = -1;
  private int crcChange;
  private byte[] tail = {};

  /** What nitro-cli 1.4 writes, with small contents: two ramdisks, no signature. */
  static EifFile usual() {
    return new EifFile()
        .add(KERNEL, text("the kernel"))
        .add(CMDLINE, text("reboot=k panic=30 console=ttyS0"))
        .add(METADATA, text(NOTES))
        .add(RAMDISK, text("init and nsm.ko"))
        .add(RAMDISK, text("the application"));
  }

  EifFile add(int type, byte[] content) {
    parts.add(new Part(type, content));
    return this;
  }

  EifFile version(int value) {
    version = value;
    return this;
  }

  EifFile flags(int value) {
    flags = value;
    return this;
  }

  /** Lets the header announce another number of sections. */
  EifFile announced(int value) {
    sections = value;
    return this;
  }

  EifFile ownSize(int index, long size) {
    parts.get(index).ownSize = size;
    return this;
  }

  EifFile tableSize(int index, long size) {
    parts.get(index).tableSize = size;
    return this;
  }

  EifFile moved(int index, long by) {
    parts.get(index).moved = by;
    return this;
  }

  EifFile wrongCrc() {
    crcChange = 1;
    return this;
  }

  EifFile tail(byte[] bytes) {
    tail = bytes;
    return this;
  }

  byte[] bytes() {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    ByteBuffer header = ByteBuffer.allocate(HEADER);
    header.put(text(".eif")).putShort((short) version).putShort((short) flags);
    header.putLong(1L << 30).putLong(2).putShort((short) 0);
    header.putShort((short) (sections < 0 ? parts.size() : sections));
    for (int i = 0; i < parts.size(); i++) {
      Part part = parts.get(i);
      header.putLong(28 + 8 * i, HEADER + body.size() + part.moved);
      header.putLong(28 + 8 * (TABLE + i), part.tableSize);
      ByteBuffer head = ByteBuffer.allocate(12);
      head.putShort((short) part.type).putShort((short) 0).putLong(part.ownSize);
      body.writeBytes(head.array());
      body.writeBytes(part.content);
    }
    body.writeBytes(tail);
    return withCrc(concat(header.array(), body.toByteArray()), crcChange);
  }

  /** Puts the right checksum, or one changed by some bits, into the header. */
  static byte[] withCrc(byte[] file, int change) {
    int crc = ~0;
    for (int i = 0; i < file.length; i++) {
      if (i >= HEADER - 4 && i < HEADER) {
        continue;
      }
      crc ^= file[i] & 0xFF;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 1) == 0 ? crc >>> 1 : crc >>> 1 ^ 0xEDB88320;
      }
    }
    ByteBuffer.wrap(file).putInt(HEADER - 4, ~crc ^ change);
    return file;
  }

  static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static byte[] concat(byte[]... pieces) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] piece : pieces) {
      all.writeBytes(piece);
    }
    return all.toByteArray();
  }
}
