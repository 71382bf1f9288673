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
import dev.occ.cli.input.ProofInput;
import dev.occ.cli.input.Wrapping;
import dev.occ.cli.options.PolicyFiles;
import dev.occ.json.JsonArray;
import dev.occ.json.JsonException;
import dev.occ.json.JsonLimits;
import dev.occ.json.JsonObject;
import dev.occ.json.JsonValue;
import dev.occ.proof.Proof;
import dev.occ.verifier.attestation.AttestationException;
import dev.occ.verifier.attestation.AttestationFormException;
import dev.occ.verifier.attestation.AttestationInput;
import dev.occ.verifier.attestation.NitroAttestation;
import java.util.List;
import java.util.Optional;
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

  private final Terminal terminal;

  @Parameters(
      paramLabel = "PROOF|DOC",
      description =
          "A proof or an array of proofs, an attestation document (binary, hex, Base64, or JSON with one"
              + " in it), or - for standard input. After --, the name may start with a dash.")
  private String input = "";

  @Option(
      names = "--json",
      description = "Print one JSON object per proof or document, each on its own line.")
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
      List<ProofInput> wrapped = Wrapping.unwrap(input, content);
      if (wrapped.isEmpty()) {
        object(content);
      }
      for (ProofInput proof : wrapped) {
        show(proof.name(), new ProofInspection(proof(tree(proof.json()))));
      }
    } else if (first == '[' && isArrayOfObjects(content)) {
      array(content);
    } else {
      document(content);
    }
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

  /** A proof, or an object that holds a document. */
  private void object(byte[] content) throws UnusableInputException {
    JsonValue tree = tree(content);
    Optional<byte[]> document =
        tree instanceof JsonObject o && !o.has("signer") ? form(content) : Optional.empty();
    if (document.isPresent()) {
      show(input, inspection(document.get()));
    } else {
      show(input, new ProofInspection(proof(tree)));
    }
  }

  private static Optional<byte[]> form(byte[] content) {
    try {
      return Optional.of(AttestationInput.read(content));
    } catch (AttestationFormException e) {
      return Optional.empty(); // then it is read as a proof, and refused as one
    }
  }

  /** An array of numbers is a document in the form that some libraries print. */
  private static boolean isArrayOfObjects(byte[] content) {
    for (int i = 0, brackets = 0; i < content.length; i++) {
      if (!LineReader.isBlank(content[i])) {
        if (brackets++ == 1) {
          return content[i] == '{' || content[i] == ']';
        }
      }
    }
    return false;
  }

  private void array(byte[] content) throws UnusableInputException {
    List<JsonValue> values = ((JsonArray) tree(content)).values();
    if (values.isEmpty()) {
      throw new UnusableInputException("there is no proof in the array");
    }
    for (int i = 0; i < values.size(); i++) {
      show(input + "[" + i + "]", new ProofInspection(proof(values.get(i))));
    }
  }

  private static JsonValue tree(byte[] content) throws UnusableInputException {
    try {
      return JsonValue.read(content);
    } catch (JsonException e) {
      throw new UnusableInputException("not strict JSON: " + PolicyFiles.problem(e), e);
    }
  }

  private static Proof proof(JsonValue tree) throws UnusableInputException {
    try {
      return Proof.of(tree);
    } catch (JsonException e) {
      throw new UnusableInputException("not a valid proof structure: " + PolicyFiles.problem(e), e);
    }
  }

  private void document(byte[] content) throws UnusableInputException {
    byte[] document;
    try {
      document = AttestationInput.read(content);
    } catch (AttestationFormException e) {
      throw new UnusableInputException(
          "neither a proof nor an attestation document: "
              + Printable.text(String.valueOf(e.getMessage()))
              + " ("
              + e.reason().code()
              + ")",
          e);
    }
    show(input, inspection(document));
  }

  private static Inspection inspection(byte[] document) throws UnusableInputException {
    try {
      return new DocumentInspection(NitroAttestation.decode(document));
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

  private void show(String name, Inspection inspection) {
    if (json) {
      terminal.out().println(Printable.json(inspection.toJson()));
      return;
    }
    Page page = new Page(terminal.colours());
    page.headline(Paint.YELLOW, "NOT VERIFIED, the contents may be forged:", name);
    inspection.show(page);
    terminal.out().println(page);
  }
}
