package app;

import dev.occ.proof.Bytes;
import dev.occ.verifier.timestamp.TimestampResult;
import dev.occ.verifier.timestamp.TimestampResult.Stamped;
import dev.occ.verifier.timestamp.TimestampVerifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Verifies a timestamp of a file, and rejects it for other bytes. */
public final class Main {
  private Main() {}

  /**
   * Runs.
   *
   * @param args a token, its root in DER and what was stamped
   * @throws IOException if one cannot be read
   */
  public static void main(String[] args) throws IOException {
    Bytes token = Bytes.of(Files.readAllBytes(Path.of(args[0])));
    Bytes root = Bytes.of(Files.readAllBytes(Path.of(args[1])));
    TimestampVerifier verifier = TimestampVerifier.builder().root(root).build();
    TimestampResult result = verifier.verifyContent(token, Files.readAllBytes(Path.of(args[2])));
    if (!(result instanceof Stamped stamped)) {
      throw new IllegalStateException("expected a stamp: " + result);
    }
    if (verifier.verifyContent(token, new byte[1]) instanceof Stamped) {
      throw new IllegalStateException("stamped for other bytes");
    }
    System.out.println(stamped + " in " + Runtime.version() + ", module " + Main.class.getModule().getName());
  }
}
