package app;

import dev.occ.signer.EnforcementTier;
import dev.occ.signer.Signer;
import dev.occ.signer.SignerException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.util.Arrays;

/** A signer of an application's own, over the JDK. */
final class MySigner implements Signer {
  private final KeyPair key;
  private final byte[] publicKey;
  private final SecureRandom random = new SecureRandom();
  private volatile boolean closed;

  MySigner() throws SignerException {
    try {
      key = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new SignerException(SignerException.Reason.UNAVAILABLE, "no Ed25519", e);
    }
    byte[] spki = key.getPublic().getEncoded();
    publicKey = Arrays.copyOfRange(spki, spki.length - PUBLIC_KEY_LENGTH, spki.length);
  }

  @Override
  public EnforcementTier enforcement() {
    return EnforcementTier.STUB;
  }

  @Override
  public String measurement() {
    return "app:mine";
  }

  @Override
  public byte[] publicKey() {
    return publicKey.clone();
  }

  @Override
  public byte[] sign(byte[] message) throws SignerException {
    byte[] copy = message.clone();
    requireOpen();
    try {
      Signature signature = Signature.getInstance("Ed25519");
      signature.initSign(key.getPrivate());
      signature.update(copy);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new SignerException(SignerException.Reason.UNAVAILABLE, "cannot sign", e);
    }
  }

  @Override
  public byte[] random(int length) throws SignerException {
    if (length < 1 || length > MAX_RANDOM_LENGTH) {
      throw new IllegalArgumentException("length is 1 to " + MAX_RANDOM_LENGTH);
    }
    requireOpen();
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private void requireOpen() throws SignerException {
    if (closed) {
      throw new SignerException(SignerException.Reason.CLOSED, "closed");
    }
  }

  @Override
  public void close() {
    closed = true;
  }
}
