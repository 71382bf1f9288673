package dev.occ.cli;

import java.util.Map;
import java.util.TreeMap;

/** Counts results. For use by one thread. */
public final class Tally {
  private final Map<String, Long> reasons = new TreeMap<>();
  private long valid;
  private long notValid;
  private long unreadable;
  private long compared;
  private long unproven;

  public void addValid() {
    valid++;
  }

  /** Counts a proof that does not hold, or whose file does not. */
  public void addNotValid(String reason) {
    notValid++;
    reasons.merge(reason, 1L, Long::sum);
  }

  public void addUnreadable() {
    unreadable++;
  }

  /** Notes that one of the proofs was compared with its file, whatever came of it. */
  public void addCompared() {
    compared++;
  }

  /** Notes a file that has no proof. */
  public void addUnproven() {
    unproven++;
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
    for (Map.Entry<String, Long> reason : reasons.entrySet()) {
      text.append(separator).append(reason.getKey()).append(' ').append(reason.getValue());
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

  /** Whether files were compared: what "valid" is worth. One line for people. */
  public String comparison() {
    String text;
    if (compared == 0) {
      text = "Proofs only; no file was compared.";
    } else if (compared == proofs()) {
      text = "Each proof was compared with its file.";
    } else {
      text = compared + " of " + proofs() + " proofs were compared with their files.";
    }
    if (unproven == 0) {
      return text;
    }
    return text
        + (unproven == 1 ? " 1 file has no proof." : " " + unproven + " files have no proof.");
  }
}
