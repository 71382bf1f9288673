package dev.occ.verifier.crypto;

import dev.occ.proof.Bytes;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Known answers that a provider must give before it is asked in earnest: yes to one good signature
 * of each algorithm, no to another message, to every half changed and to a signature of zeros.
 */
final class SelfTest {
  private static final HexFormat HEX = HexFormat.of();

  /** RFC 8032 section 7.1, TEST 2. */
  private static final KnownAnswer ED25519 =
      new KnownAnswer(
          "Ed25519",
          JcaKey::ed25519,
          hex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"),
          hex("72"),
          hex(
              "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
                  + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"));

  /** RFC 6979 section A.2.6: SHA-384 over "sample". */
  private static final KnownAnswer ES384 =
      new KnownAnswer(
          "ES384",
          JcaKey::es384,
          hex(
              "04ec3a4e415b4e19a4568618029f427fa5da9a8bc4ae92e02e06aae5286b300c64"
                  + "def8f0ea9055866064a254515480bc138015d9b72d7d57244ea8ef9ac0c62189"
                  + "6708a59367f9dfb9f54ca84b3f1c9db1288b231c3ae0d4fe7344fd2533264720"),
          hex("73616d706c65"),
          hex(
              "94edbb92a5ecb8aad4736e56c691916b3f88140666ce9fa73d64c4ea95ad133c"
                  + "81a648152e44acf96e36dd1e80fabe4699ef4aeb15f178cea1fe40db2603138f"
                  + "130e740a19624526203b6351d0a3a94fa329c145786e679e7b82c71a38628ac8"));

  private SelfTest() {}

  /** What is wrong with a provider, for people; empty if it passes. */
  static Optional<String> failure(Provider provider) {
    return ED25519.failure(provider).or(() -> ES384.failure(provider));
  }

  private static Bytes hex(String digits) {
    return Bytes.of(HEX.parseHex(digits));
  }

  /** A key, a message and its signature. */
  private record KnownAnswer(
      String name, JcaKey.Maker maker, Bytes encodedKey, Bytes message, Bytes signature) {

    Optional<String> failure(Provider provider) {
      try {
        return failure(maker.make(provider, encodedKey.toByteArray()));
      } catch (GeneralSecurityException | RuntimeException e) {
        return Optional.of("takes no key for " + name + ": " + e);
      } catch (LinkageError e) {
        return Optional.of("has no native code for " + name + ": " + e);
      }
    }

    private Optional<String> failure(JcaKey key) {
      byte[] said = message.toByteArray();
      byte[] good = signature.toByteArray();
      if (!key.accepts(said, good)) {
        return Optional.of("refuses a good signature of " + name);
      }
      boolean careless =
          key.accepts(changed(said, 0), good)
              || key.accepts(said, changed(good, 0))
              || key.accepts(said, changed(good, good.length / 2))
              || key.accepts(said, new byte[good.length]);
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
