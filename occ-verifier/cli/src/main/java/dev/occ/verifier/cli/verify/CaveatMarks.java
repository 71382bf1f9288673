package dev.occ.verifier.cli.verify;

import dev.occ.verifier.Caveat;
import dev.occ.verifier.HistoricalForm;
import dev.occ.verifier.ValidProof;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A valid proof's caveats where there is one line for it: a word for each that the verdict must not
 * be taken without. All of them, in full, are in the details and in the JSON.
 */
final class CaveatMarks {
  private CaveatMarks() {}

  static List<String> of(ValidProof proof) {
    List<String> marks = new ArrayList<>();
    for (Caveat caveat : proof.caveats()) {
      switch (caveat.kind()) {
        case INTEGRITY_ONLY -> marks.add("integrity only");
        case MEASUREMENT_NOT_ATTESTED -> marks.add("measurement not attested");
        case ROOT_NOT_AWS -> marks.add("root not AWS's");
        case ANCHOR_NOT_AUTHENTICATED -> marks.add("anchor not authenticated");
        case ANCHOR_MALFORMED -> marks.add("no anchor");
        case FLOOR_AMBIGUOUS -> marks.add("two floors");
        case DEBUG_ENCLAVE -> marks.add("DEBUG enclave");
        case ACTOR_DID_NOT_SIGN_ARTIFACT -> marks.add("actor did not sign the artifact");
        default -> {
          // Said once for all proofs, in the summary, or in the details only.
        }
      }
    }
    String forms =
        Arrays.stream(HistoricalForm.values())
            .filter(proof.historicalForms()::contains)
            .map(HistoricalForm::code)
            .collect(Collectors.joining(", "));
    if (!forms.isEmpty()) {
      marks.add("historical forms: " + forms);
    }
    return marks;
  }
}
