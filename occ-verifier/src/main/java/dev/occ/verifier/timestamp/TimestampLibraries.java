package dev.occ.verifier.timestamp;

/**
 * The libraries that only timestamps need, which an application that verifies none leaves out:
 * BouncyCastle's CMS, in {@code bcpkix} and {@code bcutil}. They are optional for Maven, and {@code
 * requires static} for modules.
 */
final class TimestampLibraries {
  /** One class of each. */
  private static final String[] NEEDED = {
    "org.bouncycastle.cms.CMSSignedData", "org.bouncycastle.asn1.tsp.TSTInfo"
  };

  private TimestampLibraries() {}

  /**
   * Returns if they are there.
   *
   * @throws IllegalStateException if one is missing
   */
  static void require() {
    require(TimestampLibraries.class.getClassLoader());
  }

  static void require(ClassLoader loader) {
    for (String name : NEEDED) {
      try {
        Class<?> unused = Class.forName(name, false, loader);
      } catch (ClassNotFoundException | LinkageError e) {
        throw new IllegalStateException(
            "timestamps need org.bouncycastle:bcpkix-jdk18on on the class path, or the module"
                + " org.bouncycastle.pkix; see docs/timestamps.md",
            e);
      }
    }
  }
}
