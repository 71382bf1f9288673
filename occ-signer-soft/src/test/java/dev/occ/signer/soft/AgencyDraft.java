package dev.occ.signer.soft;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * An {@code agency} (spec 9) in the making: right unless a test changes something. What is changed
 * is signed as it then stands; only {@link #signature} changes something afterwards.
 */
public final class AgencyDraft {
  /** User present and verified. */
  public static final int PRESENT_AND_VERIFIED = 0x05;

  public static final String ORIGIN = "https://login.example.com";

  private final SoftAuthenticator authenticator;
  private final byte[] digest;
  private byte[] publicKey;
  private String keyId;
  private Optional<String> actorKeyId = Optional.empty();
  private String provider = "a provider";
  private String purpose = "occ/commit-authorize/v1";
  private String challenge;
  private byte[] challengeBytes;
  private long timestamp;
  private Optional<String> protocolVersion = Optional.empty();
  private boolean webAuthn;
  private Optional<String> clientData = Optional.empty();
  private String clientDataType = "webauthn.get";
  private Optional<byte[]> authenticatorData = Optional.empty();
  private int flags = PRESENT_AND_VERIFIED;
  private byte[] extensions = {};
  private UnaryOperator<byte[]> signature = bytes -> bytes;
  private Optional<String> batch = Optional.empty();
  private byte[] authorized;
  private Optional<String> intent = Optional.empty();
  private Optional<String> moreOfActor = Optional.empty();

  AgencyDraft(SoftAuthenticator authenticator, byte[] digest, byte[] challenge, long timestamp) {
    this.authenticator = authenticator;
    this.digest = digest;
    this.authorized = digest;
    this.publicKey = authenticator.publicKey();
    this.keyId = authenticator.keyId();
    this.challengeBytes = challenge;
    this.challenge = base64(challenge);
    this.timestamp = timestamp;
  }

  AgencyDraft webAuthn() {
    webAuthn = true;
    return this;
  }

  /** Another public key, with the id that belongs to it. */
  public AgencyDraft publicKey(byte[] spki) {
    publicKey = spki;
    keyId = HexFormat.of().formatHex(SoftAuthenticator.sha256(spki));
    return this;
  }

  /** Another key id, for the actor and the authorization. */
  public AgencyDraft keyId(String hex) {
    keyId = hex;
    return this;
  }

  /** Another key id for the authorization alone. */
  public AgencyDraft actorKeyId(String hex) {
    actorKeyId = Optional.of(hex);
    return this;
  }

  public AgencyDraft provider(String name) {
    provider = name;
    return this;
  }

  public AgencyDraft purpose(String text) {
    purpose = text;
    return this;
  }

  /** The digest that is authorized, instead of the artifact's. */
  public AgencyDraft artifactHash(byte[] other) {
    authorized = other;
    return this;
  }

  /** Other text for the challenge, in the authorization alone. */
  public AgencyDraft challengeText(String text) {
    challenge = text;
    return this;
  }

  /** Another challenge for the authenticator, not for the authorization around it. */
  public AgencyDraft assertedChallenge(byte[] other) {
    challengeBytes = other;
    return this;
  }

  public AgencyDraft timestamp(long millis) {
    timestamp = millis;
    return this;
  }

  public AgencyDraft protocolVersion(String text) {
    protocolVersion = Optional.of(text);
    return this;
  }

  public AgencyDraft clientDataType(String type) {
    clientDataType = type;
    return this;
  }

  /** The whole client data; CHALLENGE in it becomes the challenge as browsers write it. */
  public AgencyDraft clientData(String json) {
    clientData = Optional.of(json);
    return this;
  }

  public AgencyDraft flags(int bits) {
    flags = bits;
    return this;
  }

  /** What follows the signature counter, with the flag that says so. */
  public AgencyDraft extensions(String hex) {
    extensions = HexFormat.of().parseHex(hex);
    flags |= 0x80;
    return this;
  }

  public AgencyDraft authenticatorData(byte[] data) {
    authenticatorData = Optional.of(data);
    return this;
  }

  /** Changes the signature after it was made. */
  public AgencyDraft signature(UnaryOperator<byte[]> change) {
    signature = change;
    return this;
  }

  /** Authorizes a batch, of which the artifact has a place; signs for its first digest. */
  public AgencyDraft batch(int index, List<byte[]> digests) {
    authorized = digests.get(0);
    return batch(digests.size(), index, digests);
  }

  /** A batch that may contradict itself. */
  public AgencyDraft batch(long size, long index, List<byte[]> digests) {
    batch =
        Optional.of(
            ",\"batchContext\":{\"batchSize\":"
                + size
                + ",\"batchIndex\":"
                + index
                + ",\"batchDigests\":["
                + digests.stream().map(d -> quoted(base64(d))).collect(Collectors.joining(","))
                + "]}");
    return this;
  }

  /** Says that the challenge commits to an intent, with this nonce of the enclave's. */
  public AgencyDraft intent(byte[] nonce) {
    intent = Optional.of(",\"intent\":{\"nonceB64\":" + quoted(base64(nonce)) + "}");
    return this;
  }

  /** A member inside the actor that the specification does not name. */
  public AgencyDraft actorMember(String name, String text) {
    moreOfActor = Optional.of("," + quoted(name) + ":" + quoted(text));
    return this;
  }

  private String actor() {
    return "{\"keyId\":"
        + quoted(keyId)
        + ",\"publicKeyB64\":"
        + quoted(base64(publicKey))
        + ",\"algorithm\":\"ES256\",\"provider\":"
        + quoted(provider)
        + moreOfActor.orElse("")
        + "}";
  }

  /** The artifact's digest. */
  public byte[] digest() {
    return digest.clone();
  }

  /** The finished {@code agency}, as JSON. */
  public String build() {
    String actor = "\"actor\":" + actor();
    String members =
        webAuthn
            ? ",\"format\":\"webauthn\",\"authenticatorDataB64\":"
                + quoted(base64(data()))
                + ",\"clientDataJSON\":"
                + quoted(client())
            : "";
    byte[] signed = signature.apply(authenticator.sign(webAuthn ? assertion() : payload()));
    String authorization =
        ",\"authorization\":" + body() + members + ",\"signatureB64\":" + quoted(base64(signed));
    return "{" + actor + authorization + "}" + batch.orElse("") + intent.orElse("") + "}";
  }

  /** The authorization's own members, in any order but the canonical one. */
  private String body() {
    return "{\"purpose\":"
        + quoted(purpose)
        + ",\"timestamp\":"
        + timestamp
        + ",\"challenge\":"
        + quoted(challenge)
        + protocolVersion.map(v -> ",\"protocolVersion\":" + quoted(v)).orElse("")
        + ",\"actorKeyId\":"
        + quoted(actorKeyId.orElse(keyId))
        + ",\"artifactHash\":"
        + quoted(base64(authorized));
  }

  /** RFC 8785 by hand: the names sorted, no space. */
  private byte[] payload() {
    String json =
        "{\"actorKeyId\":"
            + quoted(actorKeyId.orElse(keyId))
            + ",\"artifactHash\":"
            + quoted(base64(authorized))
            + ",\"challenge\":"
            + quoted(challenge)
            + protocolVersion.map(v -> ",\"protocolVersion\":" + quoted(v)).orElse("")
            + ",\"purpose\":"
            + quoted(purpose)
            + ",\"timestamp\":"
            + timestamp
            + "}";
    return json.getBytes(StandardCharsets.UTF_8);
  }

  private byte[] assertion() {
    return joined(data(), SoftAuthenticator.sha256(client().getBytes(StandardCharsets.UTF_8)));
  }

  private String client() {
    String asserted = Base64.getUrlEncoder().withoutPadding().encodeToString(challengeBytes);
    return clientData
        .orElse(
            "{\"type\":"
                + quoted(clientDataType)
                + ",\"challenge\":\"CHALLENGE\",\"origin\":"
                + quoted(ORIGIN)
                + ",\"crossOrigin\":false}")
        .replace("CHALLENGE", asserted);
  }

  private byte[] data() {
    byte[] rpIdHash = SoftAuthenticator.sha256("example.com".getBytes(StandardCharsets.UTF_8));
    byte[] counter = {0, 0, 0, 7};
    return authenticatorData.orElseGet(
        () -> joined(rpIdHash, new byte[] {(byte) flags}, counter, extensions));
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      joined.writeBytes(part);
    }
    return joined.toByteArray();
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static String quoted(String text) {
    return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }
}
