package dev.occ.signer.nitro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.occ.signer.nitro.NsmException.Reason;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NsmTest {
  private static final byte[] DATA = {1, 2, 3};

  private final FakeNsm module = FakeNsm.measured();
  private final Nsm nsm = new Nsm(module);

  @Test
  void getRandom_always_givesTheModulesBytes() throws NsmException {
    assertThat(nsm.getRandom()).hasSize(256).isNotEqualTo(new byte[256]);
  }

  @Test
  void getRandom_always_wipesTheAnswerThatItTookThemFrom() throws NsmException {
    List<byte[]> answers = new ArrayList<>();
    module.answering(
        answer -> {
          answers.add(answer);
          return answer;
        });
    assertThat(nsm.getRandom()).isNotEqualTo(new byte[256]);
    assertThat(answers.get(0)).containsOnly(0);
  }

  @Test
  void describeNsm_always_givesAllMembers() throws NsmException {
    assertThat(nsm.describeNsm())
        .isEqualTo(new NsmDescription(1, 0, 0, "i-234-enc5678", 32, List.of(0), "SHA384"));
  }

  @Test
  void describePcr_anyIndex_givesItsStateAndAFreshArray() throws NsmException {
    NsmPcr pcr0 = nsm.describePcr(0);
    assertThat(pcr0.index()).isZero();
    assertThat(pcr0.locked()).isTrue();
    assertThat(pcr0.isAllZero()).isFalse();
    pcr0.value()[0] ^= 1;
    assertThat(pcr0.value()).isEqualTo(module.pcr(0));
    assertThat(pcr0.toHex()).isEqualTo(HexFormat.of().formatHex(module.pcr(0)));
    assertThat(pcr0.toString()).isEqualTo("PCR0 (locked) " + pcr0.toHex());
    NsmPcr pcr31 = nsm.describePcr(31);
    assertThat(pcr31.locked()).isFalse();
    assertThat(pcr31.isAllZero()).isTrue();
    assertThat(pcr31.toString()).isEqualTo("PCR31 " + "0".repeat(96));
  }

  @Test
  void extendPcr_unlocked_givesTheNewValue() throws NsmException {
    assertThat(nsm.extendPcr(16, DATA)).isEqualTo(module.pcr(16)).isNotEqualTo(new byte[48]);
  }

  @Test
  void lockPcr_twice_isReadOnlyIndex() throws NsmException {
    nsm.lockPcr(16);
    assertThat(nsm.describePcr(16).locked()).isTrue();
    assertReason(Reason.READ_ONLY_INDEX, () -> nsm.lockPcr(16));
    assertReason(Reason.READ_ONLY_INDEX, () -> nsm.extendPcr(16, DATA));
  }

  @Test
  void lockPcrs_range_locksThoseBelow() throws NsmException {
    nsm.lockPcrs(4);
    assertThat(nsm.describeNsm().lockedPcrs()).containsExactly(0, 1, 2, 3);
    nsm.lockPcrs(32);
    assertThat(nsm.describeNsm().lockedPcrs()).hasSize(32);
  }

  @Test
  void attestation_fields_reachTheModule() throws NsmException {
    NsmAttestationRequest request =
        NsmAttestationRequest.empty()
            .withUserData(DATA)
            .withNonce(new byte[] {4})
            .withPublicKey(new byte[1024]);
    Map<?, ?> payload = TestCbor.payloadOf(nsm.attestation(request));
    assertThat(payload.get("user_data")).isEqualTo(DATA);
    assertThat(payload.get("nonce")).isEqualTo(new byte[] {4});
    assertThat(payload.get("public_key")).isEqualTo(new byte[1024]);
  }

  @Test
  void attestationRequest_itsArrays_areItsOwn() throws NsmException {
    byte[] userData = DATA.clone();
    NsmAttestationRequest request = NsmAttestationRequest.empty().withUserData(userData);
    userData[0] = 9;
    assertThat(TestCbor.userDataOf(nsm.attestation(request))).contains(DATA);
  }

  @Test
  void attestationRequest_tooLong_isRefused() {
    NsmAttestationRequest empty = NsmAttestationRequest.empty();
    byte[] tooLong = new byte[NsmAttestationRequest.MAX_LENGTH + 1];
    assertThatThrownBy(() -> empty.withUserData(tooLong))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> empty.withNonce(tooLong)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> empty.withPublicKey(tooLong))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 32, Integer.MAX_VALUE})
  void calls_indexOutOfRange_areRefusedBeforeTheModuleIsAsked(int index) {
    assertThatThrownBy(() -> nsm.describePcr(index)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> nsm.extendPcr(index, DATA))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> nsm.lockPcr(index)).isInstanceOf(IllegalArgumentException.class);
    assertThat(module.calls()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 33})
  void lockPcrs_rangeOutOfRange_isRefused(int range) {
    assertThatThrownBy(() -> nsm.lockPcrs(range)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, Nsm.MAX_EXTEND_LENGTH + 1})
  void extendPcr_dataOutOfRange_isRefused(int length) {
    assertThatThrownBy(() -> nsm.extendPcr(16, new byte[length]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "InvalidArgument,INVALID_ARGUMENT",
    "InvalidIndex,INVALID_INDEX",
    "InvalidResponse,INVALID_RESPONSE",
    "ReadOnlyIndex,READ_ONLY_INDEX",
    "InvalidOperation,INVALID_OPERATION",
    "BufferTooSmall,BUFFER_TOO_SMALL",
    "InputTooLarge,INPUT_TOO_LARGE",
    "InternalError,INTERNAL_ERROR",
    "Overheated,UNKNOWN_NSM_ERROR",
    "invalidindex,UNKNOWN_NSM_ERROR",
  })
  void calls_moduleRefuses_giveItsCodeAsReason(String code, Reason reason) {
    module.answering(answer -> TestCbor.encode(Map.of("Error", code)));
    assertReason(reason, nsm::getRandom);
    assertReason(reason, nsm::describeNsm);
    assertReason(reason, () -> nsm.describePcr(0));
    assertReason(reason, () -> nsm.extendPcr(16, DATA));
    assertReason(reason, () -> nsm.lockPcr(16));
    assertReason(reason, () -> nsm.lockPcrs(1));
    assertReason(reason, () -> nsm.attestation(NsmAttestationRequest.empty()));
  }

  @Test
  void calls_afterClose_areClosed() {
    nsm.close();
    assertReason(Reason.CLOSED, nsm::getRandom);
    assertReason(Reason.CLOSED, () -> nsm.describePcr(0));
  }

  private static void assertReason(Reason reason, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(NsmException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }
}
