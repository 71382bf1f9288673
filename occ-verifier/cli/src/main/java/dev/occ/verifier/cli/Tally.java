package dev.occ.verifier.cli;

import dev.occ.verifier.Rejection;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** Counts results. For use by one thread. */
final class Tally {
  private final Map<Rejection, Long> reasons = new EnumMap<>(Rejection.class);
  private long valid;
  private long notValid;
  private long unreadable;

  /** Counts a proof: valid if there is no reason to reject it. */
  void add(Optional<Rejection> rejection) {
    if (rejection.isPresent()) {
      notValid++;
      reasons.merge(rejection.get(), 1L, Long::sum);
    } else {
      valid++;
    }
  }

  void addUnreadable() {
    unreadable++;
  }

  long proofs() {
    return valid + notValid;
  }

  long notValid() {
    return notValid;
  }

  /** Whether nothing was counted. */
  boolean isEmpty() {
    return proofs() == 0 && unreadable == 0;
  }

  /** Says valid only if something was, never because nothing was looked at. */
  int exitCode() {
    if (unreadable > 0 || isEmpty()) {
      return ExitCode.UNUSABLE;
    }
    return notValid > 0 ? ExitCode.NOT_VALID : ExitCode.VALID;
  }

  /** One line for people. */
  String summary() {
    StringBuilder text = new StringBuilder();
    text.append(proofs()).append(proofs() == 1 ? " proof: " : " proofs: ");
    text.append(valid).append(" valid, ").append(notValid).append(" not valid");
    String separator = " (";
    for (Map.Entry<Rejection, Long> reason : reasons.entrySet()) {
      text.append(separator).append(reason.getKey().code()).append(' ').append(reason.getValue());
      separator = ", ";
    }
    if (!reasons.isEmpty()) {
      text.append(')');
    }
    if (unreadable > 0) {
      text.append(", ").append(unreadable).append(" not readable");
    }
    return text.toString();
  }
}
