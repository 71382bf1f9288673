package dev.occ.server;

/**
 * Who sends a request.
 *
 * @param label a short name that says nothing of the key: {@code key-1} for the first of the list,
 *     {@code open} for everyone when no key is asked for, {@code -} where none is needed. A number
 *     and not a part of the key's hash, because a hash in a log lets whoever reads it try guesses.
 */
record Caller(String label) {
  /** Everyone, when the server runs without keys. */
  static final Caller OPEN = new Caller("open");

  /** Whoever asks for what needs no key. */
  static final Caller ANYONE = new Caller("-");
}
