package dev.occ.bench;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import dev.occ.verifier.ProofVerifier;
import dev.occ.verifier.crypto.CryptoProvider;
import java.net.URI;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Who does the cryptography, of the verifier and of its floor alike. */
public enum Crypto {
  /** BouncyCastle's lightweight API, the verifier's default. */
  BOUNCY_CASTLE("BouncyCastle"),
  /** Amazon Corretto Crypto Provider. */
  CORRETTO("Corretto");

  private final String title;

  Crypto(String title) {
    this.title = title;
  }

  /** What a table's column is called. */
  String title() {
    return title;
  }

  /** What the verifier calls it. */
  String providerName() {
    return provider().name();
  }

  /** Those that work on this machine: Corretto's comes with native code for x86-64 Linux only. */
  static List<Crypto> available() {
    return Arrays.stream(values())
        .filter(
            crypto ->
                crypto == BOUNCY_CASTLE
                    || AmazonCorrettoCryptoProvider.INSTANCE.getLoadingError() == null)
        .toList();
  }

  /**
   * A verifier that uses it.
   *
   * @throws IllegalStateException if it falls back to another one
   */
  ProofVerifier build(ProofVerifier.Builder verifier) {
    return verifier.crypto(provider()).build();
  }

  private CryptoProvider provider() {
    CryptoProvider provider =
        this == BOUNCY_CASTLE ? CryptoProvider.bouncyCastle() : Tested.CORRETTO;
    Require.holds(provider.fallbackReason().isEmpty(), "the verifier uses " + title);
    return provider;
  }

  /** The jar that a program needs on its class path besides its own. */
  Optional<Path> jar() {
    if (this == BOUNCY_CASTLE) {
      return Optional.empty();
    }
    CodeSource source = AmazonCorrettoCryptoProvider.class.getProtectionDomain().getCodeSource();
    return Optional.of(Path.of(URI.create(source.getLocation().toString())));
  }

  /** The bare operations. */
  Floor floor() {
    return this == BOUNCY_CASTLE ? new BouncyCastleFloor() : new CorrettoFloor();
  }

  /** Self-tested when first asked for, and not for each verifier. */
  private static final class Tested {
    static final CryptoProvider CORRETTO =
        CryptoProvider.preferring(AmazonCorrettoCryptoProvider.INSTANCE);
  }
}
