package dev.occ.verifier.crypto;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.security.Security;
import java.util.Objects;

/** Who computes, for tests that must end the same through each. */
public enum Through {
  /** The default that is always there. */
  BOUNCY_CASTLE,
  /** The JDK's, preferred by name, which differs from the other two in what it lets pass. */
  SUN_EC,
  /** Amazon Corretto's, where its native code loads. */
  CORRETTO;

  /** The provider; the test that asks is skipped where there is no native code for this machine. */
  public CryptoProvider crypto() {
    return switch (this) {
      case BOUNCY_CASTLE -> CryptoProvider.bouncyCastle();
      case SUN_EC ->
          CryptoProvider.preferring(Objects.requireNonNull(Security.getProvider("SunEC")));
      case CORRETTO -> {
        CryptoProvider found = CryptoProvider.automatic();
        assumeTrue(found.fallbackReason().isEmpty(), found::toString);
        yield found;
      }
    };
  }
}
