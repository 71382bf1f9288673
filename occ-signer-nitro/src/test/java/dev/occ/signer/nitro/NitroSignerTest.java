package dev.occ.signer.nitro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.occ.signer.EnforcementTier;
import dev.occ.signer.Signer;
import dev.occ.signer.SignerException;
import dev.occ.signer.SignerException.Reason;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class NitroSignerTest {
  private static final byte[] USER_DATA = new byte[32];

  private static NitroSigner open(FakeNsm module, boolean allowDebug) throws SignerException {
    return NitroSigner.open(new Nsm(module), allowDebug, new SecureRandom());
  }

  @Test
  void open_measuredEnclave_describesItself() throws SignerException {
    FakeNsm module = FakeNsm.measured();
    try (NitroSigner signer = open(module, false)) {
      assertThat(signer.enforcement()).isEqualTo(EnforcementTier.MEASURED_TEE);
      assertThat(signer.attestationFormat()).contains("aws-nitro");
      assertThat(signer.measurement()).isEqualTo(HexFormat.of().formatHex(module.pcr(0)));
      assertThat(signer.measurement()).hasSize(96);
      assertThat(signer.toString()).contains(signer.measurement());
    }
  }

  @Test
  void open_debugEnclave_isRefusedAndTheModuleClosed() {
    FakeNsm module = new FakeNsm().lock(0);
    assertReason(Reason.UNTRUSTED_ENVIRONMENT, () -> open(module, false).close());
    assertThat(module.closeCalls()).isEqualTo(1);
    assertThat(module.calls()).doesNotContain("GetRandom");
  }

  @Test
  void open_zeroPcr0WithOthersMeasured_isRefused() {
    FakeNsm module = new FakeNsm().lock(0).extend(1, USER_DATA);
    assertReason(Reason.UNTRUSTED_ENVIRONMENT, () -> open(module, false).close());
  }

  @Test
  void open_unlockedPcr0_isRefused() {
    FakeNsm module = new FakeNsm().extend(0, USER_DATA);
    assertReason(Reason.UNTRUSTED_ENVIRONMENT, () -> open(module, false).close());
  }

  @Test
  void open_debugEnclaveAllowed_signsAndAttestsZeros() throws SignerException {
    try (NitroSigner signer = open(new FakeNsm().lock(0), true)) {
      assertThat(signer.measurement()).isEqualTo("0".repeat(96));
      assertThat(signer.attest(USER_DATA)).isNotEmpty();
    }
  }

  @Test
  void open_moduleFails_isADeviceFailureWithTheCause() {
    FakeNsm module =
        FakeNsm.measured().answering(a -> TestCbor.encode(Map.of("Error", "InternalError")));
    assertThatThrownBy(() -> open(module, false).close())
        .isInstanceOfSatisfying(
            SignerException.class,
            e -> {
              assertThat(e.reason()).isEqualTo(Reason.DEVICE_FAILURE);
              assertThat(e.getCause())
                  .isInstanceOfSatisfying(
                      NsmException.class,
                      cause ->
                          assertThat(cause.reason()).isEqualTo(NsmException.Reason.INTERNAL_ERROR));
            });
    assertThat(module.closeCalls()).isEqualTo(1);
  }

  @Test
  void open_pcr0OfAnotherDigest_isADeviceFailure() {
    Map<String, Object> sha512 = Map.of("data", filled(64), "lock", true);
    FakeNsm module =
        FakeNsm.measured().answering(a -> TestCbor.encode(Map.of("DescribePCR", sha512)));
    assertReason(Reason.DEVICE_FAILURE, () -> open(module, false).close());
  }

  @Test
  void open_noDevice_isUnavailable() {
    NitroSignerOptions options =
        NitroSignerOptions.defaults().withDevice(Path.of("/dev/no-such-nsm"));
    assertReason(Reason.UNAVAILABLE, () -> NitroSigner.open(options).close());
  }

  @Test
  void open_sameModuleEntropyTwice_makesDifferentKeys() throws SignerException {
    try (NitroSigner one = NitroSigner.open(new Nsm(fixedRandom()), false, new SecureRandom());
        NitroSigner two = NitroSigner.open(new Nsm(fixedRandom()), false, new SecureRandom())) {
      assertThat(one.publicKey()).isNotEqualTo(two.publicKey());
    }
  }

  @Test
  void open_samePlatformEntropyTwice_makesDifferentKeys() throws SignerException {
    try (NitroSigner one = NitroSigner.open(new Nsm(FakeNsm.measured()), false, fixedPlatform());
        NitroSigner two = NitroSigner.open(new Nsm(FakeNsm.measured()), false, fixedPlatform())) {
      assertThat(one.publicKey()).isNotEqualTo(two.publicKey());
    }
  }

  @Test
  void open_bothEntropiesTheSame_makesTheSameKey() throws SignerException {
    try (NitroSigner one = NitroSigner.open(new Nsm(fixedRandom()), false, fixedPlatform());
        NitroSigner two = NitroSigner.open(new Nsm(fixedRandom()), false, fixedPlatform())) {
      assertThat(one.publicKey()).as("nothing else enters the key").isEqualTo(two.publicKey());
    }
  }

  private static byte[] filled(int length) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) 7);
    return bytes;
  }

  private static FakeNsm fixedRandom() {
    byte[] random = filled(Nsm.MAX_RANDOM_LENGTH);
    byte[] answer = TestCbor.encode(Map.of("GetRandom", Map.of("random", random)));
    return FakeNsm.measured().answering(a -> a.length == answer.length ? answer : a);
  }

  private static SecureRandom fixedPlatform() {
    return new SecureRandom() {
      private static final long serialVersionUID = 1L;

      @Override
      public void nextBytes(byte[] bytes) {
        Arrays.fill(bytes, (byte) 9);
      }
    };
  }

  @Test
  void random_moduleGivesFewBytes_takesMoreCalls() throws SignerException {
    FakeNsm module = FakeNsm.measured();
    try (NitroSigner signer = open(module, false)) {
      int before = Collections.frequency(module.calls(), "GetRandom");
      assertThat(signer.random(1024)).hasSize(1024);
      assertThat(Collections.frequency(module.calls(), "GetRandom")).isEqualTo(before + 4);
      module.givingRandom(3);
      assertThat(signer.random(32)).hasSize(32).isNotEqualTo(new byte[32]);
      assertThat(Collections.frequency(module.calls(), "GetRandom")).isEqualTo(before + 4 + 11);
    }
  }

  @Test
  void random_moduleGivesNothing_isADeviceFailure() throws SignerException {
    FakeNsm module = FakeNsm.measured();
    try (NitroSigner signer = open(module, false)) {
      module.givingRandom(0);
      assertReason(Reason.DEVICE_FAILURE, () -> signer.random(32));
    }
  }

  @Test
  void attest_otherUserData_isInvalid() throws SignerException {
    assertRefused(payload -> with(payload, "user_data", new byte[] {1}));
  }

  @Test
  void attest_noUserData_isInvalid() throws SignerException {
    assertRefused(payload -> with(payload, "user_data", null));
    assertRefused(payload -> without(payload, "user_data"));
  }

  @Test
  void attest_otherPcr0_isInvalid() throws SignerException {
    assertRefused(payload -> with(payload, "pcrs", Map.of(0, new byte[48])));
  }

  @Test
  void attest_noPcr0_isInvalid() throws SignerException {
    assertRefused(payload -> with(payload, "pcrs", Map.of(1, new byte[48])));
    assertRefused(payload -> without(payload, "pcrs"));
  }

  @Test
  void attest_notADocument_isInvalid() throws SignerException {
    FakeNsm module = FakeNsm.measured();
    try (NitroSigner signer = open(module, false)) {
      module.withEnvelope(envelope -> List.of("not", "a", "document"));
      assertReason(Reason.ATTESTATION_INVALID, () -> signer.attest(USER_DATA));
    }
  }

  @Test
  void attest_theCallersArrayChangesMeanwhile_bindsWhatWasAskedFor() throws SignerException {
    FakeNsm module = FakeNsm.measured();
    byte[] userData = {1, 2, 3};
    try (NitroSigner signer = open(module, false)) {
      module.answering(
          answer -> {
            userData[0] = 9;
            return answer;
          });
      byte[] document = signer.attest(userData);
      assertThat(TestCbor.userDataOf(document)).contains(new byte[] {1, 2, 3});
    }
  }

  @Test
  void attest_mostUserData_isBound() throws SignerException {
    try (NitroSigner signer = open(FakeNsm.measured(), false)) {
      byte[] most = filled(Signer.MAX_USER_DATA_LENGTH);
      assertThat(TestCbor.userDataOf(signer.attest(most))).contains(most);
    }
  }

  @Test
  void close_twice_closesTheModule() throws SignerException {
    FakeNsm module = FakeNsm.measured();
    NitroSigner signer = open(module, false);
    signer.close();
    signer.close();
    assertThat(module.closeCalls()).isGreaterThan(0);
    assertReason(Reason.CLOSED, () -> signer.random(1));
  }

  private static void assertRefused(UnaryOperator<Map<Object, Object>> change)
      throws SignerException {
    FakeNsm module = FakeNsm.measured();
    try (NitroSigner signer = open(module, false)) {
      assertThat(signer.attest(USER_DATA)).as("sound before the change").isNotEmpty();
      module.withPayload(change);
      assertReason(Reason.ATTESTATION_INVALID, () -> signer.attest(USER_DATA));
    }
  }

  @SuppressWarnings("NullAway") // CBOR's null is a Java null in these maps
  private static Map<Object, Object> with(
      Map<Object, Object> payload, String name, @org.jspecify.annotations.Nullable Object value) {
    payload.put(name, value);
    return payload;
  }

  private static Map<Object, Object> without(Map<Object, Object> payload, String name) {
    payload.remove(name);
    return payload;
  }

  private static void assertReason(Reason reason, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            SignerException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }
}
