package dev.occ.proof;

import com.google.errorprone.annotations.CheckReturnValue;
import dev.occ.json.JsonArray;
import dev.occ.json.JsonException;
import dev.occ.json.JsonLimits;
import dev.occ.json.JsonObject;
import dev.occ.json.JsonValue;
import dev.occ.json.JsonView;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An OCC proof (spec 3): a typed view over the document that was read.
 *
 * <p>Reading checks structure, encodings and lengths, nothing else: a {@code Proof} may still be
 * forged, and only a verifier says whether it holds. What is signed and hashed comes from the
 * document itself, so members that this library does not know survive and count. Immutable.
 */
@CheckReturnValue
public final class Proof {
  private final JsonObject json;
  private final ProtocolName protocol;
  private final Bytes artifactDigest;
  private final Commit commit;
  private final Bytes publicKey;
  private final Bytes signature;
  private final Environment environment;
  private final Optional<SlotAllocation> slotAllocation;
  private final Optional<PolicyBinding> policy;
  private final Optional<Principal> principal;
  private final Optional<Attribution> attribution;
  private final Optional<Agency> agency;
  private final Optional<JsonObject> metadata;
  private final Optional<Bytes> declaredHash;

  private Proof(JsonView view) throws JsonException {
    json = view.object();
    protocol = view.text("version", Proof::protocolName);
    artifactDigest = readArtifact(view.view("artifact"));
    commit = Commit.read(view.view("commit"));
    JsonView signer = view.view("signer");
    publicKey = signer.text("publicKeyB64", Texts::publicKey);
    signature = signer.text("signatureB64", Texts::signature);
    environment = Environment.read(view.view("environment"));
    slotAllocation = optional(view, "slotAllocation", this::readSlot);
    policy = optional(view, "policy", PolicyBinding::read);
    principal = optional(view, "principal", Principal::read);
    attribution = optional(view, "attribution", Attribution::read);
    agency = optional(view, "agency", Agency::read);
    metadata = view.optionalView("metadata").map(JsonView::object);
    declaredHash = view.optionalText("proofHash", Texts::digest);
  }

  /**
   * Reads a proof with the limits of spec 1: 1 MiB, 64 levels.
   *
   * @param utf8 the whole document
   * @return the proof
   * @throws JsonException if it is not strict JSON or not of a proof's structure; the exception
   *     names the reason and the offending member's JSON pointer
   */
  public static Proof read(byte[] utf8) throws JsonException {
    return read(utf8, JsonLimits.DEFAULT);
  }

  /**
   * Reads a proof with other limits.
   *
   * @param utf8 the whole document
   * @param limits how large and how deep it may be
   * @return the proof
   * @throws JsonException as {@link #read(byte[])}
   */
  public static Proof read(byte[] utf8, JsonLimits limits) throws JsonException {
    return of(JsonValue.read(utf8, limits));
  }

  /**
   * Reads the proofs of an array, as servers answer a commit, or of a document that is one proof.
   *
   * @param utf8 the whole document, at most {@link JsonLimits#LARGEST_MAX_BYTES}
   * @return the proofs in order; none for an empty array
   * @throws JsonException as {@link #read(byte[])}; its pointer begins with the proof's index
   */
  public static List<Proof> readAll(byte[] utf8) throws JsonException {
    JsonLimits limits = JsonLimits.DEFAULT.withMaxBytes(JsonLimits.LARGEST_MAX_BYTES);
    JsonValue document = JsonValue.read(utf8, limits);
    if (!(document instanceof JsonArray array)) {
      return List.of(of(document));
    }
    List<Proof> proofs = new ArrayList<>(array.values().size());
    for (JsonView element : JsonView.ofEach(array)) {
      proofs.add(new Proof(element));
    }
    return List.copyOf(proofs);
  }

  /**
   * A proof from a value that was read already.
   *
   * @param json the proof
   * @return its typed form
   * @throws JsonException if it is not of a proof's structure
   */
  public static Proof of(JsonValue json) throws JsonException {
    return new Proof(JsonView.of(json));
  }

  /**
   * The proof as a compact document; reads back to an equal proof, with nothing lost.
   *
   * @return UTF-8, a fresh array
   */
  public byte[] toBytes() {
    return json.toBytes();
  }

  /**
   * The proof as an indented document, as files for people are written; nothing is lost. One that
   * indentation would make longer than a proof may be (1 MiB, spec 1) stays compact, so that it can
   * be read again.
   *
   * @return UTF-8, a fresh array
   */
  public byte[] toPrettyBytes() {
    byte[] pretty = json.toPrettyBytes();
    return pretty.length <= JsonLimits.DEFAULT.maxBytes() ? pretty : toBytes();
  }

  /**
   * The document.
   *
   * @return the whole tree as it was read
   */
  public JsonObject json() {
    return json;
  }

  /**
   * Under which name the proof's versions are written.
   *
   * @return the name
   */
  public ProtocolName protocol() {
    return protocol;
  }

  /**
   * The SHA-256 digest of the artifact.
   *
   * @return 32 bytes
   */
  public Bytes artifactDigest() {
    return artifactDigest;
  }

  /**
   * The slot that was consumed, and the place on the chain.
   *
   * @return the signed {@code commit}
   */
  public Commit commit() {
    return commit;
  }

  /**
   * The epoch's Ed25519 public key.
   *
   * @return 32 bytes
   */
  public Bytes publicKey() {
    return publicKey;
  }

