package dev.occ.programs.anchor;

import dev.occ.json.JsonException;
import dev.occ.json.JsonObject;
import dev.occ.json.JsonValue;
import dev.occ.json.JsonView;
import dev.occ.programs.anchor.Anchorer.StateWriter;
import dev.occ.proof.Bytes;
import dev.occ.proof.Counter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The last block whose anchor was made, or may have been: what keeps a restarted program from
 * anchoring a block twice. It is written before a commit and after, each time so that the file
 * holds one whole state.
 */
final class AnchorState {
  private static final int MAX_LENGTH = 4096;

  private final Path file;
  private final Counter chainId;
  private final StateWriter writer;
  private Optional<Block> last;

  private AnchorState(Path file, Counter chainId, Optional<Block> last, StateWriter writer) {
    this.file = file;
    this.chainId = chainId;
    this.last = last;
    this.writer = writer;
  }

  /**
   * Reads the state of an earlier run, if there is one.
   *
   * @throws IOException if there is a file that cannot be read, or is no state of this chain
   */
  static AnchorState open(Path file, Counter chainId, StateWriter writer) throws IOException {
    return new AnchorState(file, chainId, read(file, chainId), writer);
  }

  private static Optional<Block> read(Path file, Counter chainId) throws IOException {
    byte[] document;
    try (InputStream in = Files.newInputStream(file)) {
      document = in.readNBytes(MAX_LENGTH);
    } catch (NoSuchFileException e) {
      return Optional.empty(); // the first run
    }
    try {
      JsonView view = JsonView.of(JsonValue.read(document));
      if (!view.text("chainId", Counter::parse).equals(chainId)) {
        throw unusable(file, "belongs to another Ethereum chain", null);
      }
      Bytes hash = view.text("hash", text -> Bytes.fromHex(text));
      return Optional.of(new Block(view.text("number", Counter::parse), hash));
    } catch (JsonException | IllegalArgumentException e) {
      throw unusable(file, "is not a state file of occ anchor; remove it to start again", e);
    }
  }

  private static FileSystemException unusable(Path file, String why, @Nullable Exception cause) {
    FileSystemException refusal = new FileSystemException(file.toString(), null, why);
    if (cause != null) {
      refusal.initCause(cause);
    }
    return refusal;
  }

  Optional<Block> last() {
    return last;
  }

  /** From now on the block counts as anchored. */
  void set(Block block) throws IOException {
    write(block);
    last = Optional.of(block);
  }

  /** The block was certainly not anchored: the one before it counts again. */
  void restore(Optional<Block> earlier) throws IOException {
    if (earlier.isPresent()) {
      write(earlier.get());
    } else {
      Files.deleteIfExists(file);
    }
    last = earlier;
  }

  private void write(Block block) throws IOException {
    JsonObject json =
        JsonObject.builder()
            .put("chainId", chainId.toString())
            .put("number", block.number().toString())
            .put("hash", block.hash().toHex())
            .build();
    writer.write(file, json.toPrettyBytes());
  }
}
