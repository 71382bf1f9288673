package dev.occ.examples;

import dev.occ.verifier.ArtifactDigest;
import dev.occ.verifier.ProofVerifier;
import dev.occ.verifier.VerificationPolicy;
import dev.occ.verifier.Verified;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What {@code occ commit} is going to do with each file, decided before anything is made.
 *
 * @param toDo files that need a proof
 * @param proven files whose proof is there already, intact and about these very bytes
 * @param inTheWay files in whose proof's place stands something else
 */
record CommitPlan(List<Item> toDo, List<Item> proven, List<Item> inTheWay) {
  /** A longer document is not a proof (spec 1). */
  private static final int MAX_PROOF_LENGTH = 1 << 20;

  private static final ProofVerifier INTACT =
      ProofVerifier.create(VerificationPolicy.integrityOnly());

  /**
   * One file.
   *
   * @param file as the user named it
   * @param artifact its digest, as it was when read
   * @param proof where its proof belongs
   */
  record Item(Path file, ArtifactDigest artifact, Path proof) {}

  /**
   * Reads all files and looks at what is in their proofs' places.
   *
   * @param files the artifacts; each is hashed as a stream
   * @param out the folder of all proofs; empty for beside each file
   * @param force whether what is in the way is to be replaced
   * @throws IllegalArgumentException if two files would have one proof
   * @throws IOException if a file cannot be read
   */
  static CommitPlan of(List<Path> files, Optional<Path> out, boolean force) throws IOException {
    List<Item> toDo = new ArrayList<>();
    List<Item> proven = new ArrayList<>();
    List<Item> inTheWay = new ArrayList<>();
    Set<Path> proofs = new HashSet<>();
    for (Path file : files) {
      Path proof = ProofFiles.pathFor(file, out);
      if (!proofs.add(proof.toAbsolutePath().normalize())) {
        throw new IllegalArgumentException("two files would have the proof " + proof);
      }
      Item item = new Item(file, hash(file), proof);
      if (!ProofFiles.isTaken(proof)) {
        toDo.add(item);
      } else if (isProven(item)) {
        proven.add(item);
      } else {
        (force ? toDo : inTheWay).add(item);
      }
    }
    return new CommitPlan(toDo, proven, inTheWay);
  }

  private static ArtifactDigest hash(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw new FileSystemException(file.toString(), null, "is a directory");
    }
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      return ArtifactDigest.ofContent(in);
    }
  }

  private static boolean isProven(Item item) throws IOException {
    if (!Files.isRegularFile(item.proof()) || Files.size(item.proof()) > MAX_PROOF_LENGTH) {
      return false;
    }
    try (InputStream in = Files.newInputStream(item.proof())) {
      byte[] document = in.readNBytes(MAX_PROOF_LENGTH + 1);
      return INTACT.verify(document, item.artifact()) instanceof Verified;
    }
  }
}
