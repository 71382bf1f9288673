package dev.occ.cli;

import dev.occ.verifier.Rejection;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** Counts results. For use by one thread. */
public final class Tally {
  private final Map<Rejection, Long> reasons = new EnumMap<>(Rejection.class);
  private long valid;
  private long notValid;
  private long unreadable;

  /** Counts a proof: valid if there is no reason to reject it. */
  public void add(Optional<Rejection> rejection) {
    if (rejection.isPresent()) {
      notValid++;
      reasons.merge(rejection.get(), 1L, Long::sum);
    } else {
      valid++;
    }
  }

  public void addUnreadable() {
    unreadable++;
  }

  public long proofs() {
    return valid + notValid;
  }

  public long notValid() {
    return notValid;
  }

  /** Whether nothing was counted. */
  public boolean isEmpty() {
    return proofs() == 0 && unreadable == 0;
  }

  /** Says valid only if something was, never because nothing was looked at. */
  public int exitCode() {
    if (unreadable > 0 || isEmpty()) {
      return ExitCode.UNUSABLE;
    }
    return notValid > 0 ? ExitCode.REFUSED : ExitCode.OK;
  }

  /** One line for people. */
  public String summary() {
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
