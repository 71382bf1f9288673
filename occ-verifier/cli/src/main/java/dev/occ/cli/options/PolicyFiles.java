package dev.occ.cli.options;

import dev.occ.cli.InputFiles;
import dev.occ.cli.Printable;
import dev.occ.cli.UnusableInputException;
import dev.occ.json.JsonException;
import dev.occ.json.JsonLimits;
import dev.occ.verifier.VerificationPolicy;
import java.nio.file.Path;

/** Reads policy documents. */
public final class PolicyFiles {
  private PolicyFiles() {}

  public static VerificationPolicy read(Path file) throws UnusableInputException {
    byte[] document = InputFiles.read(file, JsonLimits.DEFAULT.maxBytes());
    try {
      return VerificationPolicy.read(document);
    } catch (JsonException e) {
      throw new UnusableInputException(
          "cannot use policy " + Printable.text(file.toString()) + ": " + problem(e), e);
    }
  }

  /** What is wrong and where; the exception's message begins with the pointer. */
  public static String problem(JsonException e) {
    return Printable.text(String.valueOf(e.getMessage())) + " (" + e.reason().code() + ")";
  }
}
