package dev.occ.bench;

import dev.occ.programs.SuppressForbidden;
import dev.occ.verifier.crypto.CryptoProvider;

/** Says who does the cryptography of a verifier with the class path that this program was given. */
@SuppressForbidden("prints its result")
final class WhichCrypto {
  private WhichCrypto() {}

  public static void main(String[] arguments) {
    System.out.println(CryptoProvider.automatic().name());
  }
}
