package dev.occ.verifier.chain;

import dev.occ.json.JsonObject;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Writes a generated ledger as JSON Lines, one file for each part, and beside it what must be found
 * in it; not a test. {@code docs/chains.md} has the command.
 */
final class LedgerProgram {
  private LedgerProgram() {}

  /** Arguments: folder, number of proofs, faults of each kind. */
  public static void main(String[] arguments)
      throws IOException, InterruptedException, ExecutionException {
    Path folder = Files.createDirectories(Path.of(arguments[0]));
    Ledger ledger = new Ledger(Long.parseLong(arguments[1]), Integer.parseInt(arguments[2]));
    ExecutorService threads =
        Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
    List<Future<List<String>>> running = new ArrayList<>();
    for (Ledger.Part part : ledger.parts()) {
      Path file = folder.resolve("part-" + running.size() + ".jsonl");
      running.add(threads.submit(() -> write(part, file)));
    }
    List<String> expected = new ArrayList<>();
    for (Future<List<String>> part : running) {
      expected.addAll(part.get());
    }
    threads.shutdown();
    Collections.sort(expected);
    Files.write(folder.resolve("expected.txt"), expected);
  }

  private static List<String> write(Ledger.Part part, Path file) throws IOException {
    List<String> expected = new ArrayList<>();
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16)) {
      part.write(
          new LedgerChain.Sink() {
            @Override
            public void document(JsonObject json) {
              try {
                out.write(json.toBytes());
                out.write("\n".getBytes(StandardCharsets.US_ASCII));
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            }

            @Override
            public void expect(FaultReason reason, String where) {
              expected.add(reason.code() + " " + where);
            }
          });
    }
    return expected;
  }
}
