package dev.occ.server;

import java.util.List;

/**
 * What the holder of a key may do beyond committing within its quotas (spec 14). Immutable.
 *
 * @param mayAnchor whether its commits may be anchors (spec 10)
 * @param chains the chains that it may use: names, or beginnings of names followed by {@code *}
 */
record KeyRights(boolean mayAnchor, List<String> chains) {
  /** Any chain, no anchors: what a key has that is given no rights. */
  static final KeyRights DEFAULT = new KeyRights(false, List.of("*"));

  /** Everything: whoever reaches a server that asks for no key. */
  static final KeyRights ALL = new KeyRights(true, List.of("*"));

  private static final String WILDCARD = "*";

  KeyRights {
    chains = List.copyOf(chains);
    if (chains.isEmpty()) {
      throw new IllegalArgumentException("no chains");
    }
    for (String pattern : chains) {
      int wildcard = pattern.indexOf(WILDCARD);
      if (pattern.isEmpty() || (wildcard >= 0 && wildcard < pattern.length() - 1)) {
        throw new IllegalArgumentException("a chain is a name, or a prefix followed by one *");
      }
    }
  }

  /** Whether a chain, by its full name, is one of these. */
  boolean mayUse(String chainId) {
    return chains.stream().anyMatch(pattern -> matches(pattern, chainId));
  }

  private static boolean matches(String pattern, String chainId) {
    return pattern.endsWith(WILDCARD)
        ? chainId.startsWith(pattern.substring(0, pattern.length() - 1))
        : chainId.equals(pattern);
  }
}
