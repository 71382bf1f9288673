package dev.occ.embedding.pkcs11;

/** Numbers of PKCS#11 version 3.0 (pkcs11t.h), under the names that the standard gives them. */
final class Ck {
  static final long CKF_OS_LOCKING_OK = 0x2;
  static final long CKF_SERIAL_SESSION = 0x4;
  static final long CKF_HW_SLOT = 0x4;
  static final long CKF_SIGN = 0x800;
  static final long CKF_GENERATE_KEY_PAIR = 0x10000;

  static final long CKF_RNG = 0x1;
  static final long CKF_USER_PIN_INITIALIZED = 0x8;
  static final long CKF_TOKEN_INITIALIZED = 0x400;
  static final long CKF_USER_PIN_FINAL_TRY = 0x20000;
  static final long CKF_USER_PIN_LOCKED = 0x40000;

  static final long CKU_USER = 1;

  static final long CKA_TOKEN = 0x1;
  static final long CKA_PRIVATE = 0x2;
  static final long CKA_SENSITIVE = 0x103;
  static final long CKA_SIGN = 0x108;
  static final long CKA_VERIFY = 0x10A;
  static final long CKA_EXTRACTABLE = 0x162;
  static final long CKA_LOCAL = 0x163;
  static final long CKA_EC_PARAMS = 0x180;
  static final long CKA_EC_POINT = 0x181;

  static final long CKM_EC_EDWARDS_KEY_PAIR_GEN = 0x1055;
  static final long CKM_EDDSA = 0x1057;

  private Ck() {}
}
