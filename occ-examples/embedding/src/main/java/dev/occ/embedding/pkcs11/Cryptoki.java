package dev.occ.embedding.pkcs11;

import java.util.List;

/**
 * The functions of a PKCS#11 module that the signer needs, in Java's terms: the seam between the
 * protocol and the native calls, so that tests can stand in for a token. Implementations are safe
 * for use by many threads; one session serves one thread at a time (PKCS#11, "Sessions").
 *
 * <p>Every method throws {@link CryptokiException} if the module answers anything but CKR_OK.
 * Arrays are the caller's.
 */
interface Cryptoki {
  /**
   * C_Initialize, with the locks of the operating system.
   *
   * @return whether this call initialized the module; false if the process had done so
   */
  boolean initialize() throws CryptokiException;

  /** C_Finalize. Every session of the process ends. */
  void finish() throws CryptokiException;

  /** C_GetSlotList: the slots that hold a token. */
  List<Long> slotsWithToken() throws CryptokiException;

  /** C_GetSlotInfo: the slot's flags. */
  long slotFlags(long slot) throws CryptokiException;

  /** C_GetTokenInfo. */
  TokenInfo tokenInfo(long slot) throws CryptokiException;

  /** C_GetMechanismInfo: the mechanism's flags. */
  long mechanismFlags(long slot, long mechanism) throws CryptokiException;

  /** C_OpenSession, read-only: nothing is ever stored in the token. */
  long openSession(long slot) throws CryptokiException;

  /** C_CloseSession. The session's objects are destroyed. */
  void closeSession(long session) throws CryptokiException;

  /** C_Login as the user. */
  void login(long session, byte[] pin) throws CryptokiException;

  /** C_GenerateKeyPair with a mechanism that takes no parameter. */
  KeyPairHandles generateKeyPair(
      long session, long mechanism, List<Attribute> publicKey, List<Attribute> privateKey)
      throws CryptokiException;

  /** C_GetAttributeValue of one attribute. */
  byte[] attribute(long session, long object, long type) throws CryptokiException;

  /** C_SignInit and C_Sign with a mechanism that takes no parameter. */
  byte[] sign(long session, long mechanism, long key, byte[] message) throws CryptokiException;

  /** C_GenerateRandom. */
  byte[] random(long session, int length) throws CryptokiException;

  /** C_DestroyObject. */
  void destroyObject(long session, long object) throws CryptokiException;

  /**
   * The handles of a new key pair.
   *
   * @param publicKey the public key's object handle
   * @param privateKey the private key's object handle
   */
  record KeyPairHandles(long publicKey, long privateKey) {}
}
