package dev.occ.server;

import dev.occ.proof.Bytes;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The keys that callers show as {@code Authorization: Bearer KEY}. Only their SHA-256 digests are
 * kept. Immutable.
 */
public final class ApiKeys {
  /** The shortest key; a random one of 16 characters of Base64 has 96 bits. */
  public static final int MIN_LENGTH = 16;

  private static final int MAX_LENGTH = 512;
  private static final int MIN_DISTINCT = 6;
  private static final int MAX_KEYS = 1000;

  /** What a bearer token may be made of (RFC 6750, section 2.1, and some more that is harmless). */
  private static final Pattern FORM = Pattern.compile("[!-+\\--~]+");

  private static final String SCHEME = "bearer ";

  private static final String COMMENT = "#";

  private final List<byte[]> digests = new ArrayList<>();
  private final List<Caller> callers = new ArrayList<>();
  private final Set<String> names = new HashSet<>();
  private final boolean open;

  private ApiKeys(boolean open) {
    this.open = open;
  }

  /**
   * Everyone may call everything.
   *
   * @return keys that ask for none
   */
  public static ApiKeys open() {
    return new ApiKeys(true);
  }

  /**
   * Callers must show one of these.
   *
   * @param keys 1 to 1000 different keys of 16 to 512 visible ASCII characters without comma
   * @return the keys
   * @throws IllegalArgumentException naming a key that is not such a one by its number, never by
   *     its text
   */
  public static ApiKeys of(List<String> keys) {
    ApiKeys all = new ApiKeys(false);
    for (String key : keys) {
      all.add("API key " + (all.digests.size() + 1), KeyLine.ofKey(key));
    }
    return all.requireSome();
  }

  /**
   * Callers must show one of the keys of a file with names and rights (spec 14).
   *
   * @param lines the file's lines: {@code KEY [name=NAME] [anchor] [chains=a|b*]}; blank lines and
   *     those that begin with {@code #} are skipped. {@code anchor} lets the key anchor; {@code
   *     chains} are the only chains that it may use, by name or by a prefix and {@code *}
   * @return the keys
   * @throws IllegalArgumentException naming the line that cannot be used, never quoting it
   */
  public static ApiKeys ofLines(List<String> lines) {
    ApiKeys all = new ApiKeys(false);
    int number = 0;
    for (String line : lines) {
      number++;
      String text = line.strip();
      if (!text.isEmpty() && !text.startsWith(COMMENT)) {
        all.addLine("line " + number, text);
      }
    }
    return all.requireSome();
  }

  private void addLine(String where, String text) {
    KeyLine line;
    try {
      line = KeyLine.read(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(where + ": " + e.getMessage(), e);
    }
    add(where + ": the key", line);
    if (!line.name().isEmpty() && !names.add(line.name().toLowerCase(Locale.ROOT))) {
      throw new IllegalArgumentException(where + ": the name is that of an earlier key");
    }
  }

  private void add(String what, KeyLine line) {
    requireStrong(what, line.key());
    byte[] digest = digest(line.key());
    if (digests.stream().anyMatch(earlier -> MessageDigest.isEqual(earlier, digest))) {
      throw new IllegalArgumentException(what + " is a duplicate");
    }
    digests.add(digest);
    callers.add(new Caller(line.label(digests.size()), line.rights()));
  }

  private ApiKeys requireSome() {
    if (digests.isEmpty() || digests.size() > MAX_KEYS) {
      throw new IllegalArgumentException("there must be 1 to " + MAX_KEYS + " API keys");
    }
    return this;
  }

  private static void requireStrong(String name, String key) {
    if (key.isBlank()) {
      throw new IllegalArgumentException(name + " is blank");
    }
    if (!FORM.matcher(key).matches()) {
      throw new IllegalArgumentException(
          name + " must hold visible ASCII characters without commas only");
    }
    if (key.length() < MIN_LENGTH || key.length() > MAX_LENGTH) {
      throw new IllegalArgumentException(
          name + " must have " + MIN_LENGTH + " to " + MAX_LENGTH + " characters");
    }
    if (key.chars().distinct().count() < MIN_DISTINCT) {
      throw new IllegalArgumentException(
          name + " is weak: fewer than " + MIN_DISTINCT + " different characters");
    }
  }

  /** Whether no key is asked for. */
  boolean isOpen() {
    return open;
  }

  /**
   * Who shows a header. Takes as long for a wrong key as for any right one: digests are compared,
   * each in constant time, and all of them.
   *
   * @param authorization the {@code Authorization} header's value
   */
  Optional<Caller> identify(Optional<String> authorization) {
    if (open) {
      return Optional.of(Caller.OPEN);
    }
    byte[] shown = digest(authorization.flatMap(ApiKeys::token).orElse(""));
    int found = 0;
    for (int i = 0; i < digests.size(); i++) {
      int match = MessageDigest.isEqual(digests.get(i), shown) ? 1 : 0;
      found += match * (i + 1);
    }
    return found == 0 ? Optional.empty() : Optional.of(callers.get(found - 1));
  }

  private static Optional<String> token(String authorization) {
    if (authorization.length() > SCHEME.length() + MAX_LENGTH
        || !authorization.toLowerCase(Locale.ROOT).startsWith(SCHEME)) {
      return Optional.empty();
    }
    return Optional.of(authorization.substring(SCHEME.length()).strip());
  }

  private static byte[] digest(String key) {
    return Bytes.newSha256().digest(key.getBytes(StandardCharsets.UTF_8));
  }

  /** How many there are, nothing else. */
  @Override
  public String toString() {
    return open ? "open" : digests.size() + " API keys";
  }
}
