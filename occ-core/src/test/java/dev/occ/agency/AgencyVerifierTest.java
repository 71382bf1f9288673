package dev.occ.agency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.occ.agency.AuthorizedActor.BatchPosition;
import dev.occ.agency.AuthorizedActor.Coverage;
import dev.occ.agency.AuthorizedActor.Method;
import dev.occ.json.JsonNumber;
import dev.occ.json.JsonObject;
import dev.occ.json.JsonString;
import dev.occ.proof.Agency;
import dev.occ.proof.Bytes;
import dev.occ.proof.ProtocolName;
import dev.occ.signer.soft.AgencyDraft;
import dev.occ.signer.soft.AgencyFaults;
import dev.occ.signer.soft.AgencyFaults.AgencyFault;
import dev.occ.signer.soft.SoftAuthenticator;
import dev.occ.signer.soft.TestProvider;
import dev.occ.testing.Agencies;
import dev.occ.testing.Json;
import java.nio.charset.StandardCharsets;
import java.security.Provider;
import java.security.SignatureException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AgencyVerifierTest {
  private static final long TIME = 1_774_114_252_845L;
  private static final byte[] DIGEST = {
    1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26,
    27, 28, 29, 30, 31, 32
  };
  // Base64 with both characters in which the URL alphabet differs.
  private static final byte[] CHALLENGE = filled(0xfb);
  private static final byte[] OTHER = filled(7);

  private final SoftAuthenticator authenticator = SoftAuthenticator.create();
  private final AgencyVerifier verifier = AgencyVerifier.create();

  private static byte[] filled(int value) {
    byte[] bytes = new byte[32];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }

  private AgencyDraft direct() {
    return authenticator.direct(DIGEST, CHALLENGE, TIME);
  }

  private AgencyDraft webAuthn() {
    return authenticator.webAuthn(DIGEST, CHALLENGE, TIME);
  }

  private AuthorizedActor verify(AgencyDraft draft) throws AgencyException {
    return verify(Agencies.read(draft), ProtocolName.OCC);
  }

  private AuthorizedActor verify(Agency agency, ProtocolName protocol) throws AgencyException {
    return verifier.verify(agency, Bytes.of(DIGEST), protocol);
  }

  @Test
  void verify_direct_saysWho() throws Exception {
    AuthorizedActor actor = verify(direct());
    assertThat(actor.method()).isEqualTo(Method.DIRECT);
    assertThat(actor.method().code()).isEqualTo("direct");
    assertThat(actor.keyId()).isEqualTo(authenticator.keyId());
    assertThat(actor.publicKey()).isEqualTo(Bytes.of(authenticator.publicKey()));
    assertThat(actor.provider()).isEqualTo("a provider");
    assertThat(actor.challenge()).isEqualTo(Bytes.of(CHALLENGE));
    assertThat(actor.timestamp()).isEqualTo(Instant.ofEpochMilli(TIME));
    assertThat(actor.webAuthn()).isEmpty();
    assertThat(actor.batch()).isEmpty();
  }

  @Test
  void verify_webAuthn_saysWhoAndWhere() throws Exception {
    AuthorizedActor actor = verify(webAuthn());
    assertThat(actor.method()).isEqualTo(Method.WEBAUTHN);
    assertThat(actor.method().code()).isEqualTo("webauthn");
    WebAuthnAssertion assertion = actor.webAuthn().orElseThrow();
    assertThat(assertion.origin()).isEqualTo(AgencyDraft.ORIGIN);
    assertThat(assertion.topOrigin()).isEmpty();
    assertThat(assertion.crossOrigin()).isFalse();
    assertThat(assertion.rpIdHash())
        .isEqualTo(Bytes.sha256("example.com".getBytes(StandardCharsets.UTF_8)));
    assertThat(assertion.signCount()).isEqualTo(7);
    assertThat(assertion.backupEligible()).isFalse();
    assertThat(assertion.backedUp()).isFalse();
  }

  @Test
  void verify_webAuthnInAFrame_saysSo() throws Exception {
    String json =
        "{ \"origin\":\"https://a.example.com:8443\", \"new\":{\"a\":[null]}, \"crossOrigin\":true,"
            + "\"topOrigin\":\"https://top\",\"challenge\":\"CHALLENGE\",\"type\":\"webauthn.get\"}";
    WebAuthnAssertion assertion =
        verify(webAuthn().clientData(json).flags(0x1d)).webAuthn().orElseThrow();
    assertThat(assertion.origin()).isEqualTo("https://a.example.com:8443");
    assertThat(assertion.topOrigin()).contains("https://top");
    assertThat(assertion.crossOrigin()).isTrue();
    assertThat(assertion.backupEligible()).isTrue();
    assertThat(assertion.backedUp()).isTrue();
  }

  @Test
  void verify_signCountOfAllBits_isUnsigned() throws Exception {
    byte[] data = new byte[37];
    Arrays.fill(data, (byte) 0xff);
    byte[] rpIdHash = Bytes.sha256("example.com".getBytes(StandardCharsets.UTF_8)).toByteArray();
    System.arraycopy(rpIdHash, 0, data, 0, 32);
    data[32] = 0x05;
    assertThat(verify(webAuthn().authenticatorData(data)).webAuthn().orElseThrow().signCount())
        .isEqualTo(0xffff_ffffL);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a0",
        "a1617801", // {"x": 1}
        "a16b686d61632d7365637265745820" // {"hmac-secret": 32 bytes}
            + "0000000000000000000000000000000000000000000000000000000000000000",
        "a2617820617964f09f9880", // a negative number and a text of four bytes
        "a16178818180", // arrays down to the allowed depth
        "a16178a2010203f5", // numbers as keys further in
        "a16178fb3ff0000000000000", // a float
        "a161781bffffffffffffffff", // 2^64 - 1
        "a161785900020102", // a length in two bytes
        "a161785800", // a length of zero in one
        "a161788101", // one array
        "a1617881818101", // a number, a text, bytes and true one level below the last container
        "a1617881818160",
        "a1617881818140",
        "a16178818181f5",
      })
  void verify_extensionOutputs_areStepped(String hex) throws Exception {
    assertThat(verify(webAuthn().extensions(hex)).webAuthn()).isPresent();
  }

  @Test
  void verify_authenticatorDataOfTheGreatestLength_isRead() throws Exception {
    // 37 bytes, and a map whose only value fills what is left of 4096
    String filled = "a16178590fd5" + "00".repeat(4053);
    assertThat(verify(webAuthn().extensions(filled)).webAuthn()).isPresent();
  }

  @Test
  void verify_protocolVersion_isSigned() throws Exception {
    assertThat(verify(direct().protocolVersion("1 \u00e9")).batch()).isEmpty();
    JsonObject signed = Agencies.read(direct().protocolVersion("1")).json();
    assertRefused(
        Json.without(signed, "/authorization/protocolVersion"), AgencyRejection.SIGNATURE_INVALID);
    assertRefused(
        Json.with(
            Agencies.read(direct()).json(), "/authorization/protocolVersion", new JsonString("1")),
        AgencyRejection.SIGNATURE_INVALID);
  }

  @Test
  void verify_unknownMembers_areNotPartOfTheSignature() throws Exception {
    JsonObject more =
        Json.with(Agencies.read(direct()).json(), "/authorization/x", JsonNumber.of(1));
    assertThat(verify(Agency.read(more), ProtocolName.OCC).keyId()).isNotEmpty();
  }

  @Test
  void verify_bitgraphPurpose_goesWithThatProtocolOnly() throws Exception {
    Agency agency = Agencies.read(direct().purpose("bitgraph/commit-authorize/v1"));
    assertThat(verify(agency, ProtocolName.BITGRAPH).keyId()).isEqualTo(authenticator.keyId());
    assertThat(verify(Agencies.read(direct()), ProtocolName.OCC).keyId()).isNotEmpty();
    AgencyException refusal =
        catchThrowableOfType(
            AgencyException.class, () -> verify(Agencies.read(direct()), ProtocolName.BITGRAPH));
    assertThat(refusal.reason()).isEqualTo(AgencyRejection.PURPOSE);
  }

  @Test
  void verify_placesOfABatch_hold() throws Exception {
    AgencyDraft first = direct().batch(0, List.of(DIGEST, OTHER));
    assertThat(verify(first).batch()).contains(new BatchPosition(0, 2));
    AgencyDraft second = webAuthn().batch(1, List.of(OTHER, DIGEST));
    assertThat(verify(second).batch()).contains(new BatchPosition(1, 2));
    AgencyDraft alone = direct().batch(0, List.of(DIGEST));
    assertThat(verify(alone).batch()).contains(new BatchPosition(0, 1));
  }

  @Test
  void verify_mirroredSignature_holdsToo() throws Exception {
    assertThat(verify(direct().signature(SoftAuthenticator::mirrored)).keyId())
        .isEqualTo(authenticator.keyId());
  }

  static List<AgencyFault> faults() {
    return AgencyFaults.all();
  }

  @ParameterizedTest
  @MethodSource("faults")
  void verify_oneRuleBroken_refusedForIt(AgencyFault fault) throws Exception {
    Agency broken = Agencies.read(fault.in(authenticator, DIGEST, CHALLENGE, TIME));
    AgencyException refusal =
        catchThrowableOfType(AgencyException.class, () -> verify(broken, ProtocolName.OCC));
    assertThat(refusal).as("must be refused").isNotNull();
    assertThat(refusal.reason().code()).as(refusal.getMessage()).isEqualTo(fault.code());
    assertThat(refusal).message().isNotEmpty();
  }

  /** An intent is about a proof's other members too, so that no fault of an agency alone is one. */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "INTENT_MISMATCH")
  void faults_everyReason_hasOne(AgencyRejection reason) {
    assertThat(faults()).anyMatch(fault -> fault.code().equals(reason.code()));
    assertThat(reason.code()).matches("agency(-[a-z]+)+");
    assertThat(reason.pointer()).matches("/(actor|authorization)/\\w+|/batchContext");
  }

  @Test
  void verify_coverage_isWhatTheSignatureCovers() throws Exception {
    assertThat(verify(direct()).coverage()).isEqualTo(Coverage.DIGEST);
    assertThat(verify(webAuthn()).coverage()).isEqualTo(Coverage.CHALLENGE);
    List<byte[]> batch = List.of(OTHER, DIGEST);
    assertThat(verify(direct().batch(1, batch)).coverage()).isEqualTo(Coverage.CHALLENGE);
    byte[] nonce = filled(9);
    assertThat(verify(webAuthn().intent(nonce)).coverage())
        .as("nothing was compared with the intent")
        .isEqualTo(Coverage.CHALLENGE);
  }

  @Test
  void verify_intent_isComparedWithTheChallenge() throws Exception {
    Bytes nonce = Bytes.of(filled(9));
    Intent intent = Intent.builder("epoch", Agencies.read(direct()), Bytes.of(DIGEST)).build();
    byte[] challenge = intent.challenge(nonce).toByteArray();
    for (AgencyDraft draft :
        List.of(
            authenticator.direct(DIGEST, challenge, TIME),
            authenticator.webAuthn(DIGEST, challenge, TIME))) {
      Agency without = Agencies.read(draft);
      assertIntentMismatch(without, intent);
      Agency with = Agencies.read(draft.intent(nonce.toByteArray()));
      assertThat(verifier.verify(with, Bytes.of(DIGEST), ProtocolName.OCC, intent).coverage())
          .isEqualTo(Coverage.EVERYTHING);
      Intent another = Intent.builder("another", Agencies.read(direct()), Bytes.of(DIGEST)).build();
      assertIntentMismatch(with, another);
    }
  }

  private void assertIntentMismatch(Agency agency, Intent intent) {
    AgencyException refusal =
        catchThrowableOfType(
            AgencyException.class,
            () -> verifier.verify(agency, Bytes.of(DIGEST), ProtocolName.OCC, intent));
    assertThat(refusal).as("must be refused").isNotNull();
    assertThat(refusal.reason()).isEqualTo(AgencyRejection.INTENT_MISMATCH);
  }

  private void assertRefused(JsonObject agency, AgencyRejection reason) throws Exception {
    Agency read = Agency.read(agency);
    AgencyException refusal =
        catchThrowableOfType(AgencyException.class, () -> verify(read, ProtocolName.OCC));
    assertThat(refusal).isNotNull();
    assertThat(refusal.reason()).isEqualTo(reason);
  }

  @Test
  void create_withAnotherProvider_usesIt() throws Exception {
    AgencyVerifier other = AgencyVerifier.create(new BouncyCastleProvider());
    assertThat(other.verify(Agencies.read(webAuthn()), Bytes.of(DIGEST), ProtocolName.OCC).keyId())
        .isEqualTo(authenticator.keyId());
  }

  /** Some providers throw where others say no. */
  @Test
  void verify_providerThrowsForASignature_isNoSignature() throws Exception {
    AgencyVerifier other =
        AgencyVerifier.create(
            new TestProvider(
                (algorithm, truth) -> {
                  throw new SignatureException("of no form that this provider knows");
                }));
    Agency agency = Agencies.read(webAuthn());
    AgencyException refusal =
        catchThrowableOfType(
            AgencyException.class, () -> other.verify(agency, Bytes.of(DIGEST), ProtocolName.OCC));
    assertThat(refusal).isNotNull();
    assertThat(refusal.reason()).isEqualTo(AgencyRejection.SIGNATURE_INVALID);
  }

  @Test
  void create_withAProviderWithoutCurves_isRefused() {
    Provider none = new Provider("none", "1", "has nothing") {};
    assertThatIllegalArgumentException().isThrownBy(() -> AgencyVerifier.create(none));
  }
}
