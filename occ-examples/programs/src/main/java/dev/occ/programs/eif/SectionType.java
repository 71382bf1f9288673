package dev.occ.programs.eif;

import java.util.Locale;
import java.util.Optional;

/** What a section holds, in the order of the numbers in a file. */
public enum SectionType {
  /** The Linux kernel. */
  KERNEL(1),
  /** The kernel's command line. */
  CMDLINE(2),
  /** A part of the root file system. */
  RAMDISK(3),
  /** A signature over PCR0. */
  SIGNATURE(4),
  /** JSON about the build. */
  METADATA(5);

  private final int number;

  SectionType(int number) {
    this.number = number;
  }

  /**
   * The type's stable name.
   *
   * @return its name in lower case
   */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Its number in a file. */
  int number() {
    return number;
  }

  /** The type of a number in a file; 0 is called invalid there, 6 and more are not defined. */
  static Optional<SectionType> of(int number) {
    return number < 1 || number > values().length
        ? Optional.empty()
        : Optional.of(values()[number - 1]);
  }
}
