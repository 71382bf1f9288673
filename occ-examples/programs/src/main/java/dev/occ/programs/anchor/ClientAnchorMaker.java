package dev.occ.programs.anchor;

import dev.occ.client.CommitOptions;
import dev.occ.client.OccClient;
import dev.occ.client.OccClientException;
import dev.occ.proof.AnchoredBlock;
import dev.occ.proof.Proof;
import java.util.List;

/** Commits anchors through a parent server, whose proofs the client checks and verifies. */
public final class ClientAnchorMaker implements AnchorMaker {
  private final OccClient client;
  private final String chain;
  private final String explorer;

  /**
   * A maker.
   *
   * @param client talks to the server
   * @param chain the chain to anchor
   * @param explorer begins the anchors' titles, without a slash at its end
   */
  public ClientAnchorMaker(OccClient client, String chain, String explorer) {
    this.client = client;
    this.chain = chain;
    this.explorer = explorer;
  }

  @Override
  public Proof make(Block block) throws NotMadeException {
    AnchoredBlock anchor = new AnchoredBlock(block.number().bits(), block.hash());
    CommitOptions options =
        CommitOptions.builder().chainId(chain).attribution(anchor.attribution(explorer)).build();
    try {
      return client.commit(List.of(anchor.digest()), options).get(0);
    } catch (OccClientException e) {
      String text =
          "no anchor for block "
              + block.number()
              + ", "
              + e.reason().code()
              + ": "
              + e.getMessage();
      throw new NotMadeException(text, e.mayHaveTakenEffect(), e);
    }
  }
}
