package dev.occ.verifier.timestamp;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimestampLibrariesTest {
  /** Knows everything but the classes of one package. */
  private static final class Without extends ClassLoader {
    private final String hidden;

    Without(String hidden) {
      super(Without.class.getClassLoader());
      this.hidden = hidden;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (name.startsWith(hidden)) {
        throw new ClassNotFoundException(name);
      }
      return super.loadClass(name, resolve);
    }
  }

  @Test
  void require_librariesPresent_returns() {
    assertThatCode(TimestampLibraries::require).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"org.bouncycastle.cms.", "org.bouncycastle.asn1.tsp."})
  void require_oneMissing_saysWhatToAdd(String hidden) {
    assertThatThrownBy(() -> TimestampLibraries.require(new Without(hidden)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("timestamps need org.bouncycastle:bcpkix-jdk18on on the class path");
  }
}
