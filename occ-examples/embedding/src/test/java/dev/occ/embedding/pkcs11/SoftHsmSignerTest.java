package dev.occ.embedding.pkcs11;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.occ.signer.EnforcementTier;
import dev.occ.signer.Signer;
import dev.occ.signer.SignerException;
import dev.occ.signer.SignerProvider;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Beyond the contract, what only a real module shows. */
class SoftHsmSignerTest {
  private static final String LABEL = "occ-softhsm";

  @TempDir private Path folder;

  @BeforeAll
  static void makeToken() throws IOException, InterruptedException {
    SoftHsm.token(LABEL);
  }

  private static Signer open() throws SignerException {
    return SoftHsm.provider().open(SoftHsm.options(LABEL));
  }

  @Test
  void provider_byName_isInstalled() throws SignerException {
    assertThat(SignerProvider.named("pkcs11")).isInstanceOf(Pkcs11SignerProvider.class);
  }

  @Test
  void open_softHsm_saysHardwareKeyAndWhichToken() throws SignerException {
    try (Signer signer = open()) {
      assertThat(signer.enforcement()).isEqualTo(EnforcementTier.HW_KEY);
      assertThat(signer.measurement())
          .startsWith("pkcs11:manufacturer=SoftHSM%20project;model=SoftHSM%20v2;x-firmware=2.");
      assertThat(signer.toString()).isEqualTo("Pkcs11Signer");
    }
  }

  @Test
  void open_softwareTokenNotAllowed_isUntrusted() {
    Map<String, String> options = new HashMap<>(SoftHsm.options(LABEL));
    options.remove(Pkcs11SignerOptions.ALLOW_SOFTWARE);
    assertRefused(
        SoftHsm.provider(), options, SignerException.Reason.UNTRUSTED_ENVIRONMENT, "allowSoftware");
  }

  @Test
  void open_pinFromFile_opens() throws Exception {
    Path file = Files.writeString(folder.resolve("pin"), SoftHsm.PIN + "\r\n");
    Map<String, String> options = new HashMap<>(SoftHsm.options(LABEL));
    options.put(Pkcs11SignerOptions.PIN_FILE, file.toString());
    try (Signer signer = new Pkcs11SignerProvider(Map.of()).open(options)) {
      assertThat(signer.sign(new byte[] {1})).hasSize(Signer.SIGNATURE_LENGTH);
    }
  }

  @Test
  void open_wrongPin_isRefusedWithoutShowingIt() throws Exception {
    String label = "occ-wrong-pin";
    SoftHsm.token(label);
    Pkcs11SignerProvider wrong =
        new Pkcs11SignerProvider(Map.of(Pkcs11SignerOptions.PIN_VARIABLE, "wrong-pin-0815"));
    assertThatThrownBy(() -> wrong.open(SoftHsm.options(label)))
        .isInstanceOfSatisfying(
            SignerException.class,
            e -> {
              assertThat(e.reason()).isEqualTo(SignerException.Reason.INVALID_CONFIGURATION);
              assertThat(e).hasMessageContaining("CKR_PIN_INCORRECT");
              assertThat(e).hasStackTraceContaining("C_Login");
              assertThat(e.toString() + e.getCause()).doesNotContain("0815");
            });
    try (Signer signer = SoftHsm.provider().open(SoftHsm.options(label))) {
      assertThat(signer.publicKey()).as("the failure left nothing behind").isNotEmpty();
    }
  }

  @Test
  void open_missingModule_namesIt() {
    Map<String, String> options = new HashMap<>(SoftHsm.options(LABEL));
    options.put(Pkcs11SignerOptions.MODULE, folder.resolve("none.so").toString());
    assertRefused(
        SoftHsm.provider(), options, SignerException.Reason.INVALID_CONFIGURATION, "none.so");
  }

  @Test
  void open_fileThatIsNoModule_isUnavailable() throws IOException {
    Path file = Files.writeString(folder.resolve("text.so"), "no library");
    Map<String, String> options = new HashMap<>(SoftHsm.options(LABEL));
    options.put(Pkcs11SignerOptions.MODULE, file.toString());
    assertRefused(SoftHsm.provider(), options, SignerException.Reason.UNAVAILABLE, "text.so");
  }

