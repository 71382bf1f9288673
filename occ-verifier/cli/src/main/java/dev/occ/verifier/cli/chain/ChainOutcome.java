package dev.occ.verifier.cli.chain;

import dev.occ.cli.options.Trust;
import dev.occ.json.JsonArray;
import dev.occ.json.JsonNumber;
import dev.occ.json.JsonObject;
import dev.occ.json.JsonString;
import dev.occ.json.JsonValue;
import dev.occ.verifier.Caveat;
import dev.occ.verifier.chain.ChainReport;
import java.util.ArrayList;
import java.util.List;

/**
 * A chain report and what it does not say about itself: how its proofs were judged, and whether it
 * is about all that was given.
 *
 * @param report about what could be read
 * @param trust where the policy came from
 * @param caveats what the policy leaves open, whatever the proofs are
 * @param leniency the options that let proofs pass which would otherwise be refused
 * @param unreadable how many inputs could not be read
 */
record ChainOutcome(
    ChainReport report, Trust trust, List<Caveat> caveats, List<String> leniency, long unreadable) {
  ChainOutcome {
    caveats = List.copyOf(caveats);
    leniency = List.copyOf(leniency);
  }

  /** Whether everything that was given is sound. */
  boolean isSound() {
    return report.isSound() && unreadable == 0;
  }

  /** One line that says it all. */
  String summary() {
    String found =
        count(report.proofs(), "proof")
            + " on "
            + count(report.chainCount(), "chain")
            + " of "
            + count(report.epochs().total(), "epoch")
            + ", "
            + count(report.faultCount(), "fault");
    return unreadable == 0 ? found : found + ", " + notReadable();
  }

  /** What a verdict must not be read without, in parentheses; empty if there is nothing. */
  String reservation() {
    List<String> reservations = new ArrayList<>();
    if (report.isSound() && isIntegrityOnly()) {
      reservations.add("integrity only");
    }
    if (report.anchorFindingCount() > 0) {
      reservations.add(count(report.anchorFindingCount(), "finding") + " about anchors");
    }
    if (unreadable > 0) {
      reservations.add(notReadable());
    }
    return reservations.isEmpty() ? "" : " (" + String.join(", ", reservations) + ")";
  }

  /** Whether proofs that anyone made with a key of their own fulfil the policy. */
  boolean isIntegrityOnly() {
    return caveats.stream().anyMatch(c -> c.kind() == Caveat.Kind.INTEGRITY_ONLY);
  }

  private String notReadable() {
    return count(unreadable, "input") + " not readable";
  }

  static String count(long number, String what) {
    return number + " " + what + (number == 1 ? "" : "s");
  }

  JsonObject toJson() {
    return report
        .toJson()
        .with("unreadable", JsonNumber.of(unreadable))
        .with("policy", new JsonString(trust.code()))
        .with("caveats", new JsonArray(caveats.stream().<JsonValue>map(Caveat::toJson).toList()))
        .with("leniency", JsonArray.ofTexts(leniency));
  }
}
