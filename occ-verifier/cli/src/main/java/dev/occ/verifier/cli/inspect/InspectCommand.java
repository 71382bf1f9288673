package dev.occ.verifier.cli.inspect;

import dev.occ.cli.ExitCode;
import dev.occ.cli.Guard;
import dev.occ.cli.InputFiles;
import dev.occ.cli.Page;
import dev.occ.cli.Paint;
import dev.occ.cli.Printable;
import dev.occ.cli.Terminal;
import dev.occ.cli.UnusableInputException;
import dev.occ.cli.Version;
import dev.occ.cli.input.LineReader;
import dev.occ.cli.options.PolicyFiles;
import dev.occ.json.JsonException;
import dev.occ.json.JsonLimits;
import dev.occ.json.JsonObject;
import dev.occ.json.JsonValue;
import dev.occ.proof.Proof;
import dev.occ.verifier.attestation.AttestationException;
import dev.occ.verifier.attestation.NitroAttestation;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code inspect}: shows what a proof or an attestation document says, believing none of it. */
@Command(
    name = "inspect",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    exitCodeOnExecutionException = ExitCode.UNUSABLE,
    description = {
      "Shows every field of a proof or a Nitro attestation document, including certificates.",
      "Nothing is verified, and the contents may be forged. Use verify to check a proof."
    },
    exitCodeListHeading = "%nExit code:%n",
    exitCodeList = {
      "0:the fields were shown",
      "2:the input is neither a proof nor an attestation document"
    })
public final class InspectCommand implements Callable<Integer> {
  private static final int MAX_BYTES = JsonLimits.DEFAULT.maxBytes();

  /** What a COSE_Sign1 starts with: tag 18, or an array of four, or one of unknown length. */
  private static final String COSE_BEGINNINGS = "\u00d2\u0084\u009f";

  private final Terminal terminal;

  @Parameters(
      paramLabel = "PROOF|DOC",
      description =
          "A proof (JSON), an attestation document (COSE or Base64), or - for standard input. After"
              + " --, the name may start with a dash.")
  private String input = "";

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  /** The command on the process's own streams. */
  public InspectCommand() {
    this(Terminal.system());
  }

  /**
   * The command on other streams.
   *
   * @param terminal what to read from and print to
   */
  public InspectCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  /**
   * Inspects.
   *
   * @return the exit code: 0 if the fields were shown, 2 if the input is of neither kind
   */
  @Override
  public Integer call() {
    return Guard.run(terminal, this::inspect);
  }

  private int inspect() throws UnusableInputException {
    byte[] content = InputFiles.readUpTo(input, terminal, MAX_BYTES + 1);
    if (content.length > MAX_BYTES) {
      throw new UnusableInputException(
          Printable.text(input) + " is longer than " + MAX_BYTES + " bytes");
    }
    int first = firstByte(content);
    if (first == '{') {
      return proof(content);
    }
    document(COSE_BEGINNINGS.indexOf(first) >= 0 ? content : decode(content));
    return ExitCode.OK;
  }

  /** The first byte that is not white space, as an unsigned value. */
  private static int firstByte(byte[] content) {
    for (byte b : content) {
      if (!LineReader.isBlank(b)) {
        return b & 0xFF;
      }
    }
    return 0;
  }

  private int proof(byte[] content) throws UnusableInputException {
    JsonObject tree;
    try {
      tree = (JsonObject) JsonValue.read(content); // it starts with a brace
    } catch (JsonException e) {
      throw new UnusableInputException("not strict JSON: " + PolicyFiles.problem(e), e);
    }
    try {
      show(new ProofInspection(Proof.of(tree)));
      return ExitCode.OK;
    } catch (JsonException e) {
      throw new UnusableInputException("not a valid proof structure: " + PolicyFiles.problem(e), e);
    }
  }

  private void document(byte[] content) throws UnusableInputException {
    try {
      show(new DocumentInspection(NitroAttestation.decode(content)));
    } catch (AttestationException e) {
      throw new UnusableInputException(
          "neither a proof nor an attestation document: "
              + Printable.text(String.valueOf(e.getMessage()))
              + " ("
              + e.reason().code()
              + ")",
          e);
    }
  }

  private void show(Inspection inspection) {
    if (json) {
      terminal.out().println(Printable.json(inspection.toJson()));
      return;
    }
    Page page = new Page(terminal.colours());
    page.headline(Paint.YELLOW, "NOT VERIFIED, the contents may be forged:", input);
    inspection.show(page);
    terminal.out().println(page);
  }

  /** Base64 text as people paste it: line breaks are no part of it. */
  private static byte[] decode(byte[] content) throws UnusableInputException {
    StringBuilder text = new StringBuilder(content.length);
    for (byte b : content) {
      if (!LineReader.isBlank(b)) {
        text.append((char) (b & 0xFF));
      }
    }
    try {
      return Base64.getDecoder().decode(text.toString().getBytes(StandardCharsets.ISO_8859_1));
    } catch (IllegalArgumentException e) {
      throw new UnusableInputException("neither JSON, nor COSE, nor Base64", e);
    }
  }
}
