package dev.occ.embedding.pkcs11;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A module with one token, whose key is the JDK's, and which fails to order. */
final class FakeCryptoki implements Cryptoki {
  static final long SLOT = 7;
  private static final int RAW_KEY = 12;

  /** What was called, in order. */
  final List<String> calls = new ArrayList<>();

  /** The return values to fail with, by function. */
  final Map<String, Long> failures = new HashMap<>();

  /** Attributes of the key to state instead of the true ones. */
  final Map<Long, byte[]> attributes = new HashMap<>();

  boolean initializedByOthers;
  boolean derPoint = true;
  boolean refuseOid;
  int signatureLength = 64;
  long slotFlags = Ck.CKF_HW_SLOT;
  List<TokenInfo> tokens =
      List.of(
          new TokenInfo(
              "fake",
              "Maker & Söhne",
              "M1",
              "1.2",
              Ck.CKF_TOKEN_INITIALIZED | Ck.CKF_USER_PIN_INITIALIZED | Ck.CKF_RNG));
  private final KeyPair keys;
  byte[] pinSeen = new byte[0];

  FakeCryptoki() {
    try {
      keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private void called(String function) throws CryptokiException {
    calls.add(function);
    Long code = failures.get(function);
    if (code != null) {
      throw CryptokiException.ofCode(function, code);
    }
  }

  @Override
  public boolean initialize() throws CryptokiException {
    called("C_Initialize");
    return !initializedByOthers;
  }

  @Override
  public void finish() throws CryptokiException {
    called("C_Finalize");
  }

  @Override
  public List<Long> slotsWithToken() throws CryptokiException {
    called("C_GetSlotList");
    List<Long> slots = new ArrayList<>();
    for (int i = 0; i < tokens.size(); i++) {
      slots.add(SLOT + i);
    }
    return slots;
  }

  @Override
  public long slotFlags(long slot) throws CryptokiException {
    called("C_GetSlotInfo");
    return slotFlags;
  }

  @Override
  public TokenInfo tokenInfo(long slot) throws CryptokiException {
    called("C_GetTokenInfo");
    return tokens.get((int) (slot - SLOT));
  }

  @Override
  public long mechanismFlags(long slot, long mechanism) throws CryptokiException {
    called("C_GetMechanismInfo");
    return Ck.CKF_SIGN | Ck.CKF_GENERATE_KEY_PAIR;
  }

  @Override
  public long openSession(long slot) throws CryptokiException {
    called("C_OpenSession");
    return 1;
  }

  @Override
  public void closeSession(long session) throws CryptokiException {
    called("C_CloseSession");
  }

  @Override
  public void login(long session, byte[] pin) throws CryptokiException {
    pinSeen = pin;
    called("C_Login");
  }

  @Override
  public KeyPairHandles generateKeyPair(
      long session, long mechanism, List<Attribute> publicKey, List<Attribute> privateKey)
      throws CryptokiException {
    called("C_GenerateKeyPair");
    boolean oid = publicKey.stream().anyMatch(a -> a.value().toHex().equals("06032b6570"));
    if (oid && refuseOid) {
      throw CryptokiException.ofCode("C_GenerateKeyPair", ReturnValues.CKR_CURVE_NOT_SUPPORTED);
    }
    return new KeyPairHandles(2, 3);
  }

  @Override
  public byte[] attribute(long session, long object, long type) throws CryptokiException {
    called("C_GetAttributeValue");
    byte[] stated = attributes.get(type);
    if (stated != null) {
      return stated;
    }
    if (type == Ck.CKA_EC_POINT) {
      byte[] spki = keys.getPublic().getEncoded();
      byte[] raw = Arrays.copyOfRange(spki, RAW_KEY, spki.length);
      if (!derPoint) {
        return raw;
      }
      byte[] der = new byte[raw.length + 2];
      der[0] = 4;
      der[1] = (byte) raw.length;
      System.arraycopy(raw, 0, der, 2, raw.length);
      return der;
    }
    boolean yes = type == Ck.CKA_SENSITIVE || type == Ck.CKA_LOCAL;
    return new byte[] {(byte) (yes ? 1 : 0)};
  }

  @Override
  public byte[] sign(long session, long mechanism, long key, byte[] message)
      throws CryptokiException {
    called("C_Sign");
    try {
      Signature signature = Signature.getInstance("Ed25519");
      signature.initSign(keys.getPrivate());
      signature.update(message);
      return Arrays.copyOf(signature.sign(), signatureLength);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public byte[] random(long session, int length) throws CryptokiException {
    called("C_GenerateRandom");
    byte[] random = new byte[length];
    new SecureRandom().nextBytes(random);
    return random;
  }

  @Override
  public void destroyObject(long session, long object) throws CryptokiException {
    called("C_DestroyObject");
  }
}
