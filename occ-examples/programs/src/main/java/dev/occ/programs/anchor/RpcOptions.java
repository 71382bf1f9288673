package dev.occ.programs.anchor;

import dev.occ.json.JsonException;
import dev.occ.proof.Counter;
import java.net.URI;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Option;

/** Which Ethereum nodes to ask, shared by the commands that do. */
public final class RpcOptions {
  @Option(
      names = "--rpc",
      paramLabel = "URL",
      description =
          "JSON-RPC address of an Ethereum node. May be repeated; nodes are asked in this order.")
  private List<URI> rpc = List.of();

  @Option(
      names = "--agree",
      paramLabel = "N",
      defaultValue = "1",
      description = "Number of nodes that must return the same hash (default: ${DEFAULT-VALUE}).")
  private int agree = 1;

  @Option(
      names = "--chain-id",
      paramLabel = "NUMBER",
      defaultValue = "1",
      description =
          "Chain ID that the nodes must have (default: ${DEFAULT-VALUE}, Ethereum mainnet).")
  private String chainId = "1";

  @Option(
      names = "--rpc-timeout",
      paramLabel = "TIME",
      defaultValue = "10s",
      description = "Timeout of one request to a node (default: ${DEFAULT-VALUE}).")
  private String timeout = "10s";

  public RpcOptions() {}

  /** Whether any node was named. */
  public boolean isGiven() {
    return !rpc.isEmpty();
  }

  public Counter chainId() throws JsonException {
    return Counter.parse(chainId);
  }

  /**
   * The nodes.
   *
   * @throws IllegalArgumentException if an option cannot be used
   */
  public BlockSource blocks() throws JsonException {
    if (rpc.isEmpty()) {
      throw new IllegalArgumentException("--rpc is needed: an Ethereum node to ask");
    }
    return new BlockSource(rpc, chainId(), agree, duration("--rpc-timeout", timeout));
  }

  /** A number with {@code ms}, {@code s}, {@code m} or {@code h}. */
  public static Duration duration(String option, String text) {
    try {
      Duration duration =
          text.endsWith("ms")
              ? Duration.ofMillis(Integer.parseInt(text.substring(0, text.length() - 2)))
              : Duration.parse("PT" + text.toUpperCase(Locale.ROOT));
      if (!duration.isNegative()
          && !duration.isZero()
          && duration.compareTo(Duration.ofDays(1)) <= 0) {
        return duration;
      }
    } catch (DateTimeParseException | NumberFormatException e) {
      throw new IllegalArgumentException(option + " needs a time like 12s, 500ms or 5m", e);
    }
    throw new IllegalArgumentException(option + " needs a time up to a day");
  }
}
