package dev.occ.verifier.crypto;

import dev.occ.proof.Bytes;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Known answers that whoever computes signature checks must give before it is asked in earnest: yes
 * to one good signature of each algorithm, no to another message, to every half changed and to a
 * signature of zeros.
 */
final class KnownAnswers {
  private static final HexFormat HEX = HexFormat.of();

  /** RFC 8032 section 7.1, TEST 2. */
  private static final KnownAnswer ED25519 =
      new KnownAnswer(
          "Ed25519",
          hex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"),
          hex("72"),
          hex(
              "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
                  + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"));

  /** RFC 6979 section A.2.6: SHA-384 over "sample". */
  private static final KnownAnswer ES384 =
      new KnownAnswer(
          "ES384",
          hex(
              "04ec3a4e415b4e19a4568618029f427fa5da9a8bc4ae92e02e06aae5286b300c64"
                  + "def8f0ea9055866064a254515480bc138015d9b72d7d57244ea8ef9ac0c62189"
                  + "6708a59367f9dfb9f54ca84b3f1c9db1288b231c3ae0d4fe7344fd2533264720"),
          hex("73616d706c65"),
          hex(
              "94edbb92a5ecb8aad4736e56c691916b3f88140666ce9fa73d64c4ea95ad133c"
                  + "81a648152e44acf96e36dd1e80fabe4699ef4aeb15f178cea1fe40db2603138f"
                  + "130e740a19624526203b6351d0a3a94fa329c145786e679e7b82c71a38628ac8"));

  /** RFC 6979 section A.2.5: SHA-256 over "sample", in DER. */
  private static final KnownAnswer ES256 =
      new KnownAnswer(
          "ES256",
          hex(
              "3059301306072a8648ce3d020106082a8648ce3d030107034200"
                  + "0460fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb6"
                  + "7903fe1008b8bc99a41ae9e95628bc64f2f1b20c2d7e9f5177a3c294d4462299"),
          hex("73616d706c65"),
          hex(
              "3046022100efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716"
                  + "022100f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8"));

  private KnownAnswers() {}

  /** What is wrong with a provider, for people; empty if it passes. */
  static Optional<String> failure(Provider provider) {
    return failure(ED25519, JcaKey::ed25519, provider)
        .or(() -> failure(ES384, JcaKey::es384, provider));
  }

  /**
   * What is wrong with BouncyCastle, for people; empty if it passes. Exceptions and errors of a
   * BouncyCastle that does not fit are not caught.
   */
  static Optional<String> failureOfBouncyCastle() {
    return ED25519.failure(bouncyCastleEd25519()).or(() -> es384Failure()).or(() -> es256Failure());
  }

  private static Decision bouncyCastleEd25519() {
    Ed25519PublicKey key =
        Ed25519PublicKey.of(ED25519.encodedKey(), null)
            .orElseThrow(() -> new IllegalStateException("takes no key for Ed25519"));
    return (message, signature) -> key.verifies(message, Bytes.of(signature));
  }

  private static Optional<String> es384Failure() {
    Es384Key key =
        Es384Key.of(ES384.encodedKey(), null)
            .orElseThrow(() -> new IllegalStateException("takes no key for ES384"));
    return ES384.failure(key::verifies);
  }

  private static Optional<String> es256Failure() {
    BouncyCastleEs256 es256 = new BouncyCastleEs256();
    byte[] key = ES256.encodedKey().toByteArray();
    return ES256.failure((message, signature) -> es256.verifies(key, message, signature));
  }

  private static Optional<String> failure(
      KnownAnswer known, JcaKey.Maker maker, Provider provider) {
    try {
      JcaKey key = maker.make(provider, known.encodedKey().toByteArray());
      return known.failure(key::accepts);
    } catch (GeneralSecurityException | RuntimeException e) {
      return Optional.of("takes no key for " + known.name() + ": " + e);
    } catch (LinkageError e) {
      return Optional.of("has no native code for " + known.name() + ": " + e);
    }
  }

  private static Bytes hex(String digits) {
    return Bytes.of(HEX.parseHex(digits));
  }

  /** Whether a signature holds under one key. */
  @FunctionalInterface
  private interface Decision {
    boolean accepts(byte[] message, byte[] signature);
  }

  /** A key, a message and its signature. */
  private record KnownAnswer(String name, Bytes encodedKey, Bytes message, Bytes signature) {
    Optional<String> failure(Decision decision) {
      byte[] said = message.toByteArray();
      byte[] good = signature.toByteArray();
      if (!decision.accepts(said, good)) {
        return Optional.of("refuses a good signature of " + name);
      }
      boolean careless =
          decision.accepts(changed(said, 0), good)
              || decision.accepts(said, changed(good, 0))
              || decision.accepts(said, changed(good, good.length / 2))
              || decision.accepts(said, new byte[good.length]);
      return careless
          ? Optional.of("takes a bad signature of " + name + " for good")
          : Optional.empty();
    }

    private static byte[] changed(byte[] bytes, int index) {
      byte[] changed = bytes.clone();
      changed[index] ^= 1;
      return changed;
    }
  }
}
