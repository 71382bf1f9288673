package dev.occ.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A server to put load on, as a process of its own.
 *
 * @param process the process
 * @param url what to post to
 * @param apiKey the key to send, empty for none
 */
record HttpServers(Process process, String url, String apiKey) implements AutoCloseable {
  private static final Pattern PAGE = Pattern.compile("(http://localhost:\\d+/)#key=(\\S+)");
  private static final Pattern ADDRESS = Pattern.compile("(http://127\\.0\\.0\\.1:\\d+/)()");

  /** {@code ./occ up}. */
  static HttpServers up(Path root) throws IOException {
    HttpServers up = start(List.of(new BenchPrograms(root).occ(), "up", "--port", "0"), PAGE);
    return new HttpServers(up.process, up.url + "commit", up.apiKey);
  }

  /** {@link SignTwice}, with as much memory as {@code ./occ up} gets. */
  static HttpServers signTwice() throws IOException {
    return start(
        List.of(
            BenchPrograms.java(),
            "-Xmx512m",
            "-cp",
            System.getProperty("java.class.path"),
            Bench.class.getName(),
            "sign-twice"),
        ADDRESS);
  }

  private static HttpServers start(List<String> command, Pattern address) throws IOException {
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
    StringBuilder said = new StringBuilder();
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      said.append(line).append('\n');
      Matcher matcher = address.matcher(line);
      if (matcher.find()) {
        return new HttpServers(process, matcher.group(1), matcher.group(2));
      }
    }
    throw new IOException(command + " ended without naming its address; it said: " + said);
  }

  @Override
  public void close() throws IOException {
    try {
      BenchPrograms.stop(process);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    }
  }
}
