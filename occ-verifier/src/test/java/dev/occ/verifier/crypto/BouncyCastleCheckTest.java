package dev.occ.verifier.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BouncyCastleCheckTest {
  private static final String PACKAGE = "dev.occ.verifier.crypto.";

  @Test
  void requireUsable_bouncyCastleOfThisBuild_passes() {
    assertThatCode(BouncyCastleCheck::requireUsable).doesNotThrowAnyException();
  }

  /** As an older BouncyCastle in front, which lacks a nested class that is needed. */
  @Test
  void create_classOfBouncyCastleMissing_typedExceptionThatNamesTheFile() {
    assertThatThrownBy(() -> create(name -> name.endsWith("rfc8032.Ed25519$PublicPoint")))
        .satisfies(
            e -> assertThat(e.getClass().getSimpleName()).isEqualTo("UnusableCryptoException"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("BouncyCastle comes first on the path")
        .hasMessageContaining("bcprov")
        .hasMessageContaining("org.bouncycastle:bcprov-jdk18on");
  }

  @Test
  void create_noBouncyCastle_typedExceptionThatSaysSo() {
    assertThatThrownBy(() -> create(name -> name.startsWith("org.bouncycastle.")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("No BouncyCastle provider is on the path");
  }

  @ParameterizedTest
  @CsvSource({
    "file:/lib/bc-fips-2.0.0.jar, bc-fips is on the path",
    "file:/lib/bcprov-jdk15to18-1.70.jar, for old Java versions",
    "file:/lib/bcprov-jdk14-1.70.jar, for old Java versions",
    "file:/lib/bcprov-jdk18on-1.71.jar, Another or older BouncyCastle"
  })
  void conflict_fileOnThePath_likelyCauseAndFileNamed(String file, String cause) {
    assertThat(BouncyCastleCheck.conflict(Optional.of(file), getClass().getClassLoader()))
        .contains(cause)
        .contains(file);
  }

  /** Asks this package, loaded afresh where some classes are missing, for a provider. */
  private static void create(Predicate<String> missing) throws Throwable {
    ClassLoader loader = new Lacking(missing);
    try {
      Object unused =
          loader.loadClass(PACKAGE + "CryptoProvider").getMethod("bouncyCastle").invoke(null);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  /** Loads this package and BouncyCastle itself, all else by its parent. */
  private static final class Lacking extends ClassLoader {
    private final Predicate<String> missing;

    Lacking(Predicate<String> missing) {
      super(BouncyCastleCheckTest.class.getClassLoader());
      this.missing = missing;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (missing.test(name)) {
        throw new ClassNotFoundException(name);
      }
      if (!name.startsWith(PACKAGE) && !name.startsWith("org.bouncycastle.")) {
        return super.loadClass(name, resolve);
      }
      synchronized (getClassLoadingLock(name)) {
        Class<?> loaded = findLoadedClass(name);
        return loaded == null ? define(name) : loaded;
      }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
      String file = name.replace('.', '/') + ".class";
      try (InputStream in = getParent().getResourceAsStream(file)) {
        if (in == null) {
          throw new ClassNotFoundException(name);
        }
        byte[] code = in.readAllBytes();
        return defineClass(
            name, code, 0, code.length, getParent().loadClass(name).getProtectionDomain());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
