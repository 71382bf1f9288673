package dev.occ.embedding.pkcs11;

import com.sun.jna.Library;
import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.NativeLong;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A PKCS#11 module called through JNA. With {@link CryptokiLibrary} and {@link NativeBuffers} the
 * only code that knows JNA. What JNA throws is turned into {@link CryptokiException}; an argument
 * that the module got wrong can still end the process, as with any native code.
 */
final class JnaCryptoki implements Cryptoki {
  /** RTLD_NOW | RTLD_LOCAL: two modules must not see each other's functions of the same name. */
  private static final int LINUX_OPEN_FLAGS = 0x2;

  private static final int MAC_OPEN_FLAGS = 0x6;

  private static final byte CK_TRUE = 1;
  private static final int MAX_SLOTS = 4096;
  private static final int MAX_ATTRIBUTE_LENGTH = 1024;

  /** Room for more than a signature has, so that a wrong length is seen and not cut off. */
  private static final int SIGNATURE_ROOM = 512;

  /** CK_SLOT_INFO and CK_TOKEN_INFO both have their flags after 96 bytes of text. */
  private static final int INFO_FLAGS = 96;

  private static final int INFO_ROOM = 512;
  private static final int LABEL_LENGTH = 32;
  private static final int MANUFACTURER = 32;
  private static final int MODEL = 64;
  private static final int MODEL_LENGTH = 16;

  /** After the flags, ten CK_ULONG and the hardware's version of two bytes. */
  private static final int FIRMWARE = INFO_FLAGS + 11 * NativeBuffers.ULONG + 2;

  private final CryptokiLibrary library;

  private JnaCryptoki(CryptokiLibrary library) {
    this.library = library;
  }

  /** Loads a module, which must export all the functions that the signer needs. */
  static JnaCryptoki load(Path module) throws CryptokiException {
    try {
      Map<String, Object> options = options();
      NativeLibrary loaded = NativeLibrary.getInstance(module.toString(), options);
      for (Method function : CryptokiLibrary.class.getDeclaredMethods()) {
        Object unused = loaded.getFunction(function.getName());
      }
      return new JnaCryptoki(Native.load(module.toString(), CryptokiLibrary.class, options));
    } catch (LinkageError | RuntimeException e) {
      throw CryptokiException.unavailable(
          "cannot load the PKCS#11 module " + module + " (JNA unpacks itself to java.io.tmpdir)",
          e);
    }
  }

  private static Map<String, Object> options() {
    if (Platform.isWindows()) {
      return Map.of();
    }
    int flags = Platform.isMac() ? MAC_OPEN_FLAGS : LINUX_OPEN_FLAGS;
    return Map.of(Library.OPTION_OPEN_FLAGS, flags);
  }

  /** A function's call, which returns its CK_RV. */
  private interface Call {
    NativeLong run();
  }

  private static long valueOf(String function, Call call) throws CryptokiException {
    try {
      return NativeBuffers.unsigned(call.run());
    } catch (LinkageError | RuntimeException e) {
      throw CryptokiException.unavailable(function + " cannot be called", e);
    }
  }

  private static void check(String function, Call call) throws CryptokiException {
    long code = valueOf(function, call);
    if (code != ReturnValues.CKR_OK) {
      throw CryptokiException.ofCode(function, code);
    }
  }

  private static NativeLong number(long value) {
    return new NativeLong(value);
  }

  @Override
  public boolean initialize() throws CryptokiException {
    try (NativeBuffers buffers = new NativeBuffers()) {
      Pointer arguments = buffers.initializeArguments(Ck.CKF_OS_LOCKING_OK);
      long code = valueOf("C_Initialize", () -> library.C_Initialize(arguments));
      if (code == ReturnValues.CKR_CRYPTOKI_ALREADY_INITIALIZED) {
        return false;
      }
      if (code != ReturnValues.CKR_OK) {
        throw CryptokiException.ofCode("C_Initialize", code);
      }
      return true;
    }
  }

  @Override
  public void finish() throws CryptokiException {
    check("C_Finalize", () -> library.C_Finalize(Pointer.NULL));
  }

  @Override
  public List<Long> slotsWithToken() throws CryptokiException {
    try (NativeBuffers buffers = new NativeBuffers()) {
      Memory count = buffers.number(MAX_SLOTS);
      Memory slots = buffers.allocate((long) MAX_SLOTS * NativeBuffers.ULONG);
      check("C_GetSlotList", () -> library.C_GetSlotList(CK_TRUE, slots, count));
      long found = NativeBuffers.numberAt(count, 0);
      requireLength("C_GetSlotList", found, MAX_SLOTS);
      List<Long> result = new ArrayList<>();
      for (long i = 0; i < found; i++) {
        result.add(NativeBuffers.numberAt(slots, i * NativeBuffers.ULONG));
      }
      return result;
    }
  }

  @Override
  public long slotFlags(long slot) throws CryptokiException {
    try (NativeBuffers buffers = new NativeBuffers()) {
      Memory info = buffers.allocate(INFO_ROOM);
      check("C_GetSlotInfo", () -> library.C_GetSlotInfo(number(slot), info));
      return NativeBuffers.numberAt(info, INFO_FLAGS);
    }
  }

