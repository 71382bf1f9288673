package dev.occ.verifier.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import dev.occ.proof.Bytes;
import dev.occ.signer.soft.TestProvider;
import dev.occ.verifier.attestation.TestKey;
import java.security.Provider;
import java.security.Security;
import java.security.SignatureException;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.junit.jupiter.api.Test;

final class CryptoProviderTest {
  private static final byte[] MESSAGE = {1, 2, 3};
  private static final byte[] OTHER = {1, 2, 4};
  private static final TestKey P384 = TestKey.named("crypto");
  private static final Bytes POINT = Bytes.of(P384.point(false));
  private static final byte[] ES384 = P384.sign(MESSAGE);
  private static final Bytes ED25519_KEY = ed25519Key();
  private static final Bytes ED25519 = ed25519Signature();

  @Test
  void bouncyCastle_always_looksForNoOther() {
    CryptoProvider crypto = CryptoProvider.bouncyCastle();

    assertThat(crypto.name()).isEqualTo("BouncyCastle");
    assertThat(crypto.fallbackReason()).isEmpty();
    assertThat(crypto).hasToString("BouncyCastle");
    assertJudgesRight(crypto);
  }

  @Test
  void automatic_always_isCorrettoOrSaysWhyNot() {
    CryptoProvider crypto = CryptoProvider.automatic();

    if (crypto.fallbackReason().isEmpty()) {
      assertThat(crypto.name()).isEqualTo("AmazonCorrettoCryptoProvider");
    } else {
      assertThat(crypto.name()).isEqualTo("BouncyCastle");
      assertThat(crypto.fallbackReason().get()).startsWith("AmazonCorrettoCryptoProvider ");
    }
    assertThat(CryptoProvider.automatic()).isSameAs(crypto);
    assertThat(Security.getProvider("AmazonCorrettoCryptoProvider")).isNull();
    assertJudgesRight(crypto);
  }

  @Test
  void preferring_soundProvider_asksItAndNoOther() {
    TestProvider provider = new TestProvider();
    CryptoProvider crypto = CryptoProvider.preferring(provider);
    int before = provider.asked();

    assertThat(crypto.name()).isEqualTo("Test");
    assertThat(crypto.fallbackReason()).isEmpty();
    assertThat(crypto.ed25519Key(ED25519_KEY).orElseThrow().verifies(MESSAGE, ED25519)).isTrue();
    assertThat(provider.asked()).isEqualTo(before + 1);
    assertThat(crypto.es384Key(POINT).orElseThrow().verifies(MESSAGE, ES384)).isTrue();
    assertThat(provider.asked()).isEqualTo(before + 2);
    assertThat(Security.getProvider("Test")).isNull();
  }

  @Test
  void preferring_yesSayer_isNotTaken() {
    assertNotTaken(
        new TestProvider((algorithm, truth) -> true),
        "Test takes a bad signature of Ed25519 for good");
    assertNotTaken(
        new TestProvider((algorithm, truth) -> truth || !algorithm.equals("Ed25519")),
        "Test takes a bad signature of ES384 for good");
  }

  @Test
  void preferring_noSayer_isNotTaken() {
    assertNotTaken(
        new TestProvider((algorithm, truth) -> false), "Test refuses a good signature of Ed25519");
    assertNotTaken(
        new TestProvider((algorithm, truth) -> truth && algorithm.equals("Ed25519")),
        "Test refuses a good signature of ES384");
  }

  @Test
  void preferring_failingProvider_isNotTaken() {
    assertNotTaken(
        new TestProvider(CryptoProviderTest::fail), "Test refuses a good signature of Ed25519");
    assertNotTaken(
        new TestProvider(CryptoProviderTest::breakDown),
        "Test refuses a good signature of Ed25519");
    assertNotTaken(
        new TestProvider(CryptoProviderTest::missLibrary), "Test has no native code for Ed25519");
  }

  @Test
  void preferring_providerWithoutServices_isNotTaken() {
    assertNotTaken(
        new Provider("Empty", "1", "offers nothing") {
          private static final long serialVersionUID = 1L;
        },
        "Empty refuses a good signature of Ed25519");
    TestProvider noKeys = new TestProvider();
    noKeys.losesEcKeys();
    assertNotTaken(noKeys, "Test takes no key for ES384");
  }

  @Test
  void verifies_providerSaysNoLater_bouncyCastleDecides() {
    TestProvider provider = new TestProvider();
    CryptoProvider crypto = CryptoProvider.preferring(provider);
    assertThat(crypto.name()).isEqualTo("Test");

    provider.says((algorithm, truth) -> false);
    assertJudgesRight(crypto);
    provider.says(CryptoProviderTest::fail);
    assertJudgesRight(crypto);
    provider.says(CryptoProviderTest::breakDown);
    assertJudgesRight(crypto);
  }

