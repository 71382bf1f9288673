package dev.occ.verifier.cli;

import dev.occ.verifier.AttestedFacts;
import dev.occ.verifier.Check;
import dev.occ.verifier.HistoricalForm;
import dev.occ.verifier.Verified;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a verified proof does <em>not</em> show; as important as what it does. */
final class Caveats {
  private Caveats() {}

  static List<String> of(Verified verified, Trust trust) {
    List<String> caveats = new ArrayList<>();
    if (trust == Trust.INTEGRITY_ONLY) {
      caveats.add(
          "no policy was given, so only integrity was checked; nothing about hardware was shown"
              + " (--policy or --pcr0 ask for more)");
    }
    if (!verified.artifactChecked()) {
      caveats.add("no file was compared with the proof (--artifact or --digest do that)");
    }
    if (!verified.slotChecked()) {
      caveats.add("the proof has no slot: the nonce may have been chosen after the digest");
    }
    if (outcome(verified, Check.Step.AGENCY) == Check.Outcome.NOT_CHECKED) {
      caveats.add("who authorised the commit was not checked");
    }
    addAttestation(caveats, verified);
    addHistorical(caveats, verified);
    return caveats;
  }

  private static void addAttestation(List<String> caveats, Verified verified) {
    Optional<AttestedFacts> attested = verified.attested();
    if (attested.isEmpty()) {
      caveats.add(
          "tier "
              + verified.enforcement().wireName()
              + " and the measurement are what the signer says about itself");
      return;
    }
    if (!attested.get().isAwsRoot()) {
      caveats.add("no AWS hardware stands behind it: the attesting root is one given with --root");
    }
    if (attested.get().isDebug()) {
      caveats.add("the enclave ran in debug mode: its parent could read the key");
    }
  }

  private static void addHistorical(List<String> caveats, Verified verified) {
    for (HistoricalForm form : HistoricalForm.values()) {
      if (form.needsHistoricalMode() && verified.historicalForms().contains(form)) {
        caveats.add("accepted in historical mode only: " + form.code());
      }
    }
  }

  private static Check.Outcome outcome(Verified verified, Check.Step step) {
    for (Check check : verified.checks()) {
      if (check.step() == step) {
        return check.outcome();
      }
    }
    throw new IllegalStateException("a verified proof went through every step");
  }
}
