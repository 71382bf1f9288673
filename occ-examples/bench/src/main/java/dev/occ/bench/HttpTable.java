package dev.occ.bench;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code run http}: wrk against {@code ./occ up}, and against a server that only signs twice. */
final class HttpTable {
  private static final int[] CONNECTIONS = {1, 16, 256};
  private static final int WARM_UP_SECONDS = 15;
  private static final int SECONDS = 30;

  /** What the script below prints at the end. */
  private static final Pattern OUTCOME =
      Pattern.compile(
          "bench requests=(\\d+) micros=(\\d+) p99=(\\d+) refused=(\\d+) broken=(\\d+)");

  private static final String SCRIPT =
      """
      wrk.method = "POST"
      wrk.headers["Content-Type"] = "application/json"
      if os.getenv("BENCH_KEY") ~= "" then
        wrk.headers["Authorization"] = "Bearer " .. os.getenv("BENCH_KEY")
      end
      wrk.body = '{"digests":[{"digestB64":"uU0nuZNNPgilLlLX2n2r+sSE7+N6U4DukIj3rOLvzek=","hashAlg":"sha256"}]}'
      function done(summary, latency, requests)
        local e = summary.errors
        io.write(string.format("bench requests=%d micros=%d p99=%d refused=%d broken=%d\\n",
          summary.requests, summary.duration, latency:percentile(99), e.status,
          e.connect + e.read + e.write + e.timeout))
      end
      """;

  private final Settings settings;

  HttpTable(Settings settings) {
    this.settings = settings;
  }

  /** What wrk saw. */
  private record Load(double perSecond, double p99Millis) {
    static Load read(String said) throws IOException {
      Matcher outcome = OUTCOME.matcher(said);
      if (!outcome.find()) {
        throw new IOException("wrk did not say what it saw: " + said);
      }
      long requests = Long.parseLong(outcome.group(1));
      Require.holds(
          requests > 0 && outcome.group(4).equals("0") && outcome.group(5).equals("0"),
          "every request is answered with 200: " + outcome.group());
      return new Load(
          requests * 1e6 / Long.parseLong(outcome.group(2)),
          Long.parseLong(outcome.group(3)) / 1e3);
    }
  }

  Table print() throws IOException, InterruptedException {
    Table table =
        new Table(
            "connections",
            "commits/s",
            "p99 ms",
            "signs twice, requests/s",
            "signs twice, p99 ms",
            "ratio");
    Path folder = Files.createTempDirectory("occ-http");
    try (HttpServers up = HttpServers.up(settings.root());
        HttpServers bare = HttpServers.signTwice()) {
      Path script = Files.writeString(folder.resolve("post.lua"), SCRIPT);
      load(script, up, 16, WARM_UP_SECONDS);
      load(script, bare, 16, WARM_UP_SECONDS);
      for (int connections : CONNECTIONS) {
        Load commits = load(script, up, connections, SECONDS);
        Load signatures = load(script, bare, connections, SECONDS);
        table.row(
            "" + connections,
            Table.number(commits.perSecond),
            Table.number(commits.p99Millis),
            Table.number(signatures.perSecond),
            Table.number(signatures.p99Millis),
            Table.times(signatures.perSecond / commits.perSecond));
      }
    } finally {
      BenchPrograms.delete(folder);
    }
    return table;
  }

  @CanIgnoreReturnValue
  private Load load(Path script, HttpServers server, int connections, int seconds)
      throws IOException, InterruptedException {
    ProcessBuilder wrk =
        new ProcessBuilder(
            "wrk",
            "--threads",
            "1",
            "--connections",
            "" + connections,
            "--duration",
            settings.seconds(seconds) + "s",
            "--timeout",
            "20s",
            "--script",
            script.toString(),
            server.url());
    wrk.environment().put("BENCH_KEY", server.apiKey()); // not on the command line
    Process process = wrk.redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    Require.holds(process.waitFor() == 0, "wrk ends with 0: " + said);
    return Load.read(said);
  }
}
