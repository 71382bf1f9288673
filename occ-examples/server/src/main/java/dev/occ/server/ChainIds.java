package dev.occ.server;

import dev.occ.epoch.EpochException;
import dev.occ.epoch.EpochOptions;
import dev.occ.json.JsonException;
import dev.occ.json.JsonView;
import dev.occ.proof.Commit;

/** The {@code chainId} of a request. */
final class ChainIds {
  private ChainIds() {}

  /** The chain that a request names, or the default one. */
  static String read(JsonView body) throws JsonException, ApiException {
    String chainId = body.optionalText("chainId").orElse(Commit.DEFAULT_CHAIN);
    try {
      EpochOptions.DEFAULT.requireChainId(chainId);
    } catch (EpochException e) {
      throw ApiException.overLimit(e);
    }
    return chainId;
  }
}
