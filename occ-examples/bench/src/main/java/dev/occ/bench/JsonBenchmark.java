package dev.occ.bench;

import dev.occ.json.CanonicalJson;
import dev.occ.json.JsonException;
import dev.occ.json.JsonValue;
import dev.occ.proof.Proof;
import dev.occ.signer.soft.SoftAttestationAuthority;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Reading and writing proofs; with JMH's {@code gc} profiler also what they allocate. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class JsonBenchmark {
  /** One proof, as bytes and read. */
  @State(Scope.Benchmark)
  @SuppressWarnings("NullAway.Init") // set by setUp()
  public static class Document {
    /** Whether it has an attestation. */
    @Param({"false", "true"})
    public boolean attested;

    byte[] bytes;
    JsonValue tree;

    /** Makes the proof. */
    @Setup
    public void setUp() throws Exception {
      bytes = make(attested).toBytes();
      tree = JsonValue.read(bytes);
      Require.holds(Proof.read(bytes).equals(Proof.of(tree)), "both ways to read a proof agree");
    }

    /** A proof of the kind that is measured. */
    static Proof make(boolean attested) throws Exception {
      try (BenchProofs source =
          attested
              ? BenchProofs.attestedBy(SoftAttestationAuthority.create())
              : BenchProofs.stub()) {
        return source.next();
      }
    }
  }

  /** The JDK's strict UTF-8 decoder alone, for comparison. */
  @Benchmark
  public CharBuffer characters(Document document) throws CharacterCodingException {
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(document.bytes));
  }

  /** Bytes to the tree of values. */
  @Benchmark
  public JsonValue tree(Document document) throws JsonException {
    return JsonValue.read(document.bytes);
  }

  /** Bytes to the typed proof: the tree, and Base64 decoded. */
  @Benchmark
  public Proof proof(Document document) throws JsonException {
    return Proof.read(document.bytes);
  }

  /** The tree to RFC 8785 bytes. */
  @Benchmark
  public byte[] canonical(Document document) {
    return CanonicalJson.encode(document.tree);
  }
}