  /**
   * The Ed25519 signature over {@link #signedBytes()}.
   *
   * @return 64 bytes
   */
  public Bytes signature() {
    return signature;
  }

  /**
   * Where the proof says it was made.
   *
   * @return tier, measurement and attestation
   */
  public Environment environment() {
    return environment;
  }

  /**
   * The slot record that was signed before the digest was known.
   *
   * @return the slot, absent in some historical proofs
   */
  public Optional<SlotAllocation> slotAllocation() {
    return slotAllocation;
  }

  /**
   * The policy document that the proof is bound to.
   *
   * @return the signed {@code policy}
   */
  public Optional<PolicyBinding> policy() {
    return policy;
  }

  /**
   * On whose behalf the proof was made.
   *
   * @return the signed {@code principal}
   */
  public Optional<Principal> principal() {
    return principal;
  }

  /**
   * What the maker says about the artifact.
   *
   * @return the signed {@code attribution}
   */
  public Optional<Attribution> attribution() {
    return attribution;
  }

  /**
   * Who authorized the commit.
   *
   * @return actor and authorization
   */
  public Optional<Agency> agency() {
    return agency;
  }

  /**
   * Advisory data that nobody signed.
   *
   * @return the {@code metadata} object
   */
  public Optional<JsonObject> metadata() {
    return metadata;
  }

  /**
   * The hash that the document states for itself. Not signed; compare it with {@link #proofHash()}.
   *
   * @return 32 bytes
   */
  public Optional<Bytes> declaredHash() {
    return declaredHash;
  }

  /**
   * The bytes that the signature covers: the canonical form of the signed body (spec 4).
   *
   * @return a fresh array
   */
  public byte[] signedBytes() {
    return SignedBody.of(json, true).encode();
  }

  /**
   * The proof's hash: SHA-256 of {@link #signedBytes()}, which the attestation's user data repeats.
   *
   * @return 32 bytes
   */
  public Bytes proofHash() {
    return Bytes.sha256(signedBytes());
  }

  /**
   * What the attestation's user data held in proofs before 2026-03-31: the hash of the signed body
   * without {@code attestationFormat} (spec 8).
   *
   * @return 32 bytes
   */
  public Bytes historicalUserData() {
    return Bytes.sha256(SignedBody.of(json, false).encode());
  }

  /**
   * What the next proof on the chain names as its predecessor: SHA-256 of the canonical form of the
   * proof as the enclave sealed it (spec 7). The members that an enclave seals are a closed list;
   * every other member of the document was added outside and does not count.
   *
   * @return 32 bytes
   */
  public Bytes sealedHash() {
    return SealedMembers.hash(json, Set.of());
  }

  /**
   * What {@link #sealedHash()} would be if the enclave had sealed some of the {@link
   * #unlistedMembers()} as well.
   *
   * @param members the names of those members; names that the document does not have change nothing
   * @return 32 bytes
   */
  public Bytes sealedHashWith(Set<String> members) {
    return SealedMembers.hash(json, members);
  }

  /**
   * The names of the top-level members that are neither sealed by an enclave nor known to be added
   * outside (spec 7), such as a note that an archive stores beside the proof.
   *
   * @return names in the document's order
   */
  public List<String> unlistedMembers() {
    return SealedMembers.unlisted(json);
  }

  /**
   * The members of this document that neither the proof's nor the slot's signature covers, so that
   * nobody takes them for proven. The signer's own members, the attestation report and the
   * authorization are not listed: they are checked in other ways.
   *
   * @return JSON pointers in the document's order
   */
  public List<String> unsignedMembers() {
    return SignedBody.unsignedMembers(json);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Proof proof && json.equals(proof.json);
  }

  @Override
  public int hashCode() {
    return json.hashCode();
  }

  /** Chain and counter, for logs and debuggers. */
  @Override
  public String toString() {
    return "Proof["
        + commit.chain()
        + " "
        + commit.counter().map(Counter::toString).orElse("without counter")
        + "]";
  }

  private static Bytes readArtifact(JsonView artifact) throws JsonException {
    Texts.requireEqual(
        artifact.text("hashAlg"),
        "sha256",
        JsonException.Reason.UNSUPPORTED_ALGORITHM,
        artifact.pointerTo("hashAlg"));
    return artifact.text("digestB64", Texts::digest);
  }

  private SlotAllocation readSlot(JsonView view) throws JsonException {
    SlotAllocation slot = SlotAllocation.read(view);
    // The slot carries the same name as its proof (spec 8).
    Texts.requireEqual(
        slot.version(),
        protocol.slotVersion(),
        JsonException.Reason.UNSUPPORTED_VERSION,
        view.pointerTo("version"));
    return slot;
  }

  private static ProtocolName protocolName(String version) throws JsonException {
    return ProtocolName.ofProofVersion(version)
        .orElseThrow(
            () ->
                new JsonException(
                    JsonException.Reason.UNSUPPORTED_VERSION, "", "is not a known version"));
  }

  private interface Part<T> {
    T read(JsonView view) throws JsonException;
  }

  private static <T> Optional<T> optional(JsonView view, String name, Part<T> part)
      throws JsonException {
    Optional<JsonView> member = view.optionalView(name);
    return member.isEmpty() ? Optional.empty() : Optional.of(part.read(member.get()));
  }
}
