package dev.occ.server;

/**
 * Who sends a request.
 *
 * @param label a short name that says nothing of the key: the name that the keys file gives it, or
 *     {@code key-1} for the first of the list; {@code open} for everyone when no key is asked for,
 *     {@code -} where none is needed. A number and not a part of the key's hash, because a hash in
 *     a log lets whoever reads it try guesses.
 * @param rights what it may do
 */
record Caller(String label, KeyRights rights) {
  /** Everyone, when the server runs without keys. */
  static final Caller OPEN = new Caller("open", KeyRights.ALL);

  /** Whoever asks for what needs no key. */
  static final Caller ANYONE = new Caller("-", KeyRights.DEFAULT);

  /** The holder of a key without rights. */
  static Caller named(String label) {
    return new Caller(label, KeyRights.DEFAULT);
  }

  /** Whether its commits may be anchors (spec 10). */
  boolean mayAnchor() {
    return rights.mayAnchor();
  }

  /** Refuses a chain that the key may not use. */
  void requireChain(String chainId) throws ApiException {
    if (!rights.mayUse(chainId)) {
      throw new ApiException(ApiError.CHAIN_NOT_ALLOWED, "this key may not use that chain");
    }
  }
}
