package dev.occ.verifier.cli.attestation;

import dev.occ.cli.InputFiles;
import dev.occ.cli.Printable;
import dev.occ.cli.UnusableInputException;
import dev.occ.json.JsonException;
import dev.occ.proof.Bytes;
import dev.occ.verifier.attestation.AttestationExpectations;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What the caller expects of the documents, as options. */
final class ExpectationOptions {
  private static final int MAX_VALUE = 1024;
  private static final Pattern AGE = Pattern.compile("([0-9]{1,9})([smhd])");
  private static final Pattern PCR = Pattern.compile("([0-9]{1,2})=(.+)");

  @Option(
      names = "--pcr",
      paramLabel = "N=HEX",
      description = "Expect this value of PCR N (0 to 31). May be repeated.")
  private List<String> pcrs = List.of();

  @Option(
      names = "--pcr0",
      paramLabel = "HEX",
      description = "Expect this measurement of the enclave image. Short for --pcr 0=HEX.")
  private @Nullable String pcr0;

  @Option(
      names = "--nonce",
      paramLabel = "VALUE",
      description = "Expect this nonce: text:TEXT, hex:HEX or file:FILE.")
  private @Nullable String nonce;

  @Option(
      names = "--user-data",
      paramLabel = "VALUE",
      description = "Expect this user data: text:TEXT, hex:HEX or file:FILE.")
  private @Nullable String userData;

  @Option(
      names = "--public-key",
      paramLabel = "VALUE",
      description = "Expect this public key: text:TEXT, hex:HEX or file:FILE.")
  private @Nullable String publicKey;

  @Option(
      names = "--max-age",
      paramLabel = "AGE",
      description =
          "Refuse documents older than this, such as 90s, 5m, 3h or 30d, at the time of --at or now.")
  private @Nullable String maxAge;

  @Option(
      names = "--at",
      paramLabel = "INSTANT",
      description =
          "Check certificates at this time, such as 2026-03-21T17:30:00Z (default: the time in each"
              + " document).")
  private @Nullable String at;

  @Option(
      names = "--now",
      description = "Check certificates at the present time, for a live handshake.")
  private boolean now;

  @Option(
      names = "--allow-debug",
      description =
          "Accept documents of debug enclaves, whose memory the parent instance can read.")
  private boolean allowDebug;

  @Option(
      names = "--nitrotpm",
      description = "Accept NitroTPM documents, which attest an instance and not an enclave.")
  private boolean nitroTpm;

  AttestationExpectations read(Clock clock) throws UnusableInputException {
    AttestationExpectations.Builder expect = AttestationExpectations.builder();
    for (String pcr : pcrs) {
      Matcher matcher = PCR.matcher(pcr);
      if (!matcher.matches()) {
        throw new UnusableInputException("--pcr needs N=HEX, not " + Printable.text(pcr));
      }
      pcr(expect, "--pcr", Integer.parseInt(matcher.group(1)), matcher.group(2));
    }
    if (pcr0 != null) {
      pcr(expect, "--pcr0", 0, pcr0);
    }
    if (nonce != null) {
      expect.nonce(value("--nonce", nonce));
    }
    if (userData != null) {
      expect.userData(value("--user-data", userData));
    }
    if (publicKey != null) {
      expect.publicKey(value("--public-key", publicKey));
    }
    times(expect, clock.instant());
    if (allowDebug) {
      expect.allowDebug();
    }
    if (nitroTpm) {
      expect.allowNitroTpm();
    }
    return expect.build();
  }

  private void times(AttestationExpectations.Builder expect, Instant present)
      throws UnusableInputException {
    Instant time = present;
    if (at != null) {
      if (now) {
        throw new UnusableInputException("--at and --now exclude each other");
      }
      try {
        time = Instant.parse(at);
      } catch (DateTimeException e) {
        throw new UnusableInputException(
            "--at needs a time like 2026-03-21T17:30:00Z, not " + Printable.text(at), e);
      }
    }
    if (at != null || now) {
      expect.at(time);
    }
    if (maxAge != null) {
      expect.maxAge(age(maxAge), time);
    }
  }

  private static Duration age(String text) throws UnusableInputException {
    Matcher matcher = AGE.matcher(text);
    if (!matcher.matches()) {
      throw new UnusableInputException(
          "--max-age needs a number and s, m, h or d, not " + Printable.text(text));
    }
    long count = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "s" -> Duration.ofSeconds(count);
      case "m" -> Duration.ofMinutes(count);
      case "h" -> Duration.ofHours(count);
      default -> Duration.ofDays(count);
    };
  }

  private static void pcr(
      AttestationExpectations.Builder expect, String option, int index, String hex)
      throws UnusableInputException {
    try {
      expect.pcr(index, hex(option, hex));
    } catch (IllegalArgumentException e) {
      throw new UnusableInputException(
          option + ": " + Printable.text(String.valueOf(e.getMessage())), e);
    }
  }

  private static Bytes value(String option, String value) throws UnusableInputException {
    if (value.startsWith("text:")) {
      return Bytes.of(value.substring(5).getBytes(StandardCharsets.UTF_8));
    }
    if (value.startsWith("hex:")) {
      return hex(option, value.substring(4));
    }
    if (value.startsWith("file:")) {
      try {
        return Bytes.of(InputFiles.read(InputFiles.path(value.substring(5)), MAX_VALUE));
      } catch (UnusableInputException e) {
        throw new UnusableInputException(option + ": " + e.text(), e);
      }
    }
    throw new UnusableInputException(
        option + " needs text:TEXT, hex:HEX or file:FILE, not " + Printable.text(value));
  }

  private static Bytes hex(String option, String text) throws UnusableInputException {
    try {
      return Bytes.fromHex(text.toLowerCase(Locale.ROOT));
    } catch (JsonException e) {
      throw new UnusableInputException(option + ": not hex: " + Printable.text(text), e);
    }
  }
}
