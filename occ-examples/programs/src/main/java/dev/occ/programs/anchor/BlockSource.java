package dev.occ.programs.anchor;

import com.google.errorprone.annotations.CheckReturnValue;
import dev.occ.programs.anchor.RpcException.Reason;
import dev.occ.proof.Counter;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Blocks, from several Ethereum nodes: the first that answers proposes one, and as many as asked
 * for must name the same hash for its number. A node on another chain is no node. Immutable.
 */
@CheckReturnValue
public final class BlockSource {
  private final List<RpcEndpoint> endpoints;
  private final Counter chainId;
  private final int agree;

  /**
   * A source.
   *
   * @param urls the nodes' JSON-RPC addresses, in the order in which they are asked
   * @param chainId the chain that they must be on; 1 is Ethereum's main one
   * @param agree how many must name the same hash, 1 to the number of nodes
   * @param timeout how long one answer may take
   * @throws IllegalArgumentException if an address cannot be used, or the number of nodes is not
   *     enough
   */
  public BlockSource(List<URI> urls, Counter chainId, int agree, Duration timeout) {
    if (agree < 1 || agree > urls.size()) {
      throw new IllegalArgumentException(
          "the number of agreeing nodes must be 1 to the number of nodes");
    }
    this.endpoints = urls.stream().map(url -> new RpcEndpoint(url, timeout)).toList();
    this.chainId = chainId;
    this.agree = agree;
  }

  /**
   * The newest block.
   *
   * @param finality which one counts as that
   * @return the block on which the nodes agree
   * @throws RpcException if no node gives one, or too few agree on it
   */
  public Block newest(Finality finality) throws RpcException {
    return first(endpoint -> endpoint.newest(finality));
  }

  /**
   * The block of a number.
   *
   * @param number its number
   * @return the block on which the nodes agree
   * @throws RpcException if no node gives one, or too few agree on it
   */
  public Block block(Counter number) throws RpcException {
    return first(endpoint -> endpoint.block(number));
  }

  private interface Question {
    Block ask(RpcEndpoint endpoint) throws RpcException;
  }

  /** The first answer that enough nodes agree with; a node that fails costs time only. */
  private Block first(Question question) throws RpcException {
    List<RpcException> failures = new ArrayList<>();
    for (RpcEndpoint endpoint : endpoints) {
      try {
        checkChain(endpoint);
        Block block = question.ask(endpoint);
        checkAgreement(block, endpoint);
        return block;
      } catch (RpcException e) {
        failures.add(e);
      }
    }
    throw failure(failures);
  }

  private void checkAgreement(Block block, RpcEndpoint proposer) throws RpcException {
    int same = 1;
    for (RpcEndpoint endpoint : endpoints) {
      if (same < agree && endpoint != proposer && names(endpoint, block)) {
        same++;
      }
    }
    if (same < agree) {
      throw new RpcException(
          Reason.DISAGREEMENT,
          same + " of " + agree + " nodes return this hash for block " + block.number());
    }
  }

  /** One that does not know the block yet, or does not answer, does not agree. */
  private boolean names(RpcEndpoint endpoint, Block block) {
    try {
      checkChain(endpoint);
      return endpoint.block(block.number()).equals(block);
    } catch (RpcException e) {
      return false;
    }
  }

  /** Asked every time: behind one address there may be another node the next time. */
  private void checkChain(RpcEndpoint endpoint) throws RpcException {
    Counter actual = endpoint.chainId();
    if (!actual.equals(chainId)) {
      throw new RpcException(
          Reason.WRONG_CHAIN,
          endpoint.host() + " is on chain " + actual + " instead of " + chainId);
    }
  }

  /** The last one's reason stands for all; the others are told with it. */
  private static RpcException failure(List<RpcException> failures) {
    RpcException last = failures.get(failures.size() - 1);
    if (failures.size() == 1) {
      return last;
    }
    String all =
        String.join("; ", failures.stream().map(e -> String.valueOf(e.getMessage())).toList());
    RpcException summary = new RpcException(last.reason(), all, last);
    failures.subList(0, failures.size() - 1).forEach(summary::addSuppressed);
    return summary;
  }
}
