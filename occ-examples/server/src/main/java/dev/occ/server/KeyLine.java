package dev.occ.server;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * One line of a keys file (spec 14): {@code KEY [name=NAME] [anchor] [chains=a|b*]}. Messages never
 * quote a word, because a key with a blank in it would be two.
 *
 * @param key the key
 * @param name its name, or empty text for none
 * @param rights what it may do
 */
record KeyLine(String key, String name, KeyRights rights) {
  private static final Pattern BLANKS = Pattern.compile("[ \\t]+");
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

  /** Names that keys without one have, and other callers. */
  private static final Pattern TAKEN_NAME = Pattern.compile("key-[0-9]+|open");

  private static final Pattern SEPARATOR = Pattern.compile("\\|");
  private static final String NAME_OPTION = "name=";
  private static final String CHAINS_OPTION = "chains=";
  private static final String ANCHOR_OPTION = "anchor";
  private static final int MAX_CHAINS = 100;

  /** A key alone, without name and rights. */
  static KeyLine ofKey(String key) {
    return new KeyLine(key, "", KeyRights.DEFAULT);
  }

  /**
   * Reads a line that is neither blank nor a comment.
   *
   * @throws IllegalArgumentException saying what is wrong with which part, without quoting it
   */
  static KeyLine read(String line) {
    List<String> words = List.of(BLANKS.split(line.strip(), -1));
    Set<String> seen = new HashSet<>();
    String name = "";
    boolean anchor = false;
    List<String> chains = KeyRights.DEFAULT.chains();
    for (int i = 1; i < words.size(); i++) {
      String word = words.get(i);
      String option = word.substring(0, word.indexOf('=') + 1);
      switch (option.isEmpty() ? word : option) {
        case NAME_OPTION -> name = readName(word.substring(NAME_OPTION.length()));
        case CHAINS_OPTION -> chains = readChains(word.substring(CHAINS_OPTION.length()));
        case ANCHOR_OPTION -> anchor = true;
        default ->
            throw new IllegalArgumentException(
                "word " + (i + 1) + " is neither name=NAME nor anchor nor chains=CHAINS");
      }
      if (!seen.add(option)) {
        throw new IllegalArgumentException("word " + (i + 1) + " repeats an option");
      }
    }
    return new KeyLine(words.get(0), name, new KeyRights(anchor, chains));
  }

  private static String readName(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "a name has 1 to 64 letters, digits, dots, hyphens and underscores,"
              + " and begins with a letter or digit");
    }
    if (TAKEN_NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "the names open and key-NUMBER are for callers without a name");
    }
    return name;
  }

  private static List<String> readChains(String list) {
    List<String> chains = List.of(SEPARATOR.split(list, -1));
    if (chains.size() > MAX_CHAINS) {
      throw new IllegalArgumentException("chains= takes at most " + MAX_CHAINS + " chains");
    }
    return chains;
  }

  /** What the key is called in logs and metrics. */
  String label(int number) {
    return Optional.of(name).filter(text -> !text.isEmpty()).orElse("key-" + number);
  }
}
