package dev.occ.embedding.pkcs11;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.occ.signer.Signer;
import dev.occ.signer.SignerException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the signer makes of a module's failures, each to order. */
class Pkcs11FailureTest {
  private static final int PIN_LENGTH = 4;

  @TempDir private Path folder;
  private final FakeCryptoki module = new FakeCryptoki();
  private final ModuleRegistry registry = new ModuleRegistry(path -> module);
  private Path file = Path.of("");

  @BeforeEach
  void makeModuleFile() throws IOException {
    file = Files.createFile(folder.resolve("module.so"));
  }

  private Signer open(TokenChoice choice) throws SignerException {
    return Pkcs11Signer.open(
        new Pkcs11SignerOptions(file, choice, PinSource.ofText("4711"), false), registry);
  }

  private Signer open() throws SignerException {
    return open(new TokenChoice.Only());
  }

  @Test
  void open_always_wipesThePin() throws SignerException {
    open().close();
    assertThat(module.pinSeen).isEqualTo(new byte[PIN_LENGTH]);
    module.failures.put("C_Login", ReturnValues.CKR_PIN_INCORRECT);
    assertFails(this::open, SignerException.Reason.INVALID_CONFIGURATION);
    assertThat(module.pinSeen).hasSize(PIN_LENGTH).isEqualTo(new byte[PIN_LENGTH]);
  }

  @ParameterizedTest
  @CsvSource({
    "C_Initialize, 5, UNAVAILABLE",
    "C_Initialize, 10, UNAVAILABLE",
    "C_GetSlotList, 48, UNAVAILABLE",
    "C_GetMechanismInfo, 112, UNAVAILABLE",
    "C_OpenSession, 177, UNAVAILABLE",
    "C_Login, 160, INVALID_CONFIGURATION",
    "C_Login, 162, INVALID_CONFIGURATION",
    "C_Login, 164, UNAVAILABLE",
    "C_GenerateKeyPair, 112, UNAVAILABLE",
    "C_GenerateKeyPair, 320, UNAVAILABLE",
    "C_GetAttributeValue, 50, UNAVAILABLE",
    "C_GenerateRandom, 289, UNAVAILABLE",
    "C_Sign, 48, UNAVAILABLE",
  })
  void open_functionFails_isTypedAndLeavesNothingOpen(
      String function, long code, SignerException.Reason reason) throws SignerException {
    module.failures.put(function, code);
    assertFails(this::open, reason);
    assertThat(count("C_CloseSession")).isEqualTo(count("C_OpenSession", function));
    assertThat(count("C_Finalize")).isEqualTo(count("C_Initialize", function));
    module.failures.clear();
    open().close();
  }

  /** How often a function was called, not counting calls that failed. */
  private long count(String function, String failing) {
    return function.equals(failing) ? 0 : count(function);
  }

  private long count(String function) {
    return module.calls.stream().filter(function::equals).count();
  }

