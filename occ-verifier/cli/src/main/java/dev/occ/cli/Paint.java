package dev.occ.cli;

/** Colours where there are any; every coloured text says the same in words. */
public enum Paint {
  GREEN("32"),
  RED("31"),
  YELLOW("33"),
  BOLD("1"),
  DIM("2");

  private final String code;

  Paint(String code) {
    this.code = code;
  }

  /** The text in this colour, or as it is. */
  public String on(boolean colours, String text) {
    return colours ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }
}
