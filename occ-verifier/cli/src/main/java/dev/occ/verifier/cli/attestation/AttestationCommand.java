package dev.occ.verifier.cli.attestation;

import dev.occ.cli.ExitCode;
import dev.occ.cli.Guard;
import dev.occ.cli.InputFiles;
import dev.occ.cli.Page;
import dev.occ.cli.Paint;
import dev.occ.cli.Printable;
import dev.occ.cli.Terminal;
import dev.occ.cli.UnusableInputException;
import dev.occ.cli.Version;
import dev.occ.cli.options.CertificateFile;
import dev.occ.json.JsonArray;
import dev.occ.json.JsonObject;
import dev.occ.json.JsonString;
import dev.occ.json.JsonValue;
import dev.occ.verifier.attestation.AttestationExpectations;
import dev.occ.verifier.attestation.AttestationFormException;
import dev.occ.verifier.attestation.AttestationInput;
import dev.occ.verifier.attestation.AttestationVerdict;
import dev.occ.verifier.attestation.AttestationVerifier;
import dev.occ.verifier.cli.inspect.DocumentInspection;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code attestation}: verifies AWS Nitro attestation documents of any application. */
@Command(
    name = "attestation",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    exitCodeOnExecutionException = ExitCode.UNUSABLE,
    description = {
      "Verifies AWS Nitro attestation documents offline, and shows what they say.",
      "Without --pcr0 or --pcr, a genuine document says nothing about which code ran."
    },
    exitCodeListHeading = "%nExit code:%n",
    exitCodeList = {
      "0:every document is genuine and as expected",
      "1:a document is not genuine, or not as expected",
      "2:an input or an argument is not usable"
    })
public final class AttestationCommand implements Callable<Integer> {
  private final Terminal terminal;
  private final Clock clock;

  @Parameters(
      paramLabel = "FILE",
      arity = "1..*",
      description =
          "Documents: binary, hex, Base64, Base64url, or JSON with one in it. - is standard input.")
  private List<String> files = List.of();

  @Mixin private ExpectationOptions expectations = new ExpectationOptions();

  @Option(
      names = "--root",
      paramLabel = "FILE",
      description = "Trust this root certificate (PEM or DER) instead of AWS's. May be repeated.")
  private List<String> roots = List.of();

  @Option(names = "--json", description = "Print one JSON object a document.")
  private boolean json;

  /** The command on the process's own streams. */
  public AttestationCommand() {
    this(Terminal.system());
  }

  /**
   * The command on other streams.
   *
   * @param terminal what to read from and print to
   */
  public AttestationCommand(Terminal terminal) {
    this(terminal, Clock.systemUTC());
  }

  AttestationCommand(Terminal terminal, Clock clock) {
    this.terminal = terminal;
    this.clock = clock;
  }

  /**
   * Verifies.
   *
   * @return the exit code: 0, 1 if a document is not as expected, 2 for unusable input
   */
  @Override
  public Integer call() {
    return Guard.run(terminal, this::verify);
  }

  private int verify() throws UnusableInputException {
    InputFiles.requireNames(files);
    AttestationExpectations expected = expectations.read(clock);
    AttestationVerifier verifier = verifier();
    int code = ExitCode.OK;
    for (String file : files) {
      code = Math.max(code, verify(file, verifier, expected));
    }
    return code;
  }

  /** A file that is not usable does not keep the others from being judged. */
  private int verify(String file, AttestationVerifier verifier, AttestationExpectations expected) {
    AttestationVerdict verdict;
    try {
      verdict = verifier.verify(read(file), expected);
    } catch (UnusableInputException e) {
      terminal.problem(e.text());
      return ExitCode.UNUSABLE;
    }
    if (json) {
      terminal.out().println(Printable.json(toJson(file, verdict)));
    } else {
      terminal.out().println(page(file, verdict));
    }
    return verdict instanceof AttestationVerdict.AsExpected ? ExitCode.OK : ExitCode.REFUSED;
  }

  private byte[] read(String file) throws UnusableInputException {
    byte[] content = InputFiles.readUpTo(file, terminal, AttestationInput.MAX_LENGTH + 1);
    try {
      return AttestationInput.read(content);
    } catch (AttestationFormException e) {
      throw new UnusableInputException(
          Printable.text(file)
              + ": "
              + Printable.text(String.valueOf(e.getMessage()))
              + " ("
              + e.reason().code()
              + ")",
          e);
    }
  }

  private AttestationVerifier verifier() throws UnusableInputException {
    if (roots.isEmpty()) {
      return AttestationVerifier.aws();
    }
    AttestationVerifier.Builder builder = AttestationVerifier.builder();
    for (String root : roots) {
      try {
        builder.root(CertificateFile.read(root));
      } catch (IllegalArgumentException e) {
        throw new UnusableInputException(
            "--root: " + Printable.text(String.valueOf(e.getMessage())), e);
      }
    }
    return builder.build();
  }

  private Page page(String file, AttestationVerdict verdict) {
    Page page = new Page(terminal.colours());
    if (verdict instanceof AttestationVerdict.AsExpected good) {
      page.headline(Paint.GREEN, "GENUINE", file);
      page.field("verdict", good.basis());
      page.field("root", good.trusted().isAwsRoot() ? "AWS Nitro G1" : "the one of --root");
      page.field("judged at", good.trusted().judgedAt().toString());
      new DocumentInspection(good.trusted().document()).show(page);
    } else if (verdict instanceof AttestationVerdict.Unexpected other) {
      page.headline(Paint.RED, "NOT AS EXPECTED", file);
      other.differences().forEach(d -> page.field(d.reason().code(), d.text()));
      new DocumentInspection(other.document()).show(page);
    } else if (verdict instanceof AttestationVerdict.NotGenuine bad) {
      page.headline(Paint.RED, "NOT VALID", file);
      page.field("reason", bad.text() + " (" + bad.reason().code() + ")");
    }
    return page;
  }

  private static JsonObject toJson(String file, AttestationVerdict verdict) {
    JsonObject.Builder out =
        JsonObject.builder().put("file", JsonString.escapingLoneSurrogates(file));
    if (verdict instanceof AttestationVerdict.AsExpected good) {
      out.put("verdict", "genuine")
          .put("basis", good.basis())
          .put("judgedAt", good.trusted().judgedAt().toString())
          .put("document", new DocumentInspection(good.trusted().document()).fields());
    } else if (verdict instanceof AttestationVerdict.Unexpected other) {
      List<JsonValue> differences =
          other.differences().stream()
              .<JsonValue>map(
                  d ->
                      JsonObject.builder()
                          .put("reason", d.reason().code())
                          .put("text", d.text())
                          .build())
              .toList();
      out.put("verdict", "not-as-expected")
          .put("differences", new JsonArray(differences))
          .put("document", new DocumentInspection(other.document()).fields());
    } else if (verdict instanceof AttestationVerdict.NotGenuine bad) {
      out.put("verdict", "not-valid").put("reason", bad.reason().code()).put("text", bad.text());
    }
    return out.build();
  }
}