  @Test
  void open_libraryWithoutTheFunctions_isUnavailable() {
    Path library = Path.of("/lib/x86_64-linux-gnu/libm.so.6");
    assumeTrue(Files.exists(library), "there is no " + library + " here");
    Map<String, String> options = new HashMap<>(SoftHsm.options(LABEL));
    options.put(Pkcs11SignerOptions.MODULE, library.toString());
    assertRefused(SoftHsm.provider(), options, SignerException.Reason.UNAVAILABLE, "libm");
  }

  @Test
  void open_tokenRemoved_namesThoseThereAre() throws Exception {
    String label = "occ-removed";
    SoftHsm.token(label);
    try (Signer signer = SoftHsm.provider().open(SoftHsm.options(label))) {
      assertThat(signer.publicKey()).isNotEmpty();
    }
    SoftHsm.remove(label);
    assertRefused(
        SoftHsm.provider(),
        SoftHsm.options(label),
        SignerException.Reason.UNAVAILABLE,
        "no such token; it has [");
  }

  @Test
  void open_twoSigners_liveAndEndIndependently() throws Exception {
    Signer first = open();
    Signer second = open();
    assertThat(first.publicKey()).isNotEqualTo(second.publicKey());
    first.close();
    assertThat(second.sign(new byte[] {1})).hasSize(Signer.SIGNATURE_LENGTH);
    second.close();
  }

  @Test
  void sign_moduleFinalizedByOthers_saysThatTheKeyIsGone() throws Exception {
    try (Signer signer = open()) {
      Cryptoki stranger = JnaCryptoki.load(SoftHsm.module().toRealPath());
      stranger.finish();
      assertThatThrownBy(() -> signer.sign(new byte[] {1}))
          .isInstanceOfSatisfying(
              SignerException.class,
              e -> {
                assertThat(e.reason()).isEqualTo(SignerException.Reason.UNAVAILABLE);
                assertThat(e).hasMessageContaining("CKR_CRYPTOKI_NOT_INITIALIZED");
              });
    }
  }

  @Test
  void key_ofSoftHsm_cannotLeaveAndIsNotStored() throws Exception {
    Cryptoki cryptoki = JnaCryptoki.load(SoftHsm.module().toRealPath());
    assertThat(cryptoki.initialize()).isTrue();
    long session = cryptoki.openSession(Token.find(cryptoki, optionsWithPin()).slot());
    cryptoki.login(session, SoftHsm.PIN.getBytes(StandardCharsets.UTF_8));
    TokenKey key = TokenKey.generate(cryptoki, session);
    assertThat(key.sign(new byte[0])).hasSize(Signer.SIGNATURE_LENGTH);
    assertThatThrownBy(() -> cryptoki.attribute(session, key.privateHandle(), 0x11))
        .as("CKA_VALUE")
        .isInstanceOfSatisfying(CryptokiException.class, e -> assertThat(e.code()).hasValue(0x11));
    key.destroy();
    assertThatThrownBy(() -> key.sign(new byte[0]))
        .isInstanceOfSatisfying(
            CryptokiException.class,
            e -> assertThat(e.reason()).isEqualTo(CryptokiException.Reason.GONE));
    cryptoki.closeSession(session);
    cryptoki.finish();
  }

  @Test
  void sign_wrongMechanism_isTheModulesRefusal() throws Exception {
    Cryptoki cryptoki = JnaCryptoki.load(SoftHsm.module().toRealPath());
    assertThat(cryptoki.initialize()).isTrue();
    long session = cryptoki.openSession(Token.find(cryptoki, optionsWithPin()).slot());
    cryptoki.login(session, SoftHsm.PIN.getBytes(StandardCharsets.UTF_8));
    TokenKey key = TokenKey.generate(cryptoki, session);
    assertThatThrownBy(() -> cryptoki.sign(session, 0xDEAD, key.privateHandle(), new byte[1]))
        .isInstanceOfSatisfying(
            CryptokiException.class,
            e -> assertThat(e.reason()).isEqualTo(CryptokiException.Reason.UNKNOWN_MECHANISM));
    cryptoki.closeSession(session);
    cryptoki.finish();
  }

  private static Pkcs11SignerOptions optionsWithPin() throws SignerException {
    return Pkcs11SignerOptions.parse(
        SoftHsm.options(LABEL), Map.of(Pkcs11SignerOptions.PIN_VARIABLE, SoftHsm.PIN));
  }

  private static void assertRefused(
      SignerProvider provider,
      Map<String, String> options,
      SignerException.Reason reason,
      String text) {
    assertThatThrownBy(() -> provider.open(options))
        .hasMessageContaining(text)
        .isInstanceOfSatisfying(
            SignerException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }
}
