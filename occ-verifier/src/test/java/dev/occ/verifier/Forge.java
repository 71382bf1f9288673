package dev.occ.verifier;

import dev.occ.epoch.CommitRequest;
import dev.occ.epoch.Epoch;
import dev.occ.epoch.EpochException;
import dev.occ.epoch.EpochOptions;
import dev.occ.json.JsonException;
import dev.occ.json.JsonObject;
import dev.occ.json.JsonString;
import dev.occ.json.JsonValue;
import dev.occ.proof.Agency;
import dev.occ.proof.Attribution;
import dev.occ.proof.Bytes;
import dev.occ.proof.PolicyBinding;
import dev.occ.proof.Principal;
import dev.occ.proof.Proof;
import dev.occ.proof.ProofDraft;
import dev.occ.proof.SlotAllocation;
import dev.occ.signer.SignerException;
import dev.occ.signer.soft.AgencyDraft;
import dev.occ.signer.soft.AttestationDocumentBuilder;
import dev.occ.signer.soft.AttestationFaults;
import dev.occ.signer.soft.SeededSoftSigner;
import dev.occ.signer.soft.SoftAttestationAuthority;
import dev.occ.signer.soft.SoftSigner;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Makes good proofs as a service does, and signs changed ones again as only the key's holder can,
 * so that a test breaks one rule and nothing else.
 */
public final class Forge implements AutoCloseable {
  static final byte[] ARTIFACT = "an artifact".getBytes(StandardCharsets.UTF_8);
  static final Bytes POLICY_DIGEST = Bytes.sha256(new byte[] {1});
  static final String CHAIN = "a chain";

  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-05-01T11:00:00Z"), ZoneOffset.UTC);

  private final SoftSigner signer;
  private final Epoch epoch;

  private Forge(SoftSigner signer) throws EpochException {
    this.signer = signer;
    this.epoch = Epoch.open(signer, EpochOptions.builder().clock(CLOCK).build());
  }

  static Forge open() {
    return open(SoftSigner.builder());
  }

  static Forge attestedBy(SoftAttestationAuthority authority) {
    return open(SoftSigner.builder().attestedBy(authority));
  }

  private static Forge open(SoftSigner.Builder builder) {
    try {
      return new Forge(SeededSoftSigner.open(4711, builder));
    } catch (EpochException e) {
      throw new AssertionError(e);
    }
  }

  /** A good proof on the default chain, with every signed member that a commit can ask for. */
  JsonObject proof() {
    return proofOn("global");
  }

  /** A good proof on a chain that has a name. */
  JsonObject proofOn(String chain) {
    try {
      CommitRequest request =
          CommitRequest.builder(epoch.allocateSlot(chain).id(), Bytes.sha256(ARTIFACT))
              .policy(PolicyBinding.of(POLICY_DIGEST))
              .principal(Principal.of("alice"))
              .attribution(Attribution.of("Bob"))
              .build();
      return epoch.commit(request).json();
    } catch (EpochException e) {
      throw new AssertionError(e);
    }
  }

  /** Answers a challenge for a digest, at a time. */
  interface Person {
    AgencyDraft answer(byte[] digest, byte[] challenge, long time);
  }

  /** A good proof of the same artifact that a person has authorized, made by the epoch. */
  JsonObject authorizedProof(Person person) {
    try {
      AgencyDraft answer =
          person.answer(
              Bytes.sha256(ARTIFACT).toByteArray(),
              epoch.challenge().toByteArray(),
              CLOCK.millis());
      CommitRequest request =
          CommitRequest.builder(epoch.allocateSlot().id(), Bytes.sha256(ARTIFACT))
              .agency(Agency.read(json(answer.build())))
              .build();
      return epoch.commit(request).json();
    } catch (EpochException | JsonException e) {
      throw new AssertionError(e);
    }
  }

  Bytes publicKey() {
    return epoch.publicKey();
  }

  String epochId() {
    return epoch.id();
  }

  String measurement() {
    return epoch.measurement();
  }

  /** A good link to an epoch before, for {@code commit.epochLink}. */
  JsonObject link() {
    return JsonObject.builder()
        .put("prevEpochId", "before")
        .put("prevPublicKeyB64", Bytes.sha256(new byte[] {2}).toBase64())
        .put("prevCounter", "9")
        .put("prevProofHashB64", Bytes.sha256(new byte[] {3}).toBase64())
        .put("toEpochId", epochId())
        .put("toPublicKeyB64", publicKey().toBase64())
        .build();
  }

