package dev.occ.programs.timestamp;

import dev.occ.programs.kit.Screen;
import dev.occ.verifier.timestamp.StampedMember;
import dev.occ.verifier.timestamp.TimestampVerifier;
import java.io.PrintWriter;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which authority stamps, and what. */
public final class StampOptions {
  @Option(
      names = "--tsa",
      paramLabel = "URL",
      description = "Request timestamps from the RFC 3161 authority at this address.")
  private @Nullable URI tsa;

  @Option(
      names = "--of",
      paramLabel = "artifact|proof",
      description = "What the timestamp covers (default: proof).")
  private String of = StampedMember.PROOF.code();

  @Option(
      names = "--tsa-timeout",
      paramLabel = "SECONDS",
      description = "Timeout of one request to the authority (default: 30).")
  private int timeout = 30;

  /** For picocli. */
  public StampOptions() {}

  /**
   * Who stamps.
   *
   * @param verifier whose word counts; without one, stamps are only checked to be intact
   * @param screen is told of stamps
   * @param err is told of failures
   * @return empty unless an authority was given
   * @throws IllegalArgumentException if an option cannot be used
   */
  public Optional<Stamper> stamper(
      Optional<TimestampVerifier> verifier, Screen screen, PrintWriter err) {
    StampedMember member = member();
    if (timeout < 1) {
      throw new IllegalArgumentException("--tsa-timeout needs a positive number");
    }
    if (tsa == null) {
      return Optional.empty();
    }
    TimestampVerifier used =
        verifier.orElseGet(() -> TimestampVerifier.builder().anyIssuer().build());
    TimestampClient client = new TimestampClient(tsa, used, Duration.ofSeconds(timeout));
    return Optional.of(new Stamper(client, used, member, verifier.isPresent(), screen, err));
  }

  private StampedMember member() {
    for (StampedMember member : StampedMember.values()) {
      if (member.code().equals(of)) {
        return member;
      }
    }
    throw new IllegalArgumentException("--of needs artifact or proof");
  }
}
