package dev.occ.signer.nitro;

import com.sun.jna.Library;
import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;
import java.nio.file.Path;

/**
 * The NSM behind its Linux driver: one open descriptor, one {@code ioctl} per call (the {@code
 * nsm_raw} structure of include/uapi/linux/nsm.h), one set of native buffers that is wiped after
 * every call. The driver handles one message at a time, so one lock here costs nothing.
 *
 * <p>This is the only class that knows JNA.
 */
final class JnaNsmDevice implements NsmDevice {
  /** O_RDWR | O_CLOEXEC, as on x86-64 and AArch64, the architectures of Nitro enclaves. */
  private static final int OPEN_FLAGS = 0x80002;

  /** _IOWR(0x0A, 0, struct nsm_raw), whose size is 32. */
  private static final long NSM_IOCTL_RAW = 0xC0200A00L;

  private static final int RAW_LENGTH = 32;
  private static final int REQUEST_ADDRESS = 0;
  private static final int REQUEST_LENGTH = 8;
  private static final int RESPONSE_ADDRESS = 16;
  private static final int RESPONSE_LENGTH = 24;

  private final Memory raw = new Memory(RAW_LENGTH);
  private final Memory request;
  private final Memory response = new Memory(MAX_RESPONSE_LENGTH);
  private final LibC libc;
  private final int descriptor;
  private boolean closed;

  private JnaNsmDevice(LibC libc, int descriptor, int requestCapacity) {
    this.libc = libc;
    this.descriptor = descriptor;
    this.request = new Memory(requestCapacity);
  }

  /** Opens the device file. */
  static JnaNsmDevice open(Path path) throws NsmException {
    return open(path, MAX_REQUEST_LENGTH);
  }

  /** Opens with another limit on requests, for tests of the driver's own limit. */
  static JnaNsmDevice open(Path path, int requestCapacity) throws NsmException {
    LibC libc = loadLibC();
    int descriptor = libc.open(path.toString(), OPEN_FLAGS);
    if (descriptor < 0) {
      throw NsmException.ofErrno("opening " + path, Native.getLastError());
    }
    return new JnaNsmDevice(libc, descriptor, requestCapacity);
  }

  private static LibC loadLibC() throws NsmException {
    try {
      return LibCHolder.INSTANCE;
    } catch (LinkageError e) {
      throw new NsmException(
          NsmException.Reason.NATIVE_UNAVAILABLE,
          "JNA cannot load its native library (it unpacks it into java.io.tmpdir)",
          e);
    }
  }

  @Override
  public synchronized byte[] exchange(byte[] message) throws NsmException {
    if (closed) {
      throw new NsmException(NsmException.Reason.CLOSED, "the NSM device is closed");
    }
    if (message.length > request.size()) {
      throw new IllegalArgumentException("a request of " + message.length + " bytes is too long");
    }
    try {
      return transfer(message);
    } finally {
      request.clear();
      response.clear();
    }
  }

  private byte[] transfer(byte[] message) throws NsmException {
    request.write(0, message, 0, message.length);
    raw.setLong(REQUEST_ADDRESS, Pointer.nativeValue(request));
    raw.setLong(REQUEST_LENGTH, message.length);
    raw.setLong(RESPONSE_ADDRESS, Pointer.nativeValue(response));
    raw.setLong(RESPONSE_LENGTH, MAX_RESPONSE_LENGTH);
    if (libc.ioctl(descriptor, new NativeLong(NSM_IOCTL_RAW, true), raw) < 0) {
      throw NsmException.ofErrno("the call to the NSM", Native.getLastError());
    }
    long length = raw.getLong(RESPONSE_LENGTH);
    if (length < 0 || length > MAX_RESPONSE_LENGTH) {
      throw new NsmException(
          NsmException.Reason.MALFORMED_RESPONSE, "the driver states an impossible length");
    }
    return response.getByteArray(0, (int) length);
  }

  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    // Linux frees the descriptor whatever close() returns, and a character device has nothing that
    // could fail to be written back: there is no result to act on.
    int unused = libc.close(descriptor);
    raw.close();
    request.close();
    response.close();
  }

  /**
   * The three functions of the C library; variadic where C declares them so, for the ABI's sake.
   */
  private interface LibC extends Library {
    int open(String path, int flags, Object... mode);

    int ioctl(int descriptor, NativeLong command, Object... argument);

    int close(int descriptor);
  }

  /** Loads on first use, so that a missing native library is an error of that call. */
  private static final class LibCHolder {
    static final LibC INSTANCE = Native.load(LibC.class);

    private LibCHolder() {}
  }
}
