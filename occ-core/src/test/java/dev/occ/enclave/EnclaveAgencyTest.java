package dev.occ.enclave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.occ.agency.Intent;
import dev.occ.enclave.Served.Transport;
import dev.occ.epoch.CommitRequest;
import dev.occ.epoch.IntentChallenge;
import dev.occ.epoch.Slot;
import dev.occ.json.JsonNumber;
import dev.occ.json.JsonObject;
import dev.occ.proof.Agency;
import dev.occ.proof.Bytes;
import dev.occ.proof.Principal;
import dev.occ.proof.Proof;
import dev.occ.signer.soft.AgencyDraft;
import dev.occ.signer.soft.AgencyFaults;
import dev.occ.signer.soft.AgencyFaults.AgencyFault;
import dev.occ.signer.soft.SoftAuthenticator;
import dev.occ.testing.Agencies;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Authorized commits from the client through a socket to the epoch and back. */
class EnclaveAgencyTest {
  private static final Bytes FIRST = Bytes.sha256(new byte[] {1});
  private static final Bytes SECOND = Bytes.sha256(new byte[] {2});

  private final SoftAuthenticator person = SoftAuthenticator.create();
  private Served served;
  private EnclaveClient client;

  @BeforeEach
  void open() throws Exception {
    served = Served.on(Transport.TCP);
    client = EnclaveClient.open(served.address());
  }

  @AfterEach
  void close() throws Exception {
    client.close();
    served.close();
  }

  private long now() {
    return Clock.systemUTC().millis(); // the server's clock is the system's, too
  }

  private AgencyDraft direct() throws EnclaveException {
    return person.direct(FIRST.toByteArray(), client.challenge().toByteArray(), now());
  }

  private AgencyDraft webAuthn() throws EnclaveException {
    return person.webAuthn(FIRST.toByteArray(), client.challenge().toByteArray(), now());
  }

  private static CommitRequest request(Slot slot, Bytes digest, AgencyDraft draft) {
    return CommitRequest.builder(slot.id(), digest).agency(Agencies.read(draft)).build();
  }

  private Proof commit(Bytes digest, AgencyDraft draft) throws EnclaveException {
    return client.commitDigest(request(client.allocateSlot(), digest, draft));
  }

  private void assertRefused(Slot slot, AgencyDraft draft, String code) {
    EnclaveException refusal =
        catchThrowableOfType(
            EnclaveException.class, () -> client.commitDigest(request(slot, FIRST, draft)));
    assertThat(refusal).as("must be refused").isNotNull();
    assertThat(refusal.code()).contains(code);
    assertThat(refusal.reason()).isEqualTo(EnclaveException.Reason.REFUSED);
    assertThat(refusal.mayHaveTakenEffect()).isFalse();
  }

  @Test
  void challenge_each_isOf32FreshBytes() throws Exception {
    Bytes challenge = client.challenge();
    assertThat(challenge.size()).isEqualTo(32);
    assertThat(client.challenge()).isNotEqualTo(challenge);
    JsonObject answer = served.ask("{'action':'challenge'}");
    assertThat(answer.members().keySet()).containsExactly("challenge");
    assertThat(Bytes.fromBase64(PlainPeer.text(answer, "challenge"), 32)).isNotEqualTo(challenge);
  }

  @Test
  void challenge_withIntent_commitsToIt() throws Exception {
    IntentChallenge challenge = client.challenge(SECOND);
    assertThat(Intent.challenge(challenge.nonce(), SECOND)).isEqualTo(challenge.challenge());
    JsonObject answer =
        served.ask("{'action':'challenge','intentHashB64':'" + SECOND.toBase64() + "'}");
    assertThat(answer.members().keySet()).containsExactly("challenge", "intentNonceB64");
    JsonObject refused = served.ask("{'action':'challenge','intentHashB64':'AQ=='}");
    assertThat(PlainPeer.text(refused, "code")).isEqualTo("invalid-length");
  }

