package dev.occ.programs;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code occ up} as a process of its own, from the jar.
 *
 * @param url where its page is, with a slash at the end
 * @param apiKey the key that it printed
 */
record UpProcess(Process process, String url, String apiKey) implements AutoCloseable {
  private static final Pattern PAGE = Pattern.compile("(http://localhost:\\d+/)#key=(\\S+)");
  private static final Path JAR =
      ProjectFiles.root().resolve("occ-examples/programs/target/occ.jar");

  /** Starts it on a free port and waits for the address of its page. */
  static UpProcess start() throws IOException {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    Process process =
        new ProcessBuilder(java.toString(), "-jar", JAR.toString(), "up", "--port", "0")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
    StringBuilder said = new StringBuilder();
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      said.append(line).append('\n');
      Matcher page = PAGE.matcher(line);
      if (page.find()) {
        return new UpProcess(process, page.group(1), page.group(2));
      }
    }
    throw new IOException("occ up ended without naming its page; it said: " + said);
  }

  @Override
  public void close() {
    process.destroy();
    boolean ended = false;
    try {
      ended = process.waitFor(20, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (!ended) {
      process.destroyForcibly();
      throw new IllegalStateException("occ up did not end when asked to");
    }
  }
}
