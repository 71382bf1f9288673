package dev.occ.embedding.pkcs11;

import com.sun.jna.Library;
import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;

/** The C functions of a PKCS#11 module, as pkcs11f.h declares them. */
interface CryptokiLibrary extends Library {
  NativeLong C_Initialize(Pointer arguments);

  NativeLong C_Finalize(Pointer reserved);

  NativeLong C_GetSlotList(byte tokenPresent, Pointer slots, Pointer count);

  NativeLong C_GetSlotInfo(NativeLong slot, Pointer info);

  NativeLong C_GetTokenInfo(NativeLong slot, Pointer info);

  NativeLong C_GetMechanismInfo(NativeLong slot, NativeLong mechanism, Pointer info);

  NativeLong C_OpenSession(
      NativeLong slot, NativeLong flags, Pointer application, Pointer notify, Pointer session);

  NativeLong C_CloseSession(NativeLong session);

  NativeLong C_Login(NativeLong session, NativeLong user, Pointer pin, NativeLong length);

  NativeLong C_GenerateKeyPair(
      NativeLong session,
      Pointer mechanism,
      Pointer publicTemplate,
      NativeLong publicCount,
      Pointer privateTemplate,
      NativeLong privateCount,
      Pointer publicKey,
      Pointer privateKey);

  NativeLong C_GetAttributeValue(
      NativeLong session, NativeLong object, Pointer template, NativeLong count);

  NativeLong C_SignInit(NativeLong session, Pointer mechanism, NativeLong key);

  NativeLong C_Sign(
      NativeLong session, Pointer data, NativeLong length, Pointer signature, Pointer count);

  NativeLong C_GenerateRandom(NativeLong session, Pointer random, NativeLong length);

  NativeLong C_DestroyObject(NativeLong session, NativeLong object);
}