  /** What our guards decide, no provider is asked. */
  @Test
  void verifies_malformedSignature_asksNobody() {
    TestProvider provider = new TestProvider();
    CryptoProvider crypto = CryptoProvider.preferring(provider);
    provider.says((algorithm, truth) -> true);
    int before = provider.asked();
    byte[] highS = ED25519.toByteArray();
    highS[63] |= (byte) 0xE0;
    byte[] highR = ED25519.toByteArray();
    Arrays.fill(highR, 0, 32, (byte) 0xFF);
    Ed25519PublicKey ed25519 = crypto.ed25519Key(ED25519_KEY).orElseThrow();

    assertThat(ed25519.verifies(MESSAGE, Bytes.of(highS))).isFalse();
    assertThat(ed25519.verifies(MESSAGE, Bytes.of(highR))).isFalse();
    assertThat(ed25519.verifies(MESSAGE, Bytes.of(new byte[63]))).isFalse();
    assertThat(crypto.es384Key(POINT).orElseThrow().verifies(MESSAGE, new byte[96])).isFalse();
    assertThat(crypto.es384Key(POINT).orElseThrow().verifies(MESSAGE, new byte[95])).isFalse();
    assertThat(provider.asked()).isEqualTo(before);
  }

  @Test
  void find_classMissing_saysSo() {
    assertFallback("dev.occ.Missing", "Missing is not on the path");
  }

  @Test
  void find_classOfAnotherShape_saysSo() {
    assertFallback(NoInstance.class.getName(), "cannot be used");
    assertFallback(HiddenInstance.class.getName(), "cannot be used");
    assertFallback(NoProvider.class.getName(), "is not a security provider");
  }

  @Test
  void find_classDoesNotLoad_saysSo() {
    assertFallback(NoLibrary.class.getName(), "no libtest in java.library.path");
    assertFallback(BadStart.class.getName(), "out of luck");
  }

  @Test
  void find_soundClass_isTaken() {
    CryptoProvider crypto =
        CorrettoFinder.find(Sound.class.getName(), CryptoProviderTest.class.getClassLoader());

    assertThat(crypto.name()).isEqualTo("Test");
    assertThat(crypto.fallbackReason()).isEmpty();
  }

  private static void assertFallback(String className, String reason) {
    CryptoProvider crypto =
        CorrettoFinder.find(className, CryptoProviderTest.class.getClassLoader());
    assertThat(crypto.name()).isEqualTo("BouncyCastle");
    assertThat(crypto.fallbackReason().orElseThrow()).contains(reason);
    assertThat(crypto.toString()).startsWith("BouncyCastle (").contains(reason);
    assertJudgesRight(crypto);
  }

  private static void assertNotTaken(Provider provider, String reason) {
    CryptoProvider crypto = CryptoProvider.preferring(provider);
    assertThat(crypto.name()).isEqualTo("BouncyCastle");
    assertThat(crypto.fallbackReason().orElseThrow()).startsWith(reason);
    assertJudgesRight(crypto);
  }

  private static void assertJudgesRight(CryptoProvider crypto) {
    Optional<Ed25519PublicKey> ed25519 = crypto.ed25519Key(ED25519_KEY);
    assertThat(ed25519.orElseThrow().verifies(MESSAGE, ED25519)).isTrue();
    assertThat(ed25519.orElseThrow().verifies(OTHER, ED25519)).isFalse();
    Optional<Es384Key> es384 = crypto.es384Key(POINT);
    assertThat(es384.orElseThrow().verifies(MESSAGE, ES384)).isTrue();
    assertThat(es384.orElseThrow().verifies(OTHER, ES384)).isFalse();
  }

  private static boolean fail(String algorithm, boolean truth) throws SignatureException {
    throw new SignatureException("fails");
  }

  private static boolean breakDown(String algorithm, boolean truth) {
    throw new IllegalStateException("breaks down");
  }

  private static boolean missLibrary(String algorithm, boolean truth) {
    throw new UnsatisfiedLinkError("no libtest");
  }

  private static Bytes ed25519Key() {
    byte[] key = new byte[32];
    Ed25519.generatePublicKey(new byte[32], 0, key, 0);
    return Bytes.of(key);
  }

  private static Bytes ed25519Signature() {
    byte[] signature = new byte[64];
    Ed25519.sign(new byte[32], 0, MESSAGE, 0, MESSAGE.length, signature, 0);
    return Bytes.of(signature);
  }

  /** As Corretto's class. */
  public static final class Sound {
    /** The provider. */
    public static final Provider INSTANCE = new TestProvider();
  }

  /** Without the field. */
  public static final class NoInstance {}

  /** With a field that is not public. */
  public static final class HiddenInstance {
    static final Provider INSTANCE = new TestProvider();
  }

  /** With something else in the field. */
  public static final class NoProvider {
    /** No provider. */
    public static final String INSTANCE = "text";
  }

  /** Its native code is for another machine. */
  public static final class NoLibrary {
    /** Never set. */
    public static final Object INSTANCE = load();

    private static Object load() {
      throw new UnsatisfiedLinkError("no libtest in java.library.path");
    }
  }

  /** Fails when it is initialised. */
  public static final class BadStart {
    /** Never set. */
    public static final Object INSTANCE = load();

    private static Object load() {
      throw new IllegalStateException("out of luck");
    }
  }
}
