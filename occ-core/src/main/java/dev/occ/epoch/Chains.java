package dev.occ.epoch;

import dev.occ.epoch.EpochException.Reason;
import java.util.HashMap;
import java.util.Map;

/** The chains of an epoch, made when first named, bounded in number. Thread-safe. */
final class Chains {
  private final Map<String, Chain> chains = new HashMap<>();
  private final EpochOptions options;

  Chains(EpochOptions options) {
    this.options = options;
  }

  synchronized Chain named(String id) throws EpochException {
    options.requireChainId(id);
    Chain known = chains.get(id);
    if (known != null) {
      return known;
    }
    if (chains.size() >= options.maxChains()) {
      throw new EpochException(
          Reason.TOO_MANY_CHAINS, "the epoch has " + options.maxChains() + " chains already");
    }
    Chain made = new Chain(id);
    chains.put(id, made);
    return made;
  }

  synchronized int size() {
    return chains.size();
  }
}
