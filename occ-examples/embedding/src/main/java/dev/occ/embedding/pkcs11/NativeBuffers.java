package dev.occ.embedding.pkcs11;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;
import java.util.ArrayList;
import java.util.List;

/**
 * The native memory of one call, and how PKCS#11's structures lie in it. All of it lives until
 * {@link #close()}, which wipes it: structures hold addresses that JNA cannot see, so a buffer must
 * not be left to the garbage collector while the call runs.
 *
 * <p>The structures used here have no padding on any platform: their members are CK_ULONG and
 * pointers alone, which have the same size on Linux and macOS, and Windows packs them.
 */
final class NativeBuffers implements AutoCloseable {
  /** sizeof(CK_ULONG), which is C's unsigned long. */
  static final int ULONG = Native.LONG_SIZE;

  private static final int POINTER = Native.POINTER_SIZE;

  /** sizeof(CK_ATTRIBUTE) and sizeof(CK_MECHANISM): a number, an address, a length. */
  private static final int TRIPLE = ULONG + POINTER + ULONG;

  private final List<Memory> all = new ArrayList<>();

  /** A zeroed buffer; of one byte where none is asked for, because modules refuse null. */
  Memory allocate(long length) {
    Memory memory = new Memory(Math.max(1, length));
    all.add(memory);
    memory.clear();
    return memory;
  }

  /** A buffer with these bytes. */
  Memory copyOf(byte[] bytes) {
    Memory memory = allocate(bytes.length);
    memory.write(0, bytes, 0, bytes.length);
    return memory;
  }

  /** A CK_ULONG with this value. */
  Memory number(long value) {
    Memory memory = allocate(ULONG);
    memory.setNativeLong(0, new NativeLong(value));
    return memory;
  }

  /** CK_C_INITIALIZE_ARGS: four functions and a reserved address, all null, and the flags. */
  Memory initializeArguments(long flags) {
    Memory memory = allocate(4L * POINTER + ULONG + POINTER);
    memory.setNativeLong(4L * POINTER, new NativeLong(flags));
    return memory;
  }

  /** CK_MECHANISM without a parameter. */
  Memory mechanism(long type) {
    Memory memory = allocate(TRIPLE);
    memory.setNativeLong(0, new NativeLong(type));
    return memory;
  }

  /** An array of CK_ATTRIBUTE. */
  Memory template(List<Attribute> attributes) {
    Memory memory = allocate((long) attributes.size() * TRIPLE);
    for (int i = 0; i < attributes.size(); i++) {
      Attribute attribute = attributes.get(i);
      byte[] value = attribute.value().toByteArray();
      writeAttribute(memory, (long) i * TRIPLE, attribute.type(), copyOf(value), value.length);
    }
    return memory;
  }

  /** One CK_ATTRIBUTE for the module to fill. */
  Memory attributeToFill(long type, Memory value) {
    Memory memory = allocate(TRIPLE);
    writeAttribute(memory, 0, type, value, value.size());
    return memory;
  }

  private static void writeAttribute(
      Memory memory, long offset, long type, Pointer value, long length) {
    memory.setNativeLong(offset, new NativeLong(type));
    memory.setPointer(offset + ULONG, value);
    memory.setNativeLong(offset + ULONG + POINTER, new NativeLong(length));
  }

  /** The length in the first CK_ATTRIBUTE of a template. */
  static long attributeLength(Memory template) {
    return numberAt(template, (long) ULONG + POINTER);
  }

  /** A CK_ULONG, which has no sign. */
  static long numberAt(Memory memory, long offset) {
    return unsigned(memory.getNativeLong(offset));
  }

  static long unsigned(NativeLong number) {
    return ULONG == Integer.BYTES ? Integer.toUnsignedLong(number.intValue()) : number.longValue();
  }

  /** Wipes and frees all buffers. */
  @Override
  public void close() {
    for (Memory memory : all) {
      memory.clear();
      memory.close();
    }
    all.clear();
  }
}
