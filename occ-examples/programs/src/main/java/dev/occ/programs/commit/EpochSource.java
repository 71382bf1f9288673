package dev.occ.programs.commit;

import dev.occ.enclave.program.StopRequest;
import dev.occ.epoch.CommitRequest;
import dev.occ.epoch.Epoch;
import dev.occ.epoch.EpochException;
import dev.occ.epoch.Slot;
import dev.occ.programs.kit.Screen;
import dev.occ.programs.kit.SignerOptions;
import dev.occ.proof.Attribution;
import dev.occ.proof.Bytes;
import dev.occ.proof.Proof;
import dev.occ.signer.EnforcementTier;
import dev.occ.signer.SignerException;
import dev.occ.verifier.ValidProof;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** One new epoch in this process, opened when the first proof is wanted or compared. */
final class EpochSource implements ProofSource {
  private static final String DEFAULT_SIGNER = "soft";

  private final SignerOptions signer;
  private final String chain;
  private final Optional<Attribution> attribution;
  private final Screen screen;
  private Optional<Epoch> epoch = Optional.empty();
  private boolean announced;

  EpochSource(
      SignerOptions signer, String chain, Optional<Attribution> attribution, Screen screen) {
    this.signer = signer;
    this.chain = chain;
    this.attribution = attribution;
    this.screen = screen;
  }

  /** One: each proof is on the disk before the next is made. */
  @Override
  public int batchSize() {
    return 1;
  }

  @Override
  public void commit(List<Bytes> digests, Consumer<Proof> made, StopRequest stop)
      throws EpochException, SignerException {
    Epoch open = open();
    if (!announced) {
      screen.field("epoch", open.id());
      announced = true;
    }
    for (Bytes digest : digests) {
      Slot slot = open.allocateSlot(chain);
      CommitRequest.Builder request = CommitRequest.builder(slot.id(), digest);
      attribution.ifPresent(request::attribution);
      made.accept(open.commit(request.build()));
    }
  }

  @Override
  public boolean isSignerOf(ValidProof proof) throws EpochException, SignerException {
    Epoch open = open();
    return proof.enforcement() == open.enforcement()
        && proof.measurement().equals(open.measurement());
  }

  private Epoch open() throws EpochException, SignerException {
    if (epoch.isEmpty()) {
      Epoch opened = Epoch.open(signer.open(DEFAULT_SIGNER, Map.of()));
      epoch = Optional.of(opened);
    }
    return epoch.get();
  }

  @Override
  public List<String> cautions() {
    return announced && epoch.isPresent() && epoch.get().enforcement() == EnforcementTier.STUB
        ? List.of("the key was in this process's memory: the proofs show nothing about hardware")
        : List.of();
  }

  @Override
  public void close() {
    epoch.ifPresent(Epoch::close);
  }
}