  @Test
  void open_alreadyLoggedIn_goesOn() throws SignerException {
    module.failures.put("C_Login", ReturnValues.CKR_USER_ALREADY_LOGGED_IN);
    try (Signer signer = open()) {
      assertThat(signer.sign(new byte[1])).hasSize(Signer.SIGNATURE_LENGTH);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void open_pointRawOrDer_isTheSameKey(boolean der) throws SignerException {
    module.derPoint = der;
    try (Signer signer = open()) {
      assertThat(signer.publicKey()).hasSize(Signer.PUBLIC_KEY_LENGTH);
    }
  }

  @Test
  void open_curveByNameOnly_isTriedSecond() throws SignerException {
    module.refuseOid = true;
    open().close();
    assertThat(count("C_GenerateKeyPair")).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({"0x103, 0", "0x162, 1", "0x163, 0", "0x1, 1"})
  void open_keyWithOtherProperties_isRefused(String type, byte value) {
    module.attributes.put(Long.decode(type), new byte[] {value});
    assertFails(this::open, SignerException.Reason.DEVICE_FAILURE);
    assertThat(module.calls).endsWith("C_CloseSession", "C_Finalize");
  }

  @Test
  void open_pointOfOtherLengthOrOtherKey_isRefused() {
    for (byte[] point : List.of(new byte[0], new byte[33], new byte[34], new byte[32])) {
      module.attributes.put(Ck.CKA_EC_POINT, point);
      assertThatThrownBy(this::open).isInstanceOf(SignerException.class);
    }
  }

  @Test
  void open_signatureOfOtherLength_isRefused() {
    module.signatureLength = 63;
    assertFails(this::open, SignerException.Reason.DEVICE_FAILURE);
  }

  @Test
  void open_tokenNotFit_isRefusedBeforeThePinIsTried() {
    long fit = module.tokens.get(0).flags();
    for (long flags :
        List.of(
            fit | Ck.CKF_USER_PIN_LOCKED,
            fit | Ck.CKF_USER_PIN_FINAL_TRY,
            fit & ~Ck.CKF_USER_PIN_INITIALIZED,
            fit & ~Ck.CKF_RNG,
            fit & ~Ck.CKF_TOKEN_INITIALIZED)) {
      module.tokens = List.of(new TokenInfo("fake", "m", "m", "1.0", flags));
      assertFails(this::open, SignerException.Reason.UNAVAILABLE);
    }
    assertThat(module.calls).doesNotContain("C_Login");
  }

  @Test
  void open_slotNotHardware_isUntrusted() {
    module.slotFlags = 0;
    assertFails(this::open, SignerException.Reason.UNTRUSTED_ENVIRONMENT);
    assertThat(module.calls).doesNotContain("C_Login");
  }

  @Test
  void open_severalTokens_needsAChoice() throws SignerException {
    TokenInfo one = module.tokens.get(0);
    module.tokens = List.of(one, new TokenInfo("b", "m", "m", "1.0", one.flags()));
    assertFails(this::open, SignerException.Reason.INVALID_CONFIGURATION);
    assertFails(
        () -> open(new TokenChoice.Labelled("c")).close(), SignerException.Reason.UNAVAILABLE);
    assertFails(() -> open(new TokenChoice.InSlot(1)).close(), SignerException.Reason.UNAVAILABLE);
    try (Signer signer = open(new TokenChoice.Labelled("b"))) {
      assertThat(signer.measurement()).isEqualTo("pkcs11:manufacturer=m;model=m;x-firmware=1.0");
    }
    try (Signer signer = open(new TokenChoice.InSlot(FakeCryptoki.SLOT))) {
      assertThat(signer.measurement())
          .isEqualTo("pkcs11:manufacturer=Maker%20%26%20S%C3%B6hne;model=M1;x-firmware=1.2");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0x30, DEVICE_FAILURE",
    "0x5, DEVICE_FAILURE",
    "0x70, DEVICE_FAILURE",
    "0x123456, DEVICE_FAILURE",
    "0x32, UNAVAILABLE",
    "0xE0, UNAVAILABLE",
    "0xB3, UNAVAILABLE",
    "0x60, UNAVAILABLE",
    "0x101, UNAVAILABLE",
  })
  void use_functionFails_isTyped(String code, SignerException.Reason reason)
      throws SignerException {
    try (Signer signer = open()) {
      module.failures.put("C_Sign", Long.decode(code));
      module.failures.put("C_GenerateRandom", Long.decode(code));
      assertFails(() -> signer.sign(new byte[1]), reason);
      assertFails(() -> signer.random(1), reason);
      module.failures.clear();
      assertThat(signer.sign(new byte[1])).hasSize(Signer.SIGNATURE_LENGTH);
      module.signatureLength = 65;
      assertFails(() -> signer.sign(new byte[1]), SignerException.Reason.DEVICE_FAILURE);
    }
  }

  @Test
  void close_everyStepFails_stillTriesEachOnce() throws SignerException {
    Signer signer = open();
    for (String function : List.of("C_DestroyObject", "C_CloseSession", "C_Finalize")) {
      module.failures.put(function, ReturnValues.CKR_DEVICE_REMOVED);
    }
    module.calls.clear();
    signer.close();
    signer.close();
    assertThat(module.calls)
        .containsExactly("C_DestroyObject", "C_DestroyObject", "C_CloseSession", "C_Finalize");
  }

  @Test
  void modules_twoSigners_initializeOnceAndFinalizeLast() throws SignerException {
    Signer first = open();
    Signer second = open();
    first.close();
    assertThat(module.calls).containsOnlyOnce("C_Initialize").doesNotContain("C_Finalize");
    second.close();
    assertThat(module.calls).endsWith("C_Finalize");
    open().close();
    assertThat(count("C_Initialize")).isEqualTo(2);
    assertThat(count("C_Finalize")).isEqualTo(2);
  }

  @Test
  void modules_initializedByOthers_areNotFinalized() throws SignerException {
    module.initializedByOthers = true;
    open().close();
    assertThat(module.calls).contains("C_Initialize").doesNotContain("C_Finalize");
  }

  @Test
  void pin_ofFile_losesOneLineEndOnly() throws Exception {
    Path pin = folder.resolve("pin");
    for (String text : List.of("12 34", "12 34\n", "12 34\r\n")) {
      Files.writeString(pin, text);
      try (Pin read = PinSource.ofFile(pin).read()) {
        assertThat(new String(read.bytes(), java.nio.charset.StandardCharsets.UTF_8))
            .isEqualTo("12 34");
        assertThat(read.toString()).isEqualTo("Pin");
      }
    }
    for (String text : List.of("", "\n", "x".repeat(256), "x".repeat(100_000))) {
      Files.writeString(pin, text);
      assertFails(() -> PinSource.ofFile(pin).read(), SignerException.Reason.INVALID_CONFIGURATION);
    }
    assertFails(
        () -> PinSource.ofFile(folder.resolve("none")).read(),
        SignerException.Reason.INVALID_CONFIGURATION);
  }

  @Test
  void options_unusable_areRefused() {
    Map<String, String> pin = Map.of("OCC_PKCS11_PIN", "1");
    Map<String, String> module = Map.of("module", "m.so");
    for (Map<String, String> options :
        List.<Map<String, String>>of(
            Map.of(),
            Map.of("module", ""),
            Map.of("module", "\0"),
            Map.of("module", "m.so", "pin", "1"),
            Map.of("module", "m.so", "slot", "0x1"),
            Map.of("module", "m.so", "slot", "1", "token", "t"),
            Map.of("module", "m.so", "allowSoftware", "yes"))) {
      assertFails(
          () -> Pkcs11SignerOptions.parse(options, pin),
          SignerException.Reason.INVALID_CONFIGURATION);
    }
    assertFails(
        () -> Pkcs11SignerOptions.parse(module, Map.of()),
        SignerException.Reason.INVALID_CONFIGURATION);
    assertFails(
        () ->
            Pkcs11SignerOptions.parse(
                module, Map.of("OCC_PKCS11_PIN", "1", "OCC_PKCS11_PIN_FILE", "f")),
        SignerException.Reason.INVALID_CONFIGURATION);
  }

  @Test
  void options_ofTheEnvironment_countWhereNoneIsGiven() throws SignerException {
    Map<String, String> environment =
        Map.of(
            "OCC_PKCS11_MODULE", "e.so",
            "OCC_PKCS11_TOKEN", "et",
            "OCC_PKCS11_PIN", "1");
    Pkcs11SignerOptions from = Pkcs11SignerOptions.parse(Map.of(), environment);
    assertThat(from.module()).isEqualTo(Path.of("e.so"));
    assertThat(from.token()).isEqualTo(new TokenChoice.Labelled("et"));
    assertThat(from.allowSoftware()).isFalse();
    Pkcs11SignerOptions given =
        Pkcs11SignerOptions.parse(Map.of("module", "o.so", "slot", "5"), environment);
    assertThat(given.module()).isEqualTo(Path.of("o.so"));
    assertThat(given.token()).isEqualTo(new TokenChoice.InSlot(5));
    assertThat(given.toString()).doesNotContain("pin=1");
  }

  private static void assertFails(ThrowingCallable call, SignerException.Reason reason) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            SignerException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }
}
