package dev.occ.cli.input;

import dev.occ.cli.InputFiles;
import dev.occ.cli.Terminal;
import dev.occ.cli.UnusableInputException;
import dev.occ.json.JsonException;
import dev.occ.json.JsonLimits;
import dev.occ.json.JsonObject;
import dev.occ.json.JsonValue;
import dev.occ.verifier.attestation.AttestationFormException;
import dev.occ.verifier.attestation.AttestationInput;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the documents that an argument stands for: a file, a folder, standard input; one document,
 * one a line, or an array of them. Holds two documents at a time.
 */
public final class InputReader {
  /** The longest document; of a longer one, one byte more is handed on, to be refused. */
  public static final int MAX_BYTES = JsonLimits.DEFAULT.maxBytes();

  private final Terminal terminal;
  private final InputVisitor visitor;
  private final FileMatching matching;

  /** The file that what is being read is to be compared with. */
  private @Nullable ArtifactFile artifact;

  /** Reads proofs without a look at the files that they belong to. */
  public InputReader(Terminal terminal, InputVisitor visitor) {
    this(terminal, visitor, FileMatching.none());
  }

  /**
   * Reads proofs.
   *
   * @param terminal whose standard input is read for {@code -}
   * @param visitor takes what is found
   * @param matching which files the proofs of folders belong to
   */
  public InputReader(Terminal terminal, InputVisitor visitor, FileMatching matching) {
    this.terminal = terminal;
    this.visitor = visitor;
    this.matching = matching;
  }

  /** Visits an argument's documents; false if the visitor wanted no more. */
  public boolean read(String argument) throws UnusableInputException {
    if (InputFiles.STANDARD_INPUT.equals(argument)) {
      return read("standard input", terminal.in(), false);
    }
    Path path = InputFiles.path(argument);
    return Files.isDirectory(path) ? folder(path) : file(path);
  }

  private boolean folder(Path folder) throws UnusableInputException {
    FolderVisitor files = new FolderVisitor(folder);
    if (!ProofFolder.visit(folder, files)) {
      return false;
    }
    // Nothing to verify is not the same as nothing wrong.
    return !files.empty || visitor.unreadable(folder.toString(), "there is no proof in the folder");
  }

  private boolean file(Path file) throws UnusableInputException {
    try (InputStream in = Files.newInputStream(file)) {
      return read(file.toString(), in, ProofFolder.isLines(file));
    } catch (IOException e) {
      return visitor.unreadable(file.toString(), InputFiles.why(e));
    }
  }

  private boolean read(String name, InputStream in, boolean lines) throws UnusableInputException {
    try {
      if (lines) {
        return lines(name, in);
      }
      byte[] head = InputFiles.head(in, MAX_BYTES + 1);
      if (isAttestation(head)) {
        return visitor.unreadable(
            name, "an attestation document, not a proof; use the command attestation");
      }
      if (ArrayReader.isArray(head)) {
        return array(name, new SequenceInputStream(new ByteArrayInputStream(head), in));
      }
      if (startsWithLineOfMany(head)) {
        return lines(name, new SequenceInputStream(new ByteArrayInputStream(head), in));
      }
      return document(name, head);
    } catch (IOException e) {
      return visitor.unreadable(name, InputFiles.why(e));
    }
  }

  private boolean document(String name, byte[] document) throws UnusableInputException {
    List<ProofInput> wrapped =
        document.length > MAX_BYTES ? List.of() : Wrapping.unwrap(name, document);
    if (wrapped.isEmpty()) {
      return give(new ProofInput(name, document, true));
    }
    for (ProofInput proof : wrapped) {
      if (!give(proof)) {
        return false;
      }
    }
    return true;
  }

  private boolean give(ProofInput proof) throws UnusableInputException {
    return visitor.proof(
        artifact == null
            ? proof
            : new ProofInput(proof.name(), proof.json(), proof.whole(), artifact));
  }

  /** Whether it is a document of its own; JSON may be a proof, which holds a document. */
  private static boolean isAttestation(byte[] head) {
    for (byte b : head) {
      if (!LineReader.isBlank(b)) {
        if (b == '{' || b == '[') {
          return false;
        }
        break;
      }
    }
    try {
      return AttestationInput.read(head).length > 0;
    } catch (AttestationFormException e) {
      return false; // then it is judged as a proof, and refused with its reason
    }
  }

  private boolean array(String name, InputStream in) throws IOException, UnusableInputException {
    ArrayReader reader = new ArrayReader(in, MAX_BYTES);
    long index = 0;
    for (boolean more = reader.advance(); more; index++) {
      byte[] element = reader.element();
      more = reader.advance();
      boolean sole = index == 0 && !more && reader.isComplete();
      if (!give(new ProofInput(name + "[" + index + "]", element, sole))) {
        return false;
      }
    }
    if (!reader.isComplete()) {
      return visitor.unreadable(name, "the array is not whole");
    }
    return index > 0 || visitor.unreadable(name, "there is no proof in it");
  }

  private boolean lines(String name, InputStream in) throws IOException, UnusableInputException {
    LineReader reader = new LineReader(in, MAX_BYTES);
    boolean empty = true;
    while (reader.advance()) {
      empty = false;
      if (!give(new ProofInput(name + ":" + reader.number(), reader.line(), false))) {
        return false;
      }
    }
    return !empty || visitor.unreadable(name, "there is no proof in it");
  }

  /** Whether the first line is a whole object and more follows: one document never looks so. */
  private static boolean startsWithLineOfMany(byte[] head) throws IOException {
    LineReader reader = new LineReader(new ByteArrayInputStream(head), MAX_BYTES);
    if (!reader.advance() || !isObject(reader.line())) {
      return false;
    }
    return reader.advance();
  }

  private static boolean isObject(byte[] line) {
    if (line.length == 0 || !endsWithBrace(line)) {
      return false;
    }
    try {
      return JsonValue.read(line) instanceof JsonObject;
    } catch (JsonException e) {
      return false; // then the whole input is judged as one document, and refused with its reason
    }
  }

  /** Spares parsing the first line of an indented document. */
  private static boolean endsWithBrace(byte[] line) {
    int end = line.length;
    while (end > 0 && LineReader.isBlank(line[end - 1])) {
      end--;
    }
    return end > 0 && line[end - 1] == '}';
  }

  private final class FolderVisitor implements ProofFolder.FileVisitor {
    private final Path folder;
    private boolean empty = true;

    FolderVisitor(Path folder) {
      this.folder = folder;
    }

    @Override
    public boolean file(Path file) throws UnusableInputException {
      empty = false;
      artifact = matching.matches() ? matching.of(folder, file) : null;
      try {
        return InputReader.this.file(file);
      } finally {
        artifact = null;
      }
    }

    @Override
    public void unproven(Path file) {
      if (matching.isBeside()) {
        visitor.unproven(file);
      }
    }

    @Override
    public boolean unreadable(Path path, IOException e) throws UnusableInputException {
      empty = false;
      return visitor.unreadable(path.toString(), InputFiles.why(e));
    }
  }
}
