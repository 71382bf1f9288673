package dev.occ.programs.anchor;

import dev.occ.anchor.AnchorClaim;
import dev.occ.anchor.AnchorScope;
import dev.occ.anchor.AnchorSigner;
import dev.occ.client.CommitOptions;
import dev.occ.client.OccClient;
import dev.occ.client.OccClientException;
import dev.occ.proof.AnchoredBlock;
import dev.occ.proof.Proof;
import dev.occ.proof.ProtocolName;
import java.util.List;

/**
 * Commits anchors through a parent server, whose proofs the client checks and verifies.
 *
 * <p>A claim is for one epoch, so the server is asked for its epoch before each. If it restarts in
 * between, the enclave refuses the claim, and the block can be tried again.
 */
public final class ClientAnchorMaker implements AnchorMaker {
  private final OccClient client;
  private final AnchorSigner signer;
  private final Target target;

  /**
   * What is anchored.
   *
   * @param protocol the name under which the enclave writes its proofs
   * @param chain the chain to anchor
   * @param explorer begins the anchors' titles, without a slash at its end
   */
  public record Target(ProtocolName protocol, String chain, String explorer) {}

  /**
   * A maker.
   *
   * @param client talks to the server
   * @param signer signs the claims
   * @param target what is anchored
   */
  public ClientAnchorMaker(OccClient client, AnchorSigner signer, Target target) {
    this.client = client;
    this.signer = signer;
    this.target = target;
  }

  @Override
  public Proof make(Block block) throws NotMadeException {
    AnchorClaim claim = claim(block);
    CommitOptions options =
        CommitOptions.builder()
            .chainId(target.chain())
            .attribution(claim.block().attribution(target.explorer()))
            .anchor(claim)
            .build();
    try {
      return client.commit(List.of(claim.block().digest()), options).get(0);
    } catch (OccClientException e) {
      throw notMade(block, why(e), e.mayHaveTakenEffect(), e);
    }
  }

  /** Nothing has been asked for yet when this fails. */
  private AnchorClaim claim(Block block) throws NotMadeException {
    try {
      AnchoredBlock anchored = new AnchoredBlock(block.number().bits(), block.hash());
      String epochId = client.key().epochId();
      return signer.claim(anchored, new AnchorScope(target.protocol(), epochId, target.chain()));
    } catch (OccClientException e) {
      throw notMade(block, why(e), false, e);
    } catch (IllegalArgumentException e) { // of a number or an epoch that no claim can be about
      throw notMade(block, String.valueOf(e.getMessage()), false, e);
    }
  }

  private static String why(OccClientException e) {
    return e.reason().code() + ": " + e.getMessage();
  }

  private static NotMadeException notMade(
      Block block, String why, boolean mayExist, Exception cause) {
    return new NotMadeException(
        "no anchor for block " + block.number() + ", " + why, mayExist, cause);
  }
}
