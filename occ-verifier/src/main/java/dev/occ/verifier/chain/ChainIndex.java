package dev.occ.verifier.chain;

import dev.occ.proof.Bytes;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Numbers the chains and epochs of a history as they turn up. For use by one thread. */
final class ChainIndex {
  /**
   * An epoch as its key speaks for it.
   *
   * @param number from 0
   * @param nameHash hash of its id
   * @param hash hash of id and key
   * @param id id and key, with the name of some chain
   */
  record EpochEntry(int number, Bytes nameHash, Bytes hash, ChainId id) {}

  /**
   * A chain of an epoch.
   *
   * @param number from 0
   * @param epoch its epoch
   * @param id its names
   * @param hash hash of all that tells it apart
   */
  record ChainEntry(int number, EpochEntry epoch, ChainId id, Bytes hash) {}

  private final int maxChains;
  private final Map<Bytes, ChainEntry> byHash = new HashMap<>();
  private final Map<Bytes, EpochEntry> epochsByHash = new HashMap<>();
  private final List<ChainEntry> chains = new ArrayList<>();
  private final List<EpochEntry> epochs = new ArrayList<>();
  private final BitSet authenticated = new BitSet();

  ChainIndex(int maxChains) {
    this.maxChains = maxChains;
  }

  ChainEntry chain(ChainKey key) throws ChainException {
    ChainEntry known = byHash.get(key.chain());
    if (known != null) {
      return known;
    }
    if (chains.size() == maxChains) {
      throw new ChainException(
          ChainException.Reason.TOO_MANY_CHAINS,
          "the proofs name more than " + maxChains + " chains");
    }
    ChainEntry chain = new ChainEntry(chains.size(), epoch(key), key.id(), key.chain());
    byHash.put(key.chain(), chain);
    chains.add(chain);
    return chain;
  }

  private EpochEntry epoch(ChainKey key) {
    EpochEntry known = epochsByHash.get(key.epoch());
    if (known != null) {
      return known;
    }
    EpochEntry epoch = new EpochEntry(epochs.size(), key.epochName(), key.epoch(), key.id());
    epochsByHash.put(key.epoch(), epoch);
    epochs.add(epoch);
    return epoch;
  }

  ChainEntry chain(int number) {
    return chains.get(number);
  }

  List<ChainEntry> chains() {
    return chains;
  }

  List<EpochEntry> epochs() {
    return epochs;
  }

  EpochEntry epoch(int number) {
    return epochs.get(number);
  }

  /** The epoch with this id and key, if a proof of it is there. */
  Optional<EpochEntry> epoch(Bytes hash) {
    return Optional.ofNullable(epochsByHash.get(hash));
  }

  /** Says that an epoch has authenticated anchors (spec 10): no others bound anything there. */
  void authenticate(int epoch) {
    authenticated.set(epoch);
  }

  boolean isAuthenticated(int epoch) {
    return authenticated.get(epoch);
  }

  /** Whether two chains are of epochs that share their id or their key, though not both. */
  boolean clash(int chain, int other) {
    EpochEntry a = chain(chain).epoch();
    EpochEntry b = chain(other).epoch();
    return a.number() != b.number()
        && (a.nameHash().equals(b.nameHash()) || a.id().publicKey().equals(b.id().publicKey()));
  }
}
