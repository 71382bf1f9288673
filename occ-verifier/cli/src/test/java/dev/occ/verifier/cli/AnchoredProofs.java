package dev.occ.verifier.cli;

import dev.occ.json.JsonException;
import dev.occ.json.JsonObject;
import dev.occ.json.JsonString;
import dev.occ.json.JsonValue;
import dev.occ.proof.AnchoredBlock;
import dev.occ.proof.Bytes;
import dev.occ.proof.Floor;
import dev.occ.proof.Proof;
import dev.occ.proof.ProofDraft;
import dev.occ.signer.SignerException;
import dev.occ.signer.soft.SeededSoftSigner;
import dev.occ.signer.soft.SoftSigner;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The proofs of {@link SoftProofs}, changed by the holder of their key and linked again. */
public final class AnchoredProofs {
  private AnchoredProofs() {}

  /** A chain whose proofs are changed in their order; the rest stay as they are. */
  @SafeVarargs
  public static List<Proof> chain(UnaryOperator<JsonObject>... changes) {
    List<Proof> proofs = new ArrayList<>();
    Optional<Bytes> prev = Optional.empty();
    try (SoftSigner signer = SeededSoftSigner.open(SoftProofs.SEED)) {
      for (Proof proof : SoftProofs.proofs(changes.length)) {
        JsonObject json = changes[proofs.size()].apply(proof.json());
        if (prev.isPresent()) {
          json = with(json, "commit", "prevB64", new JsonString(prev.get().toBase64()));
        }
        Bytes signature = Bytes.of(signer.sign(ProofDraft.of(json).signedBytes()));
        Proof changed =
            Proof.of(with(json, "signer", "signatureB64", new JsonString(signature.toBase64())));
        proofs.add(changed);
        prev = Optional.of(changed.sealedHash());
      }
    } catch (JsonException | SignerException e) {
      throw new AssertionError(e);
    }
    return proofs;
  }

  /** An authenticated anchor. */
  public static UnaryOperator<JsonObject> anchor(AnchoredBlock block) {
    return json -> with(claim(block).apply(json), "commit", "anchor", block.toJson());
  }

  /** An anchor as any client can write it. */
  public static UnaryOperator<JsonObject> claim(AnchoredBlock block) {
    return json ->
        with(json, "artifact", "digestB64", new JsonString(block.digest().toBase64()))
            .with("attribution", block.attribution("https://etherscan.io").toJson());
  }

  /** A proof with floors. */
  public static UnaryOperator<JsonObject> floors(Floor... floors) {
    return json -> {
      JsonObject.Builder members = JsonObject.builder();
      for (Floor floor : floors) {
        floor.addToCommit(members);
      }
      JsonObject changed = json;
      for (var member : members.build().members().entrySet()) {
        changed = with(changed, "commit", member.getKey(), member.getValue());
      }
      return changed;
    };
  }

  private static JsonObject with(JsonObject json, String part, String name, JsonValue value) {
    return json.with(part, ((JsonObject) json.get(part).orElseThrow()).with(name, value));
  }
}
