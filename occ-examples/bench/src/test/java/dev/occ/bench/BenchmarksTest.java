package dev.occ.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Each benchmark runs once, in this process, and its checks hold; nothing is timed. */
class BenchmarksTest {
  @ParameterizedTest
  @EnumSource(Crypto.class)
  void verify_once_verifies(Crypto crypto) throws RunnerException {
    assumeTrue(Crypto.available().contains(crypto), "no native code for this machine");
    assertThat(run(VerifyBenchmark.class, ".*", crypto))
        .containsExactly("attested", "attestedFloor", "cold", "coldFloor", "stub", "stubFloor");
  }

  @ParameterizedTest
  @EnumSource(Crypto.class)
  void realProof_once_verifies(Crypto crypto) throws RunnerException {
    assumeTrue(Crypto.available().contains(crypto), "no native code for this machine");
    assumeTrue(
        Files.exists(RealProofBenchmark.file()), "no test vectors; OCC_VECTORS names their folder");
    assertThat(run(RealProofBenchmark.class, ".*", crypto)).containsExactly("real", "realFloor");
  }

  @Test
  void commit_once_makesProofs() throws RunnerException {
    assertThat(run(options(CommitBenchmark.class, ".*")))
        .containsExactly("floor", "manyChains", "oneChain");
  }

  @Test
  void json_once_readsAndWrites() throws RunnerException {
    assertThat(run(options(JsonBenchmark.class, ".*")))
        .containsExactly("canonical", "characters", "proof", "tree");
  }

  @ParameterizedTest
  @EnumSource(LinkTransport.class)
  void link_once_answers(LinkTransport transport) throws RunnerException {
    assumeTrue(LinkTransport.available().contains(transport), "no such sockets here");
    assertThat(run(options(LinkBenchmark.class, ".*").param("transport", transport.name())))
        .containsExactly("commit", "keepAlive", "oneShot");
  }

  @Test
  void benchmarks_all_areRunHere() {
    Set<String> classes = new TreeSet<>();
    BenchmarkList.defaultList()
        .getAll(OutputFormatFactory.createFormatInstance(System.out, VerboseMode.SILENT), List.of())
        .forEach(entry -> classes.add(entry.getUserClassQName()));
    assertThat(classes)
        .containsExactlyInAnyOrder(
            CommitBenchmark.class.getName(),
            JsonBenchmark.class.getName(),
            LinkBenchmark.class.getName(),
            RealProofBenchmark.class.getName(),
            VerifyBenchmark.class.getName());
  }

  private static Set<String> run(Class<?> benchmarks, String methods, Crypto crypto)
      throws RunnerException {
    return run(options(benchmarks, methods).param("crypto", crypto.name()));
  }

  private static ChainedOptionsBuilder options(Class<?> benchmarks, String methods) {
    return new OptionsBuilder()
        .include("^" + benchmarks.getName() + "\\.(" + methods + ")$")
        .mode(Mode.SingleShotTime)
        .forks(0)
        .warmupIterations(0)
        .measurementIterations(1)
        .verbosity(VerboseMode.SILENT)
        .shouldFailOnError(true);
  }

  /** The names of the methods that ran. */
  private static Set<String> run(ChainedOptionsBuilder options) throws RunnerException {
    Collection<RunResult> results = new Runner(options.build()).run();
    Set<String> names = new TreeSet<>();
    for (RunResult result : results) {
      String name = result.getParams().getBenchmark();
      names.add(name.substring(name.lastIndexOf('.') + 1));
    }
    return names;
  }
}
