package dev.occ.programs.demo;

import dev.occ.programs.kit.ProofFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * The demo's two files. None that is there already is overwritten.
 *
 * @param artifact what to prove; only read
 * @param proof where the proof goes; no such file yet
 * @param keptProof a proof beside the artifact that was there before and stays as it is
 */
record DemoFiles(Path artifact, Path proof, Optional<Path> keptProof) {
  static final String SAMPLE = "letter.txt";

  /**
   * The files for a user's artifact. If a proof is there beside it, the demo's goes to a new
   * temporary folder.
   */
  static DemoFiles of(Path artifact, Optional<Path> out) throws IOException {
    if (!Files.isRegularFile(artifact)) {
      String problem = Files.exists(artifact) ? "is not a file" : "no such file";
      throw new FileSystemException(artifact.toString(), null, problem);
    }
    Path proof = ProofFiles.pathFor(artifact, out);
    if (!ProofFiles.isTaken(proof)) {
      return new DemoFiles(artifact, proof, Optional.empty());
    }
    if (out.isPresent()) {
      throw new FileAlreadyExistsException(proof.toString());
    }
    Path elsewhere = ProofFiles.pathFor(artifact, Optional.of(newTemporaryFolder()));
    return new DemoFiles(artifact, elsewhere, Optional.of(proof));
  }

  /** The files for the letter that the program brings, copied to where the user can look at it. */
  static DemoFiles sample(Optional<Path> out) throws IOException {
    Path folder = out.isPresent() ? Files.createDirectories(out.get()) : newTemporaryFolder();
    Path copy = folder.resolve(SAMPLE);
    byte[] letter = letter();
    if (!ProofFiles.isTaken(copy)) {
      Path written = Files.write(copy, letter);
      return of(written, Optional.of(folder));
    }
    if (Files.size(copy) != letter.length || !Arrays.equals(Files.readAllBytes(copy), letter)) {
      throw new FileAlreadyExistsException(copy.toString());
    }
    return of(copy, Optional.of(folder));
  }

  private static Path newTemporaryFolder() throws IOException {
    return Files.createTempDirectory("occ-demo-");
  }

  private static byte[] letter() throws IOException {
    try (InputStream in = DemoFiles.class.getResourceAsStream(SAMPLE)) {
      if (in == null) {
        throw new IOException("the program's jar lacks " + SAMPLE);
      }
      return in.readAllBytes();
    }
  }
}
