package dev.occ.embedding.pkcs11;

import static java.util.Map.entry;

import java.util.Map;
import java.util.Set;

/** The return values of PKCS#11 3.0 (CK_RV) that the signer tells apart or names in messages. */
final class ReturnValues {
  static final long CKR_OK = 0x0;
  static final long CKR_GENERAL_ERROR = 0x5;
  static final long CKR_ATTRIBUTE_VALUE_INVALID = 0x13;
  static final long CKR_DEVICE_ERROR = 0x30;
  static final long CKR_DEVICE_REMOVED = 0x32;
  static final long CKR_KEY_HANDLE_INVALID = 0x60;
  static final long CKR_MECHANISM_INVALID = 0x70;
  static final long CKR_PIN_INCORRECT = 0xA0;
  static final long CKR_PIN_LOCKED = 0xA4;
  static final long CKR_SESSION_HANDLE_INVALID = 0xB3;
  static final long CKR_TOKEN_NOT_PRESENT = 0xE0;
  static final long CKR_USER_ALREADY_LOGGED_IN = 0x100;
  static final long CKR_CURVE_NOT_SUPPORTED = 0x140;
  static final long CKR_CRYPTOKI_ALREADY_INITIALIZED = 0x191;

  /** CKR_PIN_INCORRECT, CKR_PIN_INVALID, CKR_PIN_LEN_RANGE. */
  static final Set<Long> PIN_REFUSED = Set.of(CKR_PIN_INCORRECT, 0xA1L, 0xA2L);

  /** CKR_PIN_EXPIRED, CKR_PIN_LOCKED, CKR_USER_PIN_NOT_INITIALIZED. */
  static final Set<Long> PIN_UNUSABLE = Set.of(0xA3L, CKR_PIN_LOCKED, 0x102L);

  /**
   * CKR_ATTRIBUTE_VALUE_INVALID, CKR_MECHANISM_PARAM_INVALID, CKR_TEMPLATE_INCONSISTENT,
   * CKR_DOMAIN_PARAMS_INVALID, CKR_CURVE_NOT_SUPPORTED.
   */
  static final Set<Long> CURVE_REFUSED =
      Set.of(CKR_ATTRIBUTE_VALUE_INVALID, 0x71L, 0xD1L, 0x130L, CKR_CURVE_NOT_SUPPORTED);

  /**
   * CKR_DEVICE_REMOVED, CKR_KEY_HANDLE_INVALID, CKR_OBJECT_HANDLE_INVALID, CKR_SESSION_CLOSED,
   * CKR_SESSION_HANDLE_INVALID, CKR_TOKEN_NOT_PRESENT, CKR_TOKEN_NOT_RECOGNIZED,
   * CKR_USER_NOT_LOGGED_IN, CKR_CRYPTOKI_NOT_INITIALIZED.
   */
  static final Set<Long> GONE =
      Set.of(
          CKR_DEVICE_REMOVED,
          CKR_KEY_HANDLE_INVALID,
          0x82L,
          0xB0L,
          CKR_SESSION_HANDLE_INVALID,
          CKR_TOKEN_NOT_PRESENT,
          0xE1L,
          0x101L,
          0x190L);

  private static final Map<Long, String> NAMES =
      Map.ofEntries(
          entry(0x2L, "CKR_HOST_MEMORY"),
          entry(0x3L, "CKR_SLOT_ID_INVALID"),
          entry(CKR_GENERAL_ERROR, "CKR_GENERAL_ERROR"),
          entry(0x6L, "CKR_FUNCTION_FAILED"),
          entry(0x7L, "CKR_ARGUMENTS_BAD"),
          entry(0xAL, "CKR_CANT_LOCK"),
          entry(0x12L, "CKR_ATTRIBUTE_TYPE_INVALID"),
          entry(CKR_ATTRIBUTE_VALUE_INVALID, "CKR_ATTRIBUTE_VALUE_INVALID"),
          entry(CKR_DEVICE_ERROR, "CKR_DEVICE_ERROR"),
          entry(0x31L, "CKR_DEVICE_MEMORY"),
          entry(CKR_DEVICE_REMOVED, "CKR_DEVICE_REMOVED"),
          entry(0x54L, "CKR_FUNCTION_NOT_SUPPORTED"),
          entry(CKR_KEY_HANDLE_INVALID, "CKR_KEY_HANDLE_INVALID"),
          entry(0x68L, "CKR_KEY_FUNCTION_NOT_PERMITTED"),
          entry(CKR_MECHANISM_INVALID, "CKR_MECHANISM_INVALID"),
          entry(0x71L, "CKR_MECHANISM_PARAM_INVALID"),
          entry(0x82L, "CKR_OBJECT_HANDLE_INVALID"),
          entry(0x90L, "CKR_OPERATION_ACTIVE"),
          entry(CKR_PIN_INCORRECT, "CKR_PIN_INCORRECT"),
          entry(0xA1L, "CKR_PIN_INVALID"),
          entry(0xA2L, "CKR_PIN_LEN_RANGE"),
          entry(0xA3L, "CKR_PIN_EXPIRED"),
          entry(CKR_PIN_LOCKED, "CKR_PIN_LOCKED"),
          entry(0xB0L, "CKR_SESSION_CLOSED"),
          entry(0xB1L, "CKR_SESSION_COUNT"),
          entry(CKR_SESSION_HANDLE_INVALID, "CKR_SESSION_HANDLE_INVALID"),
          entry(0xB5L, "CKR_SESSION_READ_ONLY"),
          entry(0xD0L, "CKR_TEMPLATE_INCOMPLETE"),
          entry(0xD1L, "CKR_TEMPLATE_INCONSISTENT"),
          entry(CKR_TOKEN_NOT_PRESENT, "CKR_TOKEN_NOT_PRESENT"),
          entry(0xE1L, "CKR_TOKEN_NOT_RECOGNIZED"),
          entry(CKR_USER_ALREADY_LOGGED_IN, "CKR_USER_ALREADY_LOGGED_IN"),
          entry(0x101L, "CKR_USER_NOT_LOGGED_IN"),
          entry(0x102L, "CKR_USER_PIN_NOT_INITIALIZED"),
          entry(0x104L, "CKR_USER_ANOTHER_ALREADY_LOGGED_IN"),
          entry(0x121L, "CKR_RANDOM_NO_RNG"),
          entry(0x130L, "CKR_DOMAIN_PARAMS_INVALID"),
          entry(CKR_CURVE_NOT_SUPPORTED, "CKR_CURVE_NOT_SUPPORTED"),
          entry(0x150L, "CKR_BUFFER_TOO_SMALL"),
          entry(0x190L, "CKR_CRYPTOKI_NOT_INITIALIZED"),
          entry(CKR_CRYPTOKI_ALREADY_INITIALIZED, "CKR_CRYPTOKI_ALREADY_INITIALIZED"));

  private ReturnValues() {}

  /** The standard's name of a return value, or a general word for one without a name here. */
  static String nameOf(long code) {
    return NAMES.getOrDefault(code, "return value");
  }
}
