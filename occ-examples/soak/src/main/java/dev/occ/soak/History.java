package dev.occ.soak;

import dev.occ.enclave.EnclaveIdentity;
import dev.occ.proof.Bytes;
import dev.occ.proof.Counter;
import dev.occ.soak.Ledger.CutOff;
import dev.occ.verifier.ProofVerifier;
import dev.occ.verifier.VerificationPolicy;
import dev.occ.verifier.chain.ChainException;
import dev.occ.verifier.chain.ChainFault;
import dev.occ.verifier.chain.ChainReport;
import dev.occ.verifier.chain.ChainVerification;
import dev.occ.verifier.chain.ChainVerifier;
import dev.occ.verifier.chain.EpochSummary;
import dev.occ.verifier.chain.FaultReason;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Verifies all that was handed out as one history.
 *
 * <p>Nothing may be found in it but gaps where a proof was made and its answer lost. A gap is
 * explained if a request of unknown outcome on its chain was under way between the requests of the
 * proofs around it; and an epoch's chain must not have more gaps than such requests had digests.
 */
final class History {
  private static final int MAX_DETAILS = 100_000;

  private final Ledger ledger;
  private final List<EnclaveIdentity> identities;
  private final Map<String, Map<String, long[]>> times = new HashMap<>();
  private final Map<String, Long> gapsOfChain = new HashMap<>();
  private final List<String> wrong = new ArrayList<>();

  /**
   * What came of it.
   *
   * @param report the whole report
   * @param gaps how many gaps there are, missing beginnings too
   * @param wrong what is wrong, with gaps that nothing explains
   */
  record Findings(ChainReport report, long gaps, List<String> wrong) {}

  History(Ledger ledger, List<EnclaveIdentity> identities) {
    this.ledger = ledger;
    this.identities = identities;
  }

  Findings verify() throws IOException, ChainException {
    ProofVerifier verifier =
        ProofVerifier.create(VerificationPolicy.integrityOnly().toBuilder().requireSlot().build());
    ChainVerifier chains =
        ChainVerifier.builder(verifier)
            .maxFaultsPerReason(MAX_DETAILS)
            .temporaryFolder(ledger.folder())
            .build();
    ChainReport report;
    try (ChainVerification verification = chains.start()) {
      for (int i = 0; i < ledger.epochIds().size(); i++) {
        addEpoch(verification, i);
      }
      report = verification.finish();
    }
    checkFaults(report);
    checkEpochs(report);
    long gaps = report.count(FaultReason.GAP) + report.count(FaultReason.MISSING_START);
    return new Findings(report, gaps, wrong);
  }

  private void addEpoch(ChainVerification verification, int number)
      throws IOException, ChainException {
    try (BufferedReader lines = Files.newBufferedReader(Ledger.proofsOf(ledger.folder(), number))) {
      int at = 1;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        verification.add(number + ":" + at++, line.getBytes(StandardCharsets.UTF_8));
      }
    }
  }

  private void checkFaults(ChainReport report) throws IOException {
    for (FaultReason reason : report.findings().keySet()) {
      for (ChainFault fault : report.found(reason).shown()) {
        if (reason != FaultReason.GAP && reason != FaultReason.MISSING_START) {
          wrong.add(reason.code() + ": " + fault);
        } else if (!isExplained(fault)) {
          wrong.add("nothing explains " + fault);
        }
      }
      if (report.found(reason).leftOut() > 0) {
        wrong.add("more findings of " + reason.code() + " than can be looked at");
      }
    }
  }

  /** An epoch is one enclave's, under the key that it told at its own socket. */
  private void checkEpochs(ChainReport report) {
    Map<String, Bytes> known = new HashMap<>();
    identities.forEach(identity -> known.put(identity.epochId(), identity.publicKey()));
    for (EpochSummary epoch : report.epochs().shown()) {
      Bytes key = known.get(epoch.epochId().orElse(""));
      if (key == null || !key.equals(epoch.publicKey())) {
        wrong.add("an epoch that no enclave was: " + epoch.epochId());
      }
    }
    if (report.epochs().total() != identities.size()) {
      wrong.add(report.epochs().total() + " epochs with proofs of " + identities.size());
    }
  }

  private boolean isExplained(ChainFault gap) throws IOException {
    String epoch = gap.chain().flatMap(chain -> chain.epochId()).orElse("");
    String chain = gap.chain().orElseThrow().chain();
    Map<String, long[]> known = timesOf(epoch);
    long[] epochTime = time(known, "");
    long[] first = gap.after().map(c -> time(known, key(chain, c))).orElse(epochTime);
    long[] last = time(known, key(chain, gap.counter().orElseThrow()));
    boolean any = false;
    long lost = 0;
    for (CutOff cut : ledger.cutOffs()) {
      if (cut.chain().equals(chain)) {
        any |= cut.sent() <= last[1] && cut.ended() >= first[0];
        lost += cut.sent() <= epochTime[1] && cut.ended() >= epochTime[0] ? cut.digests() : 0;
      }
    }
    return any && gapsOfChain.merge(epoch + chain, 1L, Long::sum) <= lost;
  }

  private static long[] time(Map<String, long[]> known, String key) {
    return Objects.requireNonNull(known.get(key), key);
  }

  private static String key(String chain, Counter counter) {
    return chain + " " + counter;
  }

  /** By chain and counter: when the proof was asked for and when it came; "" for the epoch. */
  private Map<String, long[]> timesOf(String epoch) throws IOException {
    Map<String, long[]> known = times.get(epoch);
    if (known == null) {
      known = new HashMap<>();
      int number = ledger.epochIds().indexOf(epoch);
      long[] all = {Long.MAX_VALUE, Long.MIN_VALUE};
      for (String line : Files.readAllLines(Ledger.timesOf(ledger.folder(), number))) {
        String[] parts = line.split(" ", -1);
        long[] time = {Long.parseLong(parts[2]), Long.parseLong(parts[3])};
        known.put(parts[0] + " " + parts[1], time);
        all[0] = Math.min(all[0], time[0]);
        all[1] = Math.max(all[1], time[1]);
      }
      known.put("", all);
      times.clear(); // one epoch's at a time: faults come in order
      times.put(epoch, known);
    }
    return known;
  }
}