  /** Signs the slot again, lets the commit name it, and signs the proof again. */
  JsonObject reseal(JsonObject proof) {
    JsonObject slot = (JsonObject) proof.get("slotAllocation").orElseThrow();
    slot = slot.with("signatureB64", sign(slotBody(slot)));
    Bytes hash = Bytes.sha256(slotBody(slot));
    return resign(set(proof.with("slotAllocation", slot), text(hash), "commit", "slotHashB64"));
  }

  /** Signs the proof again, and leaves its slot as it is. */
  JsonObject resign(JsonObject proof) {
    return set(proof, sign(ProofDraft.of(proof).signedBytes()), "signer", "signatureB64");
  }

  /** Gives the proof a document of the authority's, good but for a change, and signs it again. */
  JsonObject reattest(
      JsonObject proof,
      SoftAttestationAuthority authority,
      UnaryOperator<AttestationDocumentBuilder> change) {
    AttestationDocumentBuilder document =
        AttestationFaults.document(authority)
            .pcr(0, bytesOfHex(measurement()))
            .userData(Bytes.sha256(ProofDraft.of(proof).signedBytes()).toByteArray());
    Bytes report = Bytes.of(change.apply(document).build());
    return resign(set(proof, text(report), "environment", "attestation", "reportB64"));
  }

  /** A good proof of an enclave that has a value in one of its registers. */
  public static byte[] attestedWith(SoftAttestationAuthority authority, int pcr, byte[] value) {
    try (Forge forge = attestedBy(authority)) {
      return forge.reattest(forge.proof(), authority, d -> d.pcr(pcr, value)).toBytes();
    }
  }

  /** A proof whose slot hash leaves the chain out: valid in historical mode only. */
  public static byte[] withHistoricalSlotHash() {
    try (Forge forge = open()) {
      JsonObject proof = forge.proofOn(CHAIN);
      Bytes hash = read(proof).slotAllocation().orElseThrow().historicalHash();
      return forge.resign(set(proof, text(hash), "commit", "slotHashB64")).toBytes();
    }
  }

  /** A proof of an enclave in debug mode. */
  public static byte[] ofDebugEnclave(SoftAttestationAuthority authority) {
    byte[] zero = new byte[48];
    try (Forge forge = attestedBy(authority)) {
      JsonObject proof = set(forge.proof(), "00".repeat(48), "environment", "measurement");
      return forge
          .reattest(proof, authority, d -> d.pcr(0, zero).pcr(1, zero).pcr(2, zero))
          .toBytes();
    }
  }

  private JsonString sign(byte[] message) {
    try {
      return text(Bytes.of(signer.sign(message)));
    } catch (SignerException e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] slotBody(JsonObject slot) {
    try {
      return SlotAllocation.read(slot).signedBytes();
    } catch (JsonException e) {
      throw new AssertionError(e);
    }
  }

  static byte[] bytesOfHex(String hex) {
    try {
      return Bytes.fromHex(hex).toByteArray();
    } catch (JsonException e) {
      throw new AssertionError(e);
    }
  }

  static JsonString text(Bytes bytes) {
    return new JsonString(bytes.toBase64());
  }

  static JsonObject json(String text) {
    try {
      return (JsonObject) JsonValue.read(text.getBytes(StandardCharsets.UTF_8));
    } catch (JsonException e) {
      throw new AssertionError(e);
    }
  }

  static Proof read(JsonObject proof) {
    try {
      return Proof.of(proof);
    } catch (JsonException e) {
      throw new AssertionError(e);
    }
  }

  /** The object with the member at a path set; objects on the way must be there. */
  static JsonObject set(JsonObject object, JsonValue value, String... path) {
    return replace(object, Optional.of(value), path, 0);
  }

  static JsonObject set(JsonObject object, String value, String... path) {
    return set(object, new JsonString(value), path);
  }

  /** The object without the member at a path. */
  static JsonObject remove(JsonObject object, String... path) {
    return replace(object, Optional.empty(), path, 0);
  }

  /** The member at a path, which must be there. */
  static JsonValue get(JsonObject object, String... path) {
    JsonValue value = object;
    for (String name : path) {
      value = ((JsonObject) value).get(name).orElseThrow();
    }
    return value;
  }

  private static JsonObject replace(
      JsonObject object, Optional<JsonValue> value, String[] path, int depth) {
    String name = path[depth];
    if (depth < path.length - 1) {
      JsonObject child = (JsonObject) object.get(name).orElseThrow();
      return object.with(name, replace(child, value, path, depth + 1));
    }
    return value.isPresent() ? object.with(name, value.get()) : object.without(name);
  }

  @Override
  public void close() {
    epoch.close();
  }
}
