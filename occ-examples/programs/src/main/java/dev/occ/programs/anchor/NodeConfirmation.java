package dev.occ.programs.anchor;

import dev.occ.json.JsonArray;
import dev.occ.json.JsonBoolean;
import dev.occ.json.JsonNumber;
import dev.occ.json.JsonObject;
import dev.occ.json.JsonString;
import dev.occ.json.JsonValue;
import dev.occ.verifier.EthereumAnchor;
import dev.occ.verifier.chain.PlacedAnchor;
import dev.occ.verifier.cli.chain.AnchorConfirmation;
import java.util.ArrayList;
import java.util.List;

/**
 * Asks Ethereum nodes about every anchored block of a history, whether the anchor is authenticated
 * or not. After three failures in a row it asks no more: a history may have more blocks than
 * anybody waits for. Not safe for use by several threads at once.
 *
 * <p>Whoever may commit can write an anchor of a block that does not exist. A refuted anchor on
 * which no bound rests is therefore counted and named, and does not make the history refuted.
 */
public final class NodeConfirmation implements AnchorConfirmation {
  private static final int MAX_FAILURES = 3;
  private static final int MAX_LISTED = 100;

  private final BlockSource blocks;
  private final List<String> details = new ArrayList<>();
  private long confirmed;
  private long refuted;
  private long refutedIgnored;
  private long unanswered;
  private int failures;

  /**
   * A confirmation that has asked nothing yet.
   *
   * @param blocks the nodes
   */
  public NodeConfirmation(BlockSource blocks) {
    this.blocks = blocks;
  }

  @Override
  public void anchored(PlacedAnchor placed) {
    EthereumAnchor anchor = placed.anchor();
    if (failures >= MAX_FAILURES) {
      unanswered++;
      return;
    }
    Block claimed = new Block(anchor.blockNumber(), anchor.blockHash());
    try {
      Block actual = blocks.block(anchor.blockNumber());
      failures = 0;
      if (actual.equals(claimed)) {
        confirmed++;
      } else {
        if (placed.bounding()) {
          refuted++;
        } else {
          refutedIgnored++;
        }
        detail(
            "block "
                + claimed
                + " is not a block of this chain: the node returned "
                + actual
                + (anchor.authenticated() ? "" : "; the anchor is not authenticated"));
      }
    } catch (RpcException e) {
      unanswered++;
      // That one block is unknown says nothing about the next.
      failures = e.reason() == RpcException.Reason.NO_SUCH_BLOCK ? 0 : failures + 1;
      detail("block " + claimed + " is not confirmed (" + e.reason().code() + ")");
    }
  }

  private void detail(String text) {
    if (details.size() < MAX_LISTED) {
      details.add(text);
    }
  }

  @Override
  public boolean isRefuted() {
    return refuted > 0;
  }

  @Override
  public boolean isComplete() {
    return unanswered == 0;
  }

  @Override
  public JsonObject toJson() {
    return JsonObject.builder()
        .put("confirmed", JsonNumber.of(confirmed))
        .put("refuted", JsonNumber.of(refuted))
        .put("refutedIgnored", JsonNumber.of(refutedIgnored))
        .put("unanswered", JsonNumber.of(unanswered))
        .put("complete", isComplete() ? JsonBoolean.TRUE : JsonBoolean.FALSE)
        .put("details", new JsonArray(details.stream().<JsonValue>map(JsonString::new).toList()))
        .build();
  }

  @Override
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "Ethereum: blocks confirmed "
            + confirmed
            + ", refuted "
            + refuted
            + ", open "
            + unanswered
            + (refutedIgnored == 0 ? "" : ", refuted and ignored " + refutedIgnored));
    details.forEach(detail -> lines.add("  " + detail));
    return lines;
  }
}
