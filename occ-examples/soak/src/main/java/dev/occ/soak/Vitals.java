package dev.occ.soak;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A process measured from outside, at rest.
 *
 * @param seconds when, since the start of the soak
 * @param descriptors its file descriptors
 * @param javaThreads its Java threads by name, numbers in names left out
 * @param threads all its threads, the JVM's own too
 * @param heapKib what of the heap is in use after a full collection, in KiB
 * @param rssKib its resident memory, in KiB
 */
record Vitals(
    double seconds,
    ProcessDescriptors descriptors,
    Map<String, Integer> javaThreads,
    int threads,
    long heapKib,
    long rssKib) {
  private static final Pattern USED = Pattern.compile("total \\d+K, used (\\d+)K");
  private static final Pattern JAVA_THREAD = Pattern.compile("(?m)^\"([^\"\\n]*)\" #\\d+");
  private static final long JCMD_SECONDS = 120;

  static Vitals of(Child child, Set<Integer> servedPorts, double seconds, Path out)
      throws IOException, InterruptedException {
    long pid = child.pid();
    String dump =
        jcmd(pid, out, "GC.run", "GC.run", "GC.heap_info", "Thread.print", "GC.class_histogram");
    return new Vitals(
        seconds,
        ProcessDescriptors.of(pid, servedPorts),
        javaThreads(dump),
        (int) status(pid, "Threads"),
        heap(dump),
        status(pid, "VmRSS"));
  }

  /** What the JVM answers to diagnostic commands. */
  static String jcmd(long pid, Path out, String... commands)
      throws IOException, InterruptedException {
    Path script = Files.writeString(out.resolve("jcmd-" + pid), String.join("\n", commands));
    Path answer = out.resolve("jcmd-" + pid + ".txt");
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    Process process =
        new ProcessBuilder(
                jcmd.toString(),
                "-J-Xshare:auto",
                "-J-XX:TieredStopAtLevel=1",
                Long.toString(pid),
                "-f",
                script.toString())
            .redirectErrorStream(true)
            .redirectOutput(answer.toFile())
            .start();
    if (!process.waitFor(JCMD_SECONDS, TimeUnit.SECONDS)) {
      Process unused = process.destroyForcibly();
      throw new IOException("jcmd did not end");
    }
    String text = Files.readString(answer, StandardCharsets.UTF_8);
    if (process.exitValue() != 0) {
      throw new IOException("jcmd failed: " + text);
    }
    return text;
  }

  private static long heap(String dump) throws IOException {
    Matcher used = USED.matcher(dump);
    long sum = 0;
    boolean any = false;
    while (used.find()) {
      sum += Long.parseLong(used.group(1));
      any = true;
    }
    if (!any) {
      throw new IOException("jcmd says nothing of the heap: " + dump);
    }
    return sum;
  }

  private static Map<String, Integer> javaThreads(String dump) {
    Map<String, Integer> names = new TreeMap<>();
    Matcher thread = JAVA_THREAD.matcher(dump);
    while (thread.find()) {
      names.merge(thread.group(1).replaceAll("@.*", "").replaceAll("\\d+", "N"), 1, Integer::sum);
    }
    return names;
  }

  /** A number of {@code /proc/PID/status}; memory is in KiB. */
  static long status(long pid, String name) throws IOException {
    return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
        .filter(line -> line.startsWith(name + ":"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElseThrow(() -> new IOException("no " + name + " in the status of " + pid));
  }
}