  @Test
  void commitDigest_withIntent_isMadeForThatAndRefusedForAnythingElse() throws Exception {
    Agency actor = Agencies.read(person.webAuthn(FIRST.toByteArray(), new byte[32], now()));
    Intent intent = Intent.builder(client.key().epochId(), actor, FIRST).build();
    IntentChallenge challenge = client.challenge(intent.hash());
    AgencyDraft draft =
        person
            .webAuthn(FIRST.toByteArray(), challenge.challenge().toByteArray(), now())
            .intent(challenge.nonce().toByteArray());
    Slot other = client.allocateSlot("another chain");
    assertRefused(other, draft, "intent-mismatch");
    Slot slot = client.allocateSlot();
    CommitRequest more =
        CommitRequest.builder(slot.id(), FIRST)
            .principal(Principal.of("ceo"))
            .agency(Agencies.read(draft))
            .build();
    EnclaveException refusal =
        catchThrowableOfType(EnclaveException.class, () -> client.commitDigest(more));
    assertThat(refusal.code()).contains("intent-mismatch");
    Proof proof = client.commitDigest(request(slot, FIRST, draft));
    assertThat(Intent.of(proof)).contains(intent);
  }

  @Test
  void challenge_whenThereAreTooMany_isRefused() throws Exception {
    for (int i = 0; i < 500; i++) {
      assertThat(client.challenge()).isNotNull();
    }
    EnclaveException refusal =
        catchThrowableOfType(EnclaveException.class, () -> client.challenge());
    assertThat(refusal.code()).contains("too-many-challenges");
  }

  @Test
  void commitDigest_authorised_carriesTheAgency() throws Exception {
    for (AgencyDraft draft : List.of(direct(), webAuthn())) {
      Agency given = Agencies.read(draft);
      CommitRequest request =
          CommitRequest.builder(client.allocateSlot().id(), FIRST).agency(given).build();
      Proof proof = client.commitDigest(request);
      assertThat(proof.agency().map(Agency::json)).isEqualTo(Optional.of(given.json()));
    }
  }

  @Test
  void commitDigest_batch_isMadeOnce() throws Exception {
    byte[] challenge = client.challenge().toByteArray();
    List<byte[]> digests = List.of(FIRST.toByteArray(), SECOND.toByteArray());
    long time = now();
    AgencyDraft first = person.webAuthn(FIRST.toByteArray(), challenge, time).batch(0, digests);
    JsonObject agency = Agencies.read(first).json();
    JsonObject batch = (JsonObject) agency.get("batchContext").orElseThrow();
    JsonObject second = agency.with("batchContext", batch.with("batchIndex", JsonNumber.of(1)));
    CommitRequest.Builder one = CommitRequest.builder(client.allocateSlot().id(), FIRST);
    assertThat(client.commitDigest(one.agency(Agency.read(agency)).build())).isNotNull();
    CommitRequest.Builder two = CommitRequest.builder(client.allocateSlot().id(), SECOND);
    Proof proof = client.commitDigest(two.agency(Agency.read(second)).build());
    assertThat(proof.agency().orElseThrow().batch().orElseThrow().index()).isEqualTo(1);
  }

  @Test
  void commit_ofBytes_isAuthorisedByTheirDigest() throws Exception {
    String agency = direct().build();
    JsonObject answer =
        served.ask(
            "{'action':'commit','slotId':'"
                + served.newSlot()
                + "','bytesB64':'AQ==','agency':"
                + agency
                + "}");
    assertThat(Proof.of(answer.get("proof").orElseThrow()).agency()).isPresent();
  }

  static List<AgencyFault> faults() {
    // One of each code: the epoch's own test goes through all.
    return AgencyFaults.all().stream()
        .filter(fault -> !fault.code().equals("agency-challenge-invalid"))
        .collect(Collectors.toMap(AgencyFault::code, fault -> fault, (a, b) -> a, TreeMap::new))
        .values()
        .stream()
        .toList();
  }

  @ParameterizedTest
  @MethodSource("faults")
  void commitDigest_oneRuleBroken_hasItsCodeAndLeavesSlotAndChallenge(AgencyFault fault)
      throws Exception {
    Slot slot = client.allocateSlot();
    byte[] challenge = client.challenge().toByteArray();
    AgencyDraft broken = fault.in(person, FIRST.toByteArray(), challenge, now());
    assertRefused(slot, broken, fault.code());
    AgencyDraft right = person.direct(FIRST.toByteArray(), challenge, now());
    assertThat(client.commitDigest(request(slot, FIRST, right))).isNotNull();
  }

  @Test
  void commitDigest_challengeSpentOrForeign_isRefused() throws Exception {
    AgencyDraft spent = direct();
    assertThat(commit(FIRST, spent)).isNotNull();
    Slot slot = client.allocateSlot();
    assertRefused(slot, spent, "challenge-unknown");
    AgencyDraft foreign = person.direct(FIRST.toByteArray(), new byte[32], now());
    assertRefused(slot, foreign, "challenge-unknown");
    assertRefused(slot, direct().timestamp(now() - 3_600_000), "agency-timestamp");
  }
}
