package dev.occ.embedding.pkcs11;

import dev.occ.embedding.pkcs11.Cryptoki.KeyPairHandles;
import dev.occ.signer.Signer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * A session with a token and the one key pair in it. The key is a session object: it was never
 * stored, cannot be read out, and is gone when the session ends, whatever ends it. For use by one
 * thread at a time.
 */
final class TokenKey {
  /** The curve's object identifier 1.3.101.112 (RFC 8410), and its name as PKCS#11 3.0 has it. */
  private static final List<byte[]> CURVE =
      List.of(
          HexFormat.of().parseHex("06032b6570"),
          HexFormat.of().parseHex("130c656477617264733235353139"));

  /** SubjectPublicKeyInfo of an Ed25519 key up to the key itself (RFC 8410, section 4). */
  private static final byte[] SPKI_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

  private static final int TEST_MESSAGE_LENGTH = 32;

  private final Cryptoki cryptoki;
  private final long session;
  private final KeyPairHandles keys;
  private final byte[] publicKey;

  private TokenKey(Cryptoki cryptoki, long session, KeyPairHandles keys, byte[] publicKey) {
    this.cryptoki = cryptoki;
    this.session = session;
    this.keys = keys;
    this.publicKey = publicKey;
  }

  /**
   * Makes a key pair in a session in which the user is logged in. On failure the session is still
   * open.
   *
   * @throws CryptokiException if the token does not make it, makes it with other properties than
   *     asked for, or signs so that the JDK's Ed25519 does not agree
   */
  static TokenKey generate(Cryptoki cryptoki, long session) throws CryptokiException {
    KeyPairHandles keys = generatePair(cryptoki, session);
    requireFlag(cryptoki, session, keys.privateKey(), Ck.CKA_TOKEN, false, "CKA_TOKEN");
    requireFlag(cryptoki, session, keys.privateKey(), Ck.CKA_SENSITIVE, true, "CKA_SENSITIVE");
    requireFlag(cryptoki, session, keys.privateKey(), Ck.CKA_EXTRACTABLE, false, "CKA_EXTRACTABLE");
    requireFlag(cryptoki, session, keys.privateKey(), Ck.CKA_LOCAL, true, "CKA_LOCAL");
    byte[] point = cryptoki.attribute(session, keys.publicKey(), Ck.CKA_EC_POINT);
    TokenKey key = new TokenKey(cryptoki, session, keys, Ed25519Point.decode(point));
    key.requireAgreementWithTheJdk();
    return key;
  }

  /** Tries the curve's encodings in turn; any failure but a refusal of the encoding counts. */
  private static KeyPairHandles generatePair(Cryptoki cryptoki, long session)
      throws CryptokiException {
    try {
      return generatePair(cryptoki, session, CURVE.get(0));
    } catch (CryptokiException e) {
      if (e.reason() != CryptokiException.Reason.CURVE_REFUSED) {
        throw e;
      }
      try {
        return generatePair(cryptoki, session, CURVE.get(1));
      } catch (CryptokiException second) {
        second.addSuppressed(e);
        throw second;
      }
    }
  }

  // snippet:template
  private static KeyPairHandles generatePair(Cryptoki cryptoki, long session, byte[] curve)
      throws CryptokiException {
    return cryptoki.generateKeyPair(
        session,
        Ck.CKM_EC_EDWARDS_KEY_PAIR_GEN,
        List.of(
            Attribute.flag(Ck.CKA_TOKEN, false),
            Attribute.flag(Ck.CKA_VERIFY, true),
            Attribute.bytes(Ck.CKA_EC_PARAMS, curve)),
        List.of(
            Attribute.flag(Ck.CKA_TOKEN, false),
            Attribute.flag(Ck.CKA_PRIVATE, true),
            Attribute.flag(Ck.CKA_SENSITIVE, true),
            Attribute.flag(Ck.CKA_EXTRACTABLE, false),
            Attribute.flag(Ck.CKA_SIGN, true)));
  }

  // end

  private static void requireFlag(
      Cryptoki cryptoki, long session, long object, long type, boolean expected, String name)
      throws CryptokiException {
    byte[] value = cryptoki.attribute(session, object, type);
    if (value.length != 1 || (value[0] != 0) != expected) {
      throw CryptokiException.malformed("the token made a key whose " + name + " is not as asked");
    }
  }

  /** Finds another curve, a pre-hashed variant or a wrong encoding before any proof is made. */
  private void requireAgreementWithTheJdk() throws CryptokiException {
    byte[] message = random(TEST_MESSAGE_LENGTH);
    boolean agrees;
    try {
      Signature verifier = Signature.getInstance("Ed25519");
      byte[] spki = Arrays.copyOf(SPKI_PREFIX, SPKI_PREFIX.length + publicKey.length);
      System.arraycopy(publicKey, 0, spki, SPKI_PREFIX.length, publicKey.length);
      verifier.initVerify(
          KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(spki)));
      verifier.update(message);
      agrees = verifier.verify(sign(message));
    } catch (GeneralSecurityException e) {
      throw CryptokiException.unavailable("the new key cannot be tested with the JDK", e);
    }
    if (!agrees) {
      throw CryptokiException.malformed("the token's signature is not one of its Ed25519 key");
    }
  }

  byte[] publicKey() {
    return publicKey.clone();
  }

  /** The private key's object, for tests of what the token lets out. */
  long privateHandle() {
    return keys.privateKey();
  }

  byte[] sign(byte[] message) throws CryptokiException {
    byte[] signature = cryptoki.sign(session, Ck.CKM_EDDSA, keys.privateKey(), message);
    if (signature.length != Signer.SIGNATURE_LENGTH) {
      throw CryptokiException.malformed("the token gave a signature of another length");
    }
    return signature;
  }

  byte[] random(int length) throws CryptokiException {
    return cryptoki.random(session, length);
  }

  /** Destroys the pair. The session is the caller's to close. */
  void destroy() throws CryptokiException {
    try {
      cryptoki.destroyObject(session, keys.privateKey());
    } finally {
      cryptoki.destroyObject(session, keys.publicKey());
    }
  }
}
