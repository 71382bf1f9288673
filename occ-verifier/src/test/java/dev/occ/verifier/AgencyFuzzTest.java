package dev.occ.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.occ.agency.AgencyException;
import dev.occ.agency.AgencyVerifier;
import dev.occ.agency.AuthorizedActor;
import dev.occ.json.JsonException;
import dev.occ.json.JsonObject;
import dev.occ.json.JsonString;
import dev.occ.json.JsonValue;
import dev.occ.proof.Agency;
import dev.occ.proof.Bytes;
import dev.occ.proof.ProtocolName;
import dev.occ.signer.soft.AgencyDraft;
import dev.occ.signer.soft.SoftAuthenticator;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Fuzzes the checks of authorizations with Jazzer. In the usual build each target runs once over
 * its seeds; {@link DocumentFuzzTest} says how to fuzz for real.
 */
final class AgencyFuzzTest {
  private static final AgencyVerifier VERIFIER = AgencyVerifier.create();
  private static final SoftAuthenticator PERSON = SoftAuthenticator.create();
  private static final byte[] DIGEST = Bytes.sha256(new byte[] {1}).toByteArray();
  private static final byte[] CHALLENGE = Bytes.sha256(new byte[] {2}).toByteArray();
  private static final JsonObject ASSERTION = Forge.json(passkey().build());

  /** Any bytes are refused with a reason, or are an authorization that the person gave. */
  @MethodSource("agencySeeds")
  @FuzzTest(maxDuration = "60s") // Jazzer wants it last
  void agency(byte[] input) {
    try {
      verify(JsonValue.read(input));
    } catch (JsonException e) {
      assertThat(e.reason()).isNotNull();
    }
  }

  /**
   * The same for what an authenticator and a browser say, around a genuine signature: a byte that
   * says how long the authenticator data is, the data, the client data.
   */
  @MethodSource("assertionSeeds")
  @FuzzTest(maxDuration = "60s") // Jazzer wants it last
  void assertion(byte[] input) throws JsonException {
    if (input.length == 0) {
      return;
    }
    int end = Math.min(1 + (input[0] & 0xff), input.length);
    Bytes data = Bytes.of(Arrays.copyOfRange(input, 1, end));
    String client = new String(input, end, input.length - end, StandardCharsets.UTF_8);
    if (data.size() > 0 && !client.isEmpty()) { // the reader of proofs has refused those before
      JsonObject changed =
          Forge.set(ASSERTION, Forge.text(data), "authorization", "authenticatorDataB64");
      verify(Forge.set(changed, new JsonString(client), "authorization", "clientDataJSON"));
    }
  }

  private static void verify(JsonValue json) throws JsonException {
    if (!(json instanceof JsonObject object)) {
      return;
    }
    try {
      AuthorizedActor actor =
          VERIFIER.verify(Agency.read(object), Bytes.of(DIGEST), ProtocolName.OCC);
      assertThat(actor.keyId()).isEqualTo(PERSON.keyId());
      assertThat(actor.challenge()).isEqualTo(Bytes.of(CHALLENGE));
      actor.webAuthn().ifPresent(a -> assertThat(a.origin()).isEqualTo(AgencyDraft.ORIGIN));
    } catch (AgencyException e) {
      assertThat(e.reason()).isNotNull();
    }
  }

  static Stream<byte[]> agencySeeds() {
    List<byte[]> digests = List.of(DIGEST, CHALLENGE);
    return Stream.of(
            direct(),
            direct().protocolVersion("1").batch(0, digests),
            passkey(),
            passkey().extensions("a16178a10102"),
            direct().batch(2, 7, digests))
        .map(draft -> draft.build().getBytes(StandardCharsets.UTF_8));
  }

  static Stream<byte[]> assertionSeeds() throws JsonException {
    Agency.WebAuthn genuine = Agency.read(ASSERTION).authorization().webAuthn().orElseThrow();
    byte[] client = genuine.clientDataJson().getBytes(StandardCharsets.UTF_8);
    byte[] data = genuine.authenticatorData().toByteArray();
    byte[] extended = Arrays.copyOf(data, 44);
    extended[32] |= (byte) 0x80;
    System.arraycopy(
        new byte[] {(byte) 0xa1, 0x61, 'x', (byte) 0x81, 0x41, 0, 0}, 0, extended, 37, 7);
    return Stream.of(seed(data, client), seed(extended, client), seed(data, new byte[] {'{', '}'}));
  }

  private static byte[] seed(byte[] data, byte[] client) {
    byte[] seed = new byte[1 + data.length + client.length];
    seed[0] = (byte) data.length;
    System.arraycopy(data, 0, seed, 1, data.length);
    System.arraycopy(client, 0, seed, 1 + data.length, client.length);
    return seed;
  }

  private static AgencyDraft direct() {
    return PERSON.direct(DIGEST, CHALLENGE, 1);
  }

  private static AgencyDraft passkey() {
    return PERSON.webAuthn(DIGEST, CHALLENGE, 1);
  }
}
