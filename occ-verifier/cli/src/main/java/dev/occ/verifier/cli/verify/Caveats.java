package dev.occ.verifier.cli.verify;

import dev.occ.agency.AuthorizedActor;
import dev.occ.cli.options.Trust;
import dev.occ.verifier.AttestedFacts;
import dev.occ.verifier.HistoricalForm;
import dev.occ.verifier.Verified;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

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
    verified.actor().ifPresent(actor -> addAgency(caveats, actor));
    addAttestation(caveats, verified);
    addHistorical(caveats, verified);
    return caveats;
  }

  /**
   * What a valid proof of many must not be taken without: a word for each leniency that it needed,
   * and the historical forms that it has.
   */
  static List<String> marks(Verified verified) {
    List<String> marks = new ArrayList<>();
    if (verified.attested().filter(facts -> !facts.isAwsRoot()).isPresent()) {
      marks.add("root not AWS's");
    }
    if (verified.attested().filter(AttestedFacts::isDebug).isPresent()) {
      marks.add("DEBUG enclave");
    }
    String forms =
        Arrays.stream(HistoricalForm.values())
            .filter(verified.historicalForms()::contains)
            .map(HistoricalForm::code)
            .collect(Collectors.joining(", "));
    if (!forms.isEmpty()) {
      marks.add("historical forms: " + forms);
    }
    return marks;
  }

  private static void addAgency(List<String> caveats, AuthorizedActor actor) {
    if (actor.webAuthn().isPresent()) {
      caveats.add(
          "the actor's WebAuthn signature covers the enclave's challenge, not the artifact: that it"
              + " was given for this one is what the signer says");
    } else if (actor.batch().filter(batch -> batch.index() > 0).isPresent()) {
      caveats.add(
          "the actor signed for the first artifact of the batch: that this one belongs to it is"
              + " what the signer says");
    }
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
}