  @Override
  public TokenInfo tokenInfo(long slot) throws CryptokiException {
    try (NativeBuffers buffers = new NativeBuffers()) {
      Memory info = buffers.allocate(INFO_ROOM);
      check("C_GetTokenInfo", () -> library.C_GetTokenInfo(number(slot), info));
      return new TokenInfo(
          text(info, 0, LABEL_LENGTH),
          text(info, MANUFACTURER, LABEL_LENGTH),
          text(info, MODEL, MODEL_LENGTH),
          Byte.toUnsignedInt(info.getByte(FIRMWARE))
              + "."
              + Byte.toUnsignedInt(info.getByte(FIRMWARE + 1)),
          NativeBuffers.numberAt(info, INFO_FLAGS));
    }
  }

  /** UTF-8 padded with blanks; some modules end it with a zero byte instead. */
  private static String text(Memory info, int offset, int length) {
    String padded = new String(info.getByteArray(offset, length), StandardCharsets.UTF_8);
    int zero = padded.indexOf('\0');
    return (zero < 0 ? padded : padded.substring(0, zero)).stripTrailing();
  }

  @Override
  public long mechanismFlags(long slot, long mechanism) throws CryptokiException {
    try (NativeBuffers buffers = new NativeBuffers()) {
      Memory info = buffers.allocate(INFO_ROOM);
      check(
          "C_GetMechanismInfo",
          () -> library.C_GetMechanismInfo(number(slot), number(mechanism), info));
      return NativeBuffers.numberAt(info, 2L * NativeBuffers.ULONG);
    }
  }

  @Override
  public long openSession(long slot) throws CryptokiException {
    try (NativeBuffers buffers = new NativeBuffers()) {
      Memory session = buffers.number(0);
      NativeLong flags = number(Ck.CKF_SERIAL_SESSION);
      check(
          "C_OpenSession",
          () -> library.C_OpenSession(number(slot), flags, Pointer.NULL, Pointer.NULL, session));
      return NativeBuffers.numberAt(session, 0);
    }
  }

  @Override
  public void closeSession(long session) throws CryptokiException {
    check("C_CloseSession", () -> library.C_CloseSession(number(session)));
  }

  @Override
  public void login(long session, byte[] pin) throws CryptokiException {
    try (NativeBuffers buffers = new NativeBuffers()) {
      Pointer text = buffers.copyOf(pin);
      check(
          "C_Login",
          () -> library.C_Login(number(session), number(Ck.CKU_USER), text, number(pin.length)));
    }
  }

  @Override
  public KeyPairHandles generateKeyPair(
      long session, long mechanism, List<Attribute> publicKey, List<Attribute> privateKey)
      throws CryptokiException {
    try (NativeBuffers buffers = new NativeBuffers()) {
      Memory type = buffers.mechanism(mechanism);
      Memory publicTemplate = buffers.template(publicKey);
      Memory privateTemplate = buffers.template(privateKey);
      Memory publicHandle = buffers.number(0);
      Memory privateHandle = buffers.number(0);
      check(
          "C_GenerateKeyPair",
          () ->
              library.C_GenerateKeyPair(
                  number(session),
                  type,
                  publicTemplate,
                  number(publicKey.size()),
                  privateTemplate,
                  number(privateKey.size()),
                  publicHandle,
                  privateHandle));
      return new KeyPairHandles(
          NativeBuffers.numberAt(publicHandle, 0), NativeBuffers.numberAt(privateHandle, 0));
    }
  }

  @Override
  public byte[] attribute(long session, long object, long type) throws CryptokiException {
    try (NativeBuffers buffers = new NativeBuffers()) {
      Memory value = buffers.allocate(MAX_ATTRIBUTE_LENGTH);
      Memory template = buffers.attributeToFill(type, value);
      check(
          "C_GetAttributeValue",
          () -> library.C_GetAttributeValue(number(session), number(object), template, number(1)));
      long length = NativeBuffers.attributeLength(template);
      requireLength("C_GetAttributeValue", length, MAX_ATTRIBUTE_LENGTH);
      return value.getByteArray(0, (int) length);
    }
  }

  @Override
  public byte[] sign(long session, long mechanism, long key, byte[] message)
      throws CryptokiException {
    try (NativeBuffers buffers = new NativeBuffers()) {
      Memory type = buffers.mechanism(mechanism);
      Memory data = buffers.copyOf(message);
      Memory signature = buffers.allocate(SIGNATURE_ROOM);
      Memory count = buffers.number(SIGNATURE_ROOM);
      check("C_SignInit", () -> library.C_SignInit(number(session), type, number(key)));
      check(
          "C_Sign",
          () -> library.C_Sign(number(session), data, number(message.length), signature, count));
      long length = NativeBuffers.numberAt(count, 0);
      requireLength("C_Sign", length, SIGNATURE_ROOM);
      return signature.getByteArray(0, (int) length);
    }
  }

  @Override
  public byte[] random(long session, int length) throws CryptokiException {
    try (NativeBuffers buffers = new NativeBuffers()) {
      Memory random = buffers.allocate(length);
      check(
          "C_GenerateRandom",
          () -> library.C_GenerateRandom(number(session), random, number(length)));
      return random.getByteArray(0, length);
    }
  }

  @Override
  public void destroyObject(long session, long object) throws CryptokiException {
    check("C_DestroyObject", () -> library.C_DestroyObject(number(session), number(object)));
  }

  /** CK_UNAVAILABLE_INFORMATION, all bits set, is negative here. */
  private static void requireLength(String function, long length, long most)
      throws CryptokiException {
    if (length < 0 || length > most) {
      throw CryptokiException.malformed(function + " states an impossible length");
    }
  }
}
