package dev.occ.programs.demo;

import static dev.occ.programs.demo.DemoFailedException.unless;

import dev.occ.json.JsonObject;
import dev.occ.json.JsonString;
import dev.occ.json.JsonValue;
import dev.occ.programs.kit.Screen;
import dev.occ.proof.Proof;
import dev.occ.verifier.ArtifactDigest;
import dev.occ.verifier.ProofVerifier;
import dev.occ.verifier.Rejected;
import dev.occ.verifier.Rejection;
import dev.occ.verifier.VerificationResult;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;

/** The demo's forgeries: each is refused, for the reason that fits. No file is changed. */
final class DemoForgeries {
  private final Screen screen;
  private final DemoFiles files;
  private final ProofVerifier verifier = ProofVerifier.create(DemoVerification.POLICY);

  DemoForgeries(Screen screen, DemoFiles files) {
    this.screen = screen;
    this.files = files;
  }

  void run(Proof proof) throws DemoFailedException, IOException {
    screen.heading("4. Change one byte");
    ArtifactDigest genuine = ArtifactDigest.of(proof.artifactDigest());
    ArtifactDigest changed = hashChanged();
    unless(!changed.equals(genuine), "one changed byte changes the digest");
    byte[] document = proof.toBytes();
    expect(
        Rejection.ARTIFACT_MISMATCH,
        "the file with one byte changed",
        verifier.verify(document, changed));
    expect(
        Rejection.SIGNATURE_INVALID,
        "the proof with one digit of its counter changed",
        verifier.verify(with(proof, "commit", "counter", "3"), genuine));
    expect(
        Rejection.SIGNATURE_INVALID,
        "the changed file with its digest put into the proof",
        verifier.verify(
            with(proof, "artifact", "digestB64", changed.digest().toBase64()), changed));
  }

  private void expect(Rejection reason, String forgery, VerificationResult result)
      throws DemoFailedException {
    unless(
        result instanceof Rejected rejected && rejected.reason() == reason,
        forgery + ": refused with " + reason.code());
    screen.refused(forgery + ": " + reason.code());
  }

  private ArtifactDigest hashChanged() throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(files.artifact()))) {
      return ArtifactDigest.ofContent(new ChangedByteInputStream(in));
    }
  }

  /** The proof's document with one text replaced, as a forger would with an editor. */
  private static byte[] with(Proof proof, String parent, String name, String text)
      throws DemoFailedException {
    JsonValue before =
        proof
            .json()
            .get(parent)
            .orElseThrow(() -> new DemoFailedException("the proof has no " + parent));
    if (!(before instanceof JsonObject object)) {
      throw new DemoFailedException(parent + " is not an object");
    }
    unless(object.has(name), "the proof has " + parent + "." + name);
    JsonObject forged = proof.json().with(parent, object.with(name, new JsonString(text)));
    return forged.toBytes();
  }
}
