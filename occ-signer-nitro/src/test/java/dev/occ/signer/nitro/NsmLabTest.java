package dev.occ.signer.nitro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.occ.signer.nitro.NsmException.Reason;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Every call over the real driver, and every error that driver and module can be made to give. PCRs
 * from 16 on are changed here, one per test; PCR0 is extended and locked first.
 */
@RequiresNsm
class NsmLabTest {
  private static final int EMSGSIZE = 90;
  private static final byte[] DATA = "some data".getBytes(StandardCharsets.US_ASCII);

  private Nsm nsm;
  private NsmDevice device;

  @BeforeEach
  void openModule() throws NsmException {
    device = JnaNsmDevice.open(Nsm.DEFAULT_DEVICE);
    nsm = new Nsm(device);
    Lab.measure(nsm);
  }

  @AfterEach
  void closeModule() {
    nsm.close();
  }

  @Test
  void getRandom_always_gives256FreshBytes() throws NsmException {
    byte[] first = nsm.getRandom();
    assertThat(first).hasSize(Nsm.MAX_RANDOM_LENGTH);
    assertThat(nsm.getRandom()).isNotEqualTo(first);
  }

  @Test
  void describeNsm_always_namesTheModule() throws NsmException {
    NsmDescription description = nsm.describeNsm();
    assertThat(description.moduleId()).isNotEmpty();
    assertThat(description.maxPcrs()).isEqualTo(Nsm.PCR_COUNT);
    assertThat(description.digest()).isEqualTo("SHA384");
    assertThat(description.versionMajor()).isEqualTo(1);
    assertThat(description.lockedPcrs()).contains(0);
  }

  @Test
  void extendPcr_unlocked_hashesOldValueAndData() throws Exception {
    MessageDigest sha384 = MessageDigest.getInstance("SHA-384");
    sha384.update(nsm.describePcr(16).value());
    byte[] expected = sha384.digest(DATA);
    assertThat(nsm.extendPcr(16, DATA)).isEqualTo(expected);
    NsmPcr pcr = nsm.describePcr(16);
    assertThat(pcr.value()).isEqualTo(expected);
    assertThat(pcr.locked()).isFalse();
  }

  @Test
  void extendPcr_mostData_isTaken() throws NsmException {
    byte[] before = nsm.describePcr(17).value();
    assertThat(nsm.extendPcr(17, new byte[Nsm.MAX_EXTEND_LENGTH])).isNotEqualTo(before);
  }

  @Test
  void lockPcr_thenExtendOrLock_isReadOnly() throws NsmException {
    nsm.lockPcr(18);
    assertThat(nsm.describePcr(18).locked()).isTrue();
    assertThat(nsm.describeNsm().lockedPcrs()).contains(18).doesNotContain(19);
    assertReason(Reason.READ_ONLY_INDEX, () -> nsm.extendPcr(18, DATA));
    assertReason(Reason.READ_ONLY_INDEX, () -> nsm.lockPcr(18));
  }

  @Test
  void lockPcrs_range_locksExactlyThoseBelow() throws NsmException {
    nsm.lockPcrs(3);
    for (int index = 0; index < 3; index++) {
      assertThat(nsm.describePcr(index).locked()).isTrue();
    }
    assertThat(nsm.describePcr(3).locked()).isFalse();
  }

  @Test
  void attestation_allThreeFields_areInTheDocumentWithPcr0() throws NsmException {
    NsmAttestationRequest request =
        NsmAttestationRequest.empty()
            .withUserData(filled(1))
            .withNonce(filled(2))
            .withPublicKey(filled(3));
    Map<?, ?> payload = TestCbor.payloadOf(nsm.attestation(request));
    assertThat(payload.get("user_data")).isEqualTo(filled(1));
    assertThat(payload.get("nonce")).isEqualTo(filled(2));
    assertThat(payload.get("public_key")).isEqualTo(filled(3));
    assertThat(TestCbor.pcrsOf(payload).get(0)).isEqualTo(nsm.describePcr(0).value());
  }

  @Test
  void attestation_empty_hasNulls() throws NsmException {
    Map<?, ?> payload = TestCbor.payloadOf(nsm.attestation(NsmAttestationRequest.empty()));
    for (String name : List.of("user_data", "nonce", "public_key")) {
      assertThat(payload.containsKey(name)).isTrue();
      assertThat(payload.get(name)).isNull();
    }
  }

  @Test
  void exchange_indexBeyondThePcrs_isInvalidIndex() throws NsmException {
    byte[] answer = device.exchange(NsmRequests.describePcr(Nsm.PCR_COUNT));
    assertReason(Reason.INVALID_INDEX, () -> NsmResponses.describePcr(answer, Nsm.PCR_COUNT));
    byte[] range = device.exchange(NsmRequests.lockPcrs(Nsm.PCR_COUNT + 1));
    assertReason(Reason.INVALID_INDEX, () -> NsmResponses.acknowledgement(range, "LockPCRs"));
  }

