package dev.occ.verifier.crypto;

import java.security.CodeSource;
import java.util.Locale;
import java.util.Optional;

/**
 * Finds out whether the BouncyCastle on the path is one that this library can compute with, before
 * the first proof needs it. Several artifacts carry classes of the same names: of two on one path
 * the first wins, class by class, and a missing method shows only when it is called.
 */
final class BouncyCastleCheck {
  private static final String PROBE = "org.bouncycastle.math.ec.rfc8032.Ed25519";
  private static final String FIPS = "org.bouncycastle.jcajce.provider.BouncyCastleFipsProvider";
  private static final String NEEDED = "org.bouncycastle:bcprov-jdk18on";

  private BouncyCastleCheck() {}

  /**
   * Returns if BouncyCastle gives every known answer.
   *
   * @throws UnusableCryptoException if it does not, or cannot be linked
   */
  static void requireUsable() {
    if (Result.FAILURE.isPresent()) {
      Throwable cause = Result.FAILURE.get();
      throw new UnusableCryptoException(message(cause), cause);
    }
  }

  private static Optional<Throwable> failure() {
    try {
      return KnownAnswers.failureOfBouncyCastle().map(IllegalStateException::new);
    } catch (LinkageError | RuntimeException e) {
      // Among them NoSuchMethodError, NoClassDefFoundError and ExceptionInInitializerError.
      return Optional.of(e);
    }
  }

  private static String message(Throwable cause) {
    return "BouncyCastle cannot be used: "
        + cause
        + ". "
        + conflict(place(), BouncyCastleCheck.class.getClassLoader())
        + "; this library needs "
        + NEEDED
        + ", see docs/embedding.md";
  }

  /** What probably stands in the way. */
  static String conflict(Optional<String> place, ClassLoader loader) {
    if (place.isEmpty()) {
      return "No BouncyCastle provider is on the path";
    }
    String file = place.get();
    String name = file.substring(file.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
    if (name.startsWith("bc-fips") || isThere(FIPS, loader)) {
      return "bc-fips is on the path, whose classes have the same names (" + file + ")";
    }
    if (name.contains("jdk15") || name.contains("jdk14")) {
      return "A BouncyCastle for old Java versions comes first on the path (" + file + ")";
    }
    return "Another or older BouncyCastle comes first on the path (" + file + ")";
  }

  /** The location at the head of its text: this module names no class that could connect. */
  private static String place(CodeSource source) {
    String text = source.toString();
    int end = text.indexOf(' ');
    return end < 1 ? text : text.substring(1, end);
  }

  /** Where the classes come from; empty if they are nowhere. */
  private static Optional<String> place() {
    try {
      Class<?> probe = Class.forName(PROBE, false, BouncyCastleCheck.class.getClassLoader());
      CodeSource source = probe.getProtectionDomain().getCodeSource();
      return Optional.of(source == null ? "unknown place" : place(source));
    } catch (ClassNotFoundException | LinkageError e) {
      return isThere("org.bouncycastle.LICENSE", BouncyCastleCheck.class.getClassLoader())
          ? Optional.of("without " + PROBE)
          : Optional.empty();
    }
  }

  private static boolean isThere(String className, ClassLoader loader) {
    try {
      return Class.forName(className, false, loader) != null;
    } catch (ClassNotFoundException | LinkageError e) {
      return false;
    }
  }

  /** Made when first asked for. */
  private static final class Result {
    static final Optional<Throwable> FAILURE = failure();
  }
}
