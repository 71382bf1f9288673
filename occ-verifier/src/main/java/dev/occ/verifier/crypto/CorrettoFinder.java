package dev.occ.verifier.crypto;

import java.security.Provider;

/** Looks for Amazon Corretto Crypto Provider, which is no dependency of this library. */
final class CorrettoFinder {
  private static final String CLASS =
      "com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider";

  private CorrettoFinder() {}

  static CryptoProvider find() {
    return find(CLASS, CorrettoFinder.class.getClassLoader());
  }

  /** The provider that a class has in its field INSTANCE. */
  static CryptoProvider find(String className, ClassLoader loader) {
    String name = className.substring(className.lastIndexOf('.') + 1);
    try {
      Object instance = Class.forName(className, true, loader).getField("INSTANCE").get(null);
      return instance instanceof Provider provider
          ? CryptoProvider.preferring(provider)
          : CryptoProvider.instead(name + " is not a security provider");
    } catch (ClassNotFoundException e) {
      return CryptoProvider.instead(name + " is not on the path");
    } catch (ReflectiveOperationException | RuntimeException e) {
      return CryptoProvider.instead(name + " cannot be used: " + e);
    } catch (LinkageError e) {
      // Among them UnsatisfiedLinkError, NoClassDefFoundError and ExceptionInInitializerError.
      return CryptoProvider.instead(name + " cannot be loaded: " + root(e));
    }
  }

  private static Throwable root(Throwable failure) {
    Throwable cause = failure.getCause();
    return cause == null ? failure : cause;
  }
}
