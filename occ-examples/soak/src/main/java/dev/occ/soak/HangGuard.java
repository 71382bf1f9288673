package dev.occ.soak;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;

/** Ends a soak that hangs: with dumps of all threads, its own too, and without its children. */
final class HangGuard {
  private static final int EXIT_CODE = 3;
  private static final Duration POLL = Duration.ofSeconds(1);

  private final Path out;
  private final Supplier<Map<String, Long>> children;

  @GuardedBy("this")
  private String step = "";

  @GuardedBy("this")
  private long deadline = Long.MAX_VALUE;

  HangGuard(Path out, Supplier<Map<String, Long>> children) {
    this.out = out;
    this.children = children;
    Thread thread = new Thread(this::watch, "soak-hang-guard");
    thread.setDaemon(true);
    thread.start();
  }

  /** The next step may take so long. */
  synchronized void expect(String what, Duration limit) {
    step = what;
    deadline = System.nanoTime() + limit.toNanos();
  }

  private synchronized String late() {
    return deadline != Long.MAX_VALUE && System.nanoTime() - deadline > 0 ? step : "";
  }

  private void watch() {
    try {
      while (late().isEmpty()) {
        Thread.sleep(POLL.toMillis());
      }
      System.err.println("soak: hangs at: " + late());
      dumpAll();
    } catch (InterruptedException e) {
      System.err.println("soak: the hang guard was interrupted");
    }
    ProcessHandle.current().children().forEach(ProcessHandle::destroyForcibly);
    Runtime.getRuntime().halt(EXIT_CODE);
  }

  /** Writes what all threads are at, of the children and of the soak itself. */
  void dumpAll() {
    System.err.println("soak: thread dumps are in " + out);
    children.get().forEach(this::dump);
    dump("soak", ProcessHandle.current().pid());
  }

  private void dump(String name, long pid) {
    try {
      Path unused =
          Files.writeString(
              out.resolve("threads-" + name + ".txt"), Vitals.jcmd(pid, out, "Thread.print -l"));
    } catch (IOException e) {
      System.err.println("soak: no thread dump of " + name + ": " + e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
