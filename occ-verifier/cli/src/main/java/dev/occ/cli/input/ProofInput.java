package dev.occ.cli.input;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One document to verify, where it came from, and the file that it belongs to. */
public final class ProofInput {
  private final String name;
  private final byte[] json;
  private final boolean whole;
  private final @Nullable ArtifactFile file;

  /**
   * A document.
   *
   * @param name its file, with a line number where it is one of several
   * @param json its bytes, taken over; one more than the limit if it is too long
   * @param whole whether it is all that its file holds
   */
  public ProofInput(String name, byte[] json, boolean whole) {
    this(name, json, whole, null);
  }

  /** The same with the file that it is to be compared with, if any. */
  ProofInput(String name, byte[] json, boolean whole, @Nullable ArtifactFile file) {
    this.name = name;
    this.json = json;
    this.whole = whole;
    this.file = file;
  }

  public String name() {
    return name;
  }

  public byte[] json() {
    return json;
  }

  public boolean whole() {
    return whole;
  }

  /** The file to compare it with; empty if the proof is judged alone. */
  public Optional<ArtifactFile> file() {
    return Optional.ofNullable(file);
  }
}
