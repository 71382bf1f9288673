package dev.occ.programs.eif;

import java.util.Locale;
import java.util.Optional;

/** What a section holds; its place in this list is its number in the file, less one. */
public enum SectionType {
  /** The Linux kernel. */
  KERNEL,
  /** The kernel's command line. */
  CMDLINE,
  /** A part of the root file system. */
  RAMDISK,
  /** A signature over PCR0. */
  SIGNATURE,
  /** JSON about the build. */
  METADATA;

  /**
   * The type's stable name.
   *
   * @return its name in lower case
   */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The type of a number in a file; 0 is called invalid there, 6 and more are not defined. */
  static Optional<SectionType> of(int number) {
    return number < 1 || number > values().length
        ? Optional.empty()
        : Optional.of(values()[number - 1]);
  }
}
