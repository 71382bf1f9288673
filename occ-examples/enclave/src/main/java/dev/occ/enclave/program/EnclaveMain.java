package dev.occ.enclave.program;

import dev.occ.epoch.EpochException;
import dev.occ.signer.SignerException;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;

/**
 * The program that an enclave image starts: {@code occ enclave} without the other commands. It
 * needs neither a command line library nor the parent's HTTP server, so that an image holds none.
 *
 * <p>Arguments: {@code --signer NAME}, {@code --signer-option NAME=VALUE}, {@code --listen
 * ADDRESS}, {@code --allow-cid CID}, {@code --allow-user NAME}, {@code --allow-debug}, {@code
 * --anchor-key BASE64}, {@code --base-floors}. Variables: {@code OCC_SIGNER}, {@code OCC_LISTEN},
 * {@code OCC_ALLOW_CIDS}, {@code OCC_ALLOW_DEBUG}, {@code OCC_ANCHOR_KEY}, {@code OCC_BASE_FLOORS}.
 *
 * <p>The exit status is 2 if it cannot start, and 143 after SIGTERM.
 */
public final class EnclaveMain {
  private static final int UNUSABLE = 2;
  private static final String LOGGER = "org.slf4j.simpleLogger.";

  private EnclaveMain() {}

  /**
   * Serves until the process is told to end.
   *
   * @param arguments as above
   */
  public static void main(String[] arguments) {
    configureLogging();
    System.exit(run(List.of(arguments), System.getenv(), System.err));
  }

  /** The exit code of a run that ended by itself, or was told to. */
  static int run(List<String> arguments, Map<String, String> environment, PrintStream err) {
    try {
      EnclaveService.serve(EnclaveArguments.parse(arguments, environment));
      return 0;
    } catch (IllegalArgumentException | IOException | SignerException | EpochException e) {
      return failed(err, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return failed(err, e);
    }
  }

  /** One line, whatever the message holds. */
  private static int failed(PrintStream err, Exception e) {
    StringBuilder text = new StringBuilder("occ-enclave: ").append(e.getMessage());
    for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
      String reason = String.valueOf(cause.getMessage());
      if (text.indexOf(reason) < 0) {
        text.append(": ").append(reason);
      }
    }
    err.println(text.toString().replaceAll("\\p{Cntrl}", "?"));
    return UNUSABLE;
  }

  /** For slf4j-simple, the provider of images; it writes to standard error, the console. */
  private static void configureLogging() {
    Map<String, String> defaults =
        Map.of(
            "defaultLogLevel", "warn",
            "log.dev.occ", "info",
            "showDateTime", "true",
            "dateTimeFormat", "yyyy-MM-dd'T'HH:mm:ss.SSSXXX",
            "showThreadName", "false",
            "showShortLogName", "true");
    defaults.forEach(
        (name, value) -> {
          if (System.getProperty(LOGGER + name) == null) {
            System.setProperty(LOGGER + name, value);
          }
        });
  }
}