  @Test
  void exchange_unknownCommand_isInvalidOperation() throws NsmException {
    byte[] answer = device.exchange(TestCbor.encode("MakeTea"));
    assertReason(Reason.INVALID_OPERATION, () -> NsmResponses.getRandom(answer));
  }

  @Test
  void exchange_notCbor_isInvalidOperation() throws NsmException {
    byte[] answer = device.exchange(new byte[] {(byte) 0xFF});
    assertReason(Reason.INVALID_OPERATION, () -> NsmResponses.describeNsm(answer));
  }

  @Test
  void exchange_longestRequest_passesTheDriver() throws NsmException {
    byte[] answer = device.exchange(TestCbor.encode(new byte[NsmDevice.MAX_REQUEST_LENGTH - 3]));
    assertReason(Reason.INVALID_OPERATION, () -> NsmResponses.getRandom(answer));
  }

  @Test
  void exchange_aByteTooLong_isTheDriversEmsgsize() throws NsmException {
    int length = NsmDevice.MAX_REQUEST_LENGTH + 1;
    try (JnaNsmDevice wide = JnaNsmDevice.open(Nsm.DEFAULT_DEVICE, length)) {
      assertThatThrownBy(() -> wide.exchange(new byte[length]))
          .isInstanceOfSatisfying(
              NsmException.class,
              e -> {
                assertThat(e.reason()).isEqualTo(Reason.MESSAGE_TOO_LARGE);
                assertThat(e.errno()).isEqualTo(OptionalInt.of(EMSGSIZE));
              });
    }
  }

  @Test
  void anyCall_afterClose_isClosed() {
    nsm.close();
    nsm.close();
    assertReason(Reason.CLOSED, nsm::getRandom);
    assertReason(Reason.CLOSED, () -> nsm.lockPcr(20));
  }

  @Test
  void use_byFourThreads_mixesUpNothing() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(4);
    try {
      List<Future<Set<String>>> results = new ArrayList<>();
      for (int thread = 0; thread < 4; thread++) {
        int number = thread;
        results.add(pool.submit(() -> callInTurns(number)));
      }
      Set<String> randoms = new HashSet<>();
      for (Future<Set<String>> result : results) {
        randoms.addAll(result.get(5, TimeUnit.MINUTES));
      }
      assertThat(randoms).hasSize(4 * 100);
    } finally {
      pool.shutdownNow();
    }
  }

  private Set<String> callInTurns(int thread) throws NsmException {
    Set<String> randoms = new HashSet<>();
    for (int i = 0; i < 100; i++) {
      randoms.add(HexFormat.of().formatHex(nsm.getRandom()));
      byte[] userData = {(byte) thread, (byte) i};
      byte[] document = nsm.attestation(NsmAttestationRequest.empty().withUserData(userData));
      assertThat(TestCbor.userDataOf(document)).contains(userData);
      assertThat(nsm.describePcr(0).locked()).isTrue();
    }
    return randoms;
  }

  @Test
  void calls_tenThousand_growNeitherDescriptorsNorMemory() throws Exception {
    callMany(2_000);
    // In this order: the first read of a file opens a socket pair that the JDK keeps.
    long resident = ProcessFacts.residentKiB();
    List<String> descriptors = ProcessFacts.openDescriptors();
    callMany(10_000);
    long growth = ProcessFacts.residentKiB() - resident;
    System.out.println("resident memory grew by " + growth + " KiB over 10 000 calls");
    assertThat(ProcessFacts.openDescriptors()).isEqualTo(descriptors);
    assertThat(growth).as("KiB; 1 KiB leaked per call would be 10 000").isLessThan(8 * 1024);
  }

  private void callMany(int calls) throws NsmException {
    NsmAttestationRequest request = NsmAttestationRequest.empty().withUserData(DATA);
    for (int i = 0; i < calls; i += 4) {
      assertThat(nsm.getRandom()).isNotEmpty();
      assertThat(nsm.describePcr(0).index()).isZero();
      assertThat(nsm.describeNsm().maxPcrs()).isEqualTo(Nsm.PCR_COUNT);
      assertThat(nsm.attestation(request)).isNotEmpty();
    }
  }

  @Test
  void openAndClose_manyTimes_leavesNoDescriptor() throws Exception {
    Nsm.open().close();
    int descriptors = ProcessFacts.descriptorsOf(Nsm.DEFAULT_DEVICE);
    for (int i = 0; i < 1_000; i++) {
      Nsm.open().close();
    }
    assertThat(ProcessFacts.descriptorsOf(Nsm.DEFAULT_DEVICE)).isEqualTo(descriptors);
  }

  private static byte[] filled(int value) {
    byte[] bytes = new byte[NsmAttestationRequest.MAX_LENGTH];
    java.util.Arrays.fill(bytes, (byte) value);
    return bytes;
  }

  private static void assertReason(Reason reason, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(NsmException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }
}
