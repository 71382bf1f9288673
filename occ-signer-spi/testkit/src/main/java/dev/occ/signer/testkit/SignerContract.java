package dev.occ.signer.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.occ.signer.Signer;
import dev.occ.signer.SignerException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The contract of {@link Signer} as tests. An implementer extends this class in a test of their
 * own, gives a fresh signer from {@link #open()}, and the whole contract is checked. Signatures are
 * checked with the JDK's own Ed25519, so that no code of the implementation vouches for itself.
 */
public abstract class SignerContract {
  private static final int THREADS = 4;
  private static final int CALLS_PER_THREAD = 50;
  private static final byte[] MESSAGE = "occ signer contract".getBytes(StandardCharsets.UTF_8);
  private static final byte[] X509_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

  private Signer signer;

  /** For subclasses. */
  protected SignerContract() {}

  /**
   * A new, open signer with a key of its own. It is closed after each test.
   *
   * @return the signer to test
   * @throws SignerException if it cannot be opened
   */
  protected abstract Signer open() throws SignerException;

  /**
   * The user data that a report of this signer binds, for implementations that attest.
   *
   * @param report what {@link Signer#attest} returned
   * @return the bytes bound; empty only if reports of this kind cannot be read, in which case the
   *     binding is not tested
   */
  protected Optional<byte[]> userDataOf(byte[] report) {
    return Optional.empty();
  }

  @BeforeEach
  void openSigner() throws SignerException {
    signer = open();
  }

  @AfterEach
  void closeSigner() {
    signer.close();
  }

  @Test
  void publicKey_always_isStableAnd32Bytes() {
    byte[] first = signer.publicKey();
    assertThat(first).hasSize(Signer.PUBLIC_KEY_LENGTH);
    byte[] expected = first.clone();
    first[0] ^= 1;
    assertThat(signer.publicKey()).as("the caller's copy is its own").isEqualTo(expected);
  }

  @Test
  void open_twice_makesDifferentKeys() throws SignerException {
    try (Signer other = open()) {
      assertThat(other.publicKey()).isNotEqualTo(signer.publicKey());
    }
  }

  @Test
  void description_always_isCompleteAndStable() {
    assertThat(signer.enforcement()).isNotNull().isEqualTo(signer.enforcement());
    assertThat(signer.measurement()).isNotEmpty().isEqualTo(signer.measurement());
    assertThat(signer.attestationFormat()).isEqualTo(signer.attestationFormat());
    assertThat(signer.attestationFormat().orElse("some")).isNotEmpty();
  }

  @Test
  void sign_messagesOfManyLengths_giveSignaturesThatVerify() throws Exception {
    for (int length : new int[] {0, 1, 31, 32, 33, 127, 128, 1000, 65_537}) {
      byte[] message = new byte[length];
      for (int i = 0; i < length; i++) {
        message[i] = (byte) i;
      }
      byte[] signature = signer.sign(message);
      assertThat(signature).hasSize(Signer.SIGNATURE_LENGTH);
      assertThat(verifies(signer.publicKey(), message, signature)).isTrue();
    }
  }

  @Test
  void sign_otherMessage_doesNotVerify() throws Exception {
    byte[] signature = signer.sign(MESSAGE);
    assertThat(verifies(signer.publicKey(), new byte[MESSAGE.length], signature)).isFalse();
  }

  @Test
  void sign_sameMessage_isDeterministicAndFresh() throws SignerException {
    byte[] first = signer.sign(MESSAGE);
    byte[] expected = first.clone();
    first[0] ^= 1;
    assertThat(signer.sign(MESSAGE)).isEqualTo(expected);
  }

  @Test
  void sign_always_leavesTheMessageAlone() throws SignerException {
    byte[] message = MESSAGE.clone();
    assertThat(signer.sign(message)).isNotEmpty();
    assertThat(message).isEqualTo(MESSAGE);
  }

  @Test
  @SuppressWarnings("NullAway") // passing null is the point
  void arguments_outsideTheContract_areRefused() {
    assertThatThrownBy(() -> signer.sign(null)).isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> signer.random(0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> signer.random(-1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> signer.random(Signer.MAX_RANDOM_LENGTH + 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void random_manyCalls_neverRepeats() throws SignerException {
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < 200; i++) {
      assertThat(seen.add(HexFormat.of().formatHex(signer.random(32)))).isTrue();
    }
  }

  @Test
  void random_anyLength_givesThatLength() throws SignerException {
    for (int length : new int[] {1, 16, 32, 255, 256, 257, Signer.MAX_RANDOM_LENGTH}) {
      assertThat(signer.random(length)).hasSize(length);
    }
    assertThat(signer.random(256)).as("not all zero").isNotEqualTo(new byte[256]);
  }

  @Test
  void attest_whenSupported_bindsTheUserData() throws SignerException {
    byte[] userData = signer.random(32);
    if (signer.attestationFormat().isEmpty()) {
      assertThatThrownBy(() -> signer.attest(userData))
          .isInstanceOfSatisfying(
              SignerException.class,
              e ->
                  assertThat(e.reason()).isEqualTo(SignerException.Reason.ATTESTATION_UNSUPPORTED));
      return;
    }
    byte[] report = signer.attest(userData);
    assertThat(report).isNotEmpty();
    userDataOf(report).ifPresent(bound -> assertThat(bound).isEqualTo(userData));
    byte[] other = signer.random(32);
    userDataOf(signer.attest(other)).ifPresent(bound -> assertThat(bound).isEqualTo(other));
  }

  @Test
  @SuppressWarnings("NullAway") // passing null is the point
  void attest_userDataOutsideTheContract_isRefused() {
    if (signer.attestationFormat().isEmpty()) {
      return; // attest_whenSupported_bindsTheUserData covers signers without attestation
    }
    assertThatThrownBy(() -> signer.attest(null)).isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> signer.attest(new byte[0]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> signer.attest(new byte[Signer.MAX_USER_DATA_LENGTH + 1]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void close_twice_isHarmlessAndOperationsFailClosed() {
    byte[] publicKey = signer.publicKey();
    signer.close();
    signer.close();
    assertClosed(() -> signer.sign(MESSAGE));
    assertClosed(() -> signer.random(32));
    if (signer.attestationFormat().isPresent()) {
      assertClosed(() -> signer.attest(MESSAGE));
    }
    assertThat(signer.publicKey()).as("what is public stays readable").isEqualTo(publicKey);
    assertThat(signer.measurement()).isNotEmpty();
    assertThat(signer.enforcement()).isNotNull();
  }

  @Test
  void toString_always_isShort() {
    assertThat(signer.toString()).hasSizeLessThan(200);
  }

  @Test
  void use_byManyThreads_givesValidSignaturesAndDistinctRandom() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<List<String>>> results = new ArrayList<>();
      for (int t = 0; t < THREADS; t++) {
        int thread = t;
        results.add(pool.submit(() -> signAndDraw(thread)));
      }
      Set<String> randoms = new HashSet<>();
      for (Future<List<String>> result : results) {
        randoms.addAll(result.get(2, TimeUnit.MINUTES));
      }
      assertThat(randoms).hasSize(THREADS * CALLS_PER_THREAD);
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void close_whileOthersSign_givesSignaturesOrClosed() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<Void>> results = new ArrayList<>();
      for (int t = 0; t < THREADS; t++) {
        results.add(pool.submit(this::signUntilClosed));
      }
      signer.close();
      for (Future<Void> result : results) {
        assertThat(result.get(2, TimeUnit.MINUTES)).isNull();
      }
    } finally {
      pool.shutdownNow();
    }
  }

  private Void signUntilClosed() throws Exception {
    byte[] publicKey = signer.publicKey();
    while (true) {
      byte[] signature;
      try {
        signature = signer.sign(MESSAGE);
      } catch (SignerException e) {
        assertThat(e.reason()).isEqualTo(SignerException.Reason.CLOSED);
        return null;
      }
      assertThat(verifies(publicKey, MESSAGE, signature))
          .as("a signature made while closing is a good one")
          .isTrue();
    }
  }

  private List<String> signAndDraw(int thread) throws Exception {
    List<String> randoms = new ArrayList<>();
    for (int i = 0; i < CALLS_PER_THREAD; i++) {
      byte[] message = (thread + ":" + i).getBytes(StandardCharsets.UTF_8);
      assertThat(verifies(signer.publicKey(), message, signer.sign(message))).isTrue();
      randoms.add(HexFormat.of().formatHex(signer.random(32)));
    }
    return randoms;
  }

  private static void assertClosed(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            SignerException.class,
            e -> assertThat(e.reason()).isEqualTo(SignerException.Reason.CLOSED));
  }

  private static boolean verifies(byte[] publicKey, byte[] message, byte[] signature)
      throws GeneralSecurityException {
    byte[] spki = new byte[X509_PREFIX.length + publicKey.length];
    System.arraycopy(X509_PREFIX, 0, spki, 0, X509_PREFIX.length);
    System.arraycopy(publicKey, 0, spki, X509_PREFIX.length, publicKey.length);
    PublicKey key = KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(spki));
    Signature verifier = Signature.getInstance("Ed25519");
    verifier.initVerify(key);
    verifier.update(message);
    return verifier.verify(signature);
  }
}
