package dev.occ.bench;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** The outcome of one run of JMH, by the benchmark methods' names. */
final class Measured {
  private static final String ALLOCATED = "gc.alloc.rate.norm";

  private final Map<String, RunResult> results = new HashMap<>();

  private Measured(Collection<RunResult> all) {
    for (RunResult result : all) {
      String name = result.getParams().getBenchmark();
      results.put(name.substring(name.lastIndexOf('.') + 1), result);
    }
  }

  /**
   * Options for some methods of one class.
   *
   * @param benchmarks the class
   * @param methods a regular expression
   */
  static ChainedOptionsBuilder options(Settings settings, Class<?> benchmarks, String methods) {
    TimeValue quick = TimeValue.milliseconds(200);
    return new OptionsBuilder()
        .include("^" + benchmarks.getName().replace(".", "\\.") + "\\.(" + methods + ")$")
        .forks(settings.quick() ? 1 : 2)
        .warmupIterations(settings.quick() ? 1 : 5)
        .measurementIterations(settings.quick() ? 1 : 5)
        .warmupTime(settings.quick() ? quick : TimeValue.seconds(2))
        .measurementTime(settings.quick() ? quick : TimeValue.seconds(1))
        .jvmArgsAppend("-Xms1g", "-Xmx1g")
        .shouldFailOnError(true)
        .shouldDoGC(true)
        .addProfiler(GCProfiler.class);
  }

  /**
   * Runs.
   *
   * @throws RunnerException if a benchmark fails
   */
  static Measured run(ChainedOptionsBuilder options) throws RunnerException {
    return new Measured(new Runner(options.build()).run());
  }

  /** Microseconds for each operation of a thread. */
  double micros(String method) {
    return result(method).getPrimaryResult().getScore();
  }

  /** The same with the half-width of its 99.9 % confidence interval. */
  String microsWithError(String method) {
    Result<?> primary = result(method).getPrimaryResult();
    String score = Table.number(primary.getScore());
    double error = primary.getScoreError();
    return Double.isNaN(error) ? score : score + " ± " + Table.number(error);
  }

  /** Bytes allocated for each operation. */
  double allocated(String method) {
    Result<?> result = result(method).getSecondaryResults().get(ALLOCATED);
    if (result == null) {
      throw new IllegalStateException("JMH does not say what " + method + " allocates");
    }
    return result.getScore();
  }

  private RunResult result(String method) {
    RunResult result = results.get(method);
    if (result == null) {
      throw new IllegalArgumentException("not measured: " + method + " of " + results.keySet());
    }
    for (BenchmarkResult fork : result.getBenchmarkResults()) {
      Require.holds(!fork.getIterationResults().isEmpty(), method + " has results");
    }
    return result;
  }
}
