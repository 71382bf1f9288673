package dev.occ.verifier.cli.verify;

import dev.occ.cli.Paint;
import dev.occ.cli.Printable;
import dev.occ.cli.input.ProofInput;
import dev.occ.proof.Counter;
import dev.occ.verifier.Rejected;
import dev.occ.verifier.ValidProof;
import dev.occ.verifier.VerificationResult;
import java.util.List;

/** Results for people, one line each: for many proofs. */
final class LineRenderer implements Renderer {
  private final boolean colours;

  LineRenderer(boolean colours) {
    this.colours = colours;
  }

  @Override
  public String render(ProofInput input, VerificationResult result) {
    String name = Printable.text(input.name());
    if (result instanceof Rejected rejected) {
      return Paint.RED.on(colours, "✗ NOT VALID")
          + "  "
          + name
          + "  "
          + rejected.reason().code()
          + ": "
          + Printable.text(rejected.text());
    }
    ValidProof verified = (ValidProof) result;
    return Paint.GREEN.on(colours, "✓ valid")
        + "      "
        + name
        + "  "
        + Printable.text(verified.chain())
        + " "
        + verified.counter().map(Counter::toString).orElse("without counter")
        + marks(verified);
  }

  private String marks(ValidProof verified) {
    List<String> marks = CaveatMarks.of(verified);
    return marks.isEmpty()
        ? ""
        : "  " + Paint.YELLOW.on(colours, "[" + String.join("; ", marks) + "]");
  }

  @Override
  public String renderFault(ProofInput input, ValidProof result, String reason, String text) {
    return Paint.RED.on(colours, "✗ NOT VALID")
        + "  "
        + Printable.text(input.name())
        + "  "
        + reason
        + ": "
        + Printable.text(text);
  }

  @Override
  public String renderUnreadable(String name, String why) {
    return "";
  }
}
