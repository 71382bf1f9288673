package dev.occ.agency;

import dev.occ.proof.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The rule that ties the origin of a WebAuthn assertion to the relying party for which the
 * authenticator keeps the key (spec 9, "Relying party"): the id is the origin's host, or a parent
 * domain of it with at least two labels.
 */
final class RelyingParty {
  /**
   * An origin as browsers write one (RFC 6454 section 6.2): no user, no path, so that no part of
   * the text can be taken for the host that is not.
   */
  private static final Pattern ORIGIN =
      Pattern.compile("[a-z][a-z0-9+.-]*://(\\[[0-9a-f:.]+\\]|[^\\s/?#@:\\[\\]\\\\]+)(?::[0-9]+)?");

  private static final Pattern NUMERIC = Pattern.compile("[0-9]+");

  private RelyingParty() {}

  /** Fails unless the authenticator's relying party may be that of the origin. */
  static void check(WebAuthnAssertion assertion) throws AgencyException {
    Matcher origin = ORIGIN.matcher(assertion.origin());
    if (!origin.matches()) {
      throw new AgencyException(
          AgencyRejection.ORIGIN_MISMATCH, "the origin is not a URL of scheme, host and port");
    }
    if (!isOf(origin.group(1), assertion.rpIdHash())) {
      throw new AgencyException(
          AgencyRejection.ORIGIN_MISMATCH,
          "the authenticator's relying party is neither the origin's host nor a parent domain of"
              + " it");
    }
  }

  private static boolean isOf(String host, Bytes rpIdHash) {
    boolean found = isHashOf(host, rpIdHash);
    String parent = parent(host);
    while (!found && isDomain(parent)) {
      found = isHashOf(parent, rpIdHash);
      parent = parent(parent);
    }
    return found;
  }

  private static boolean isHashOf(String name, Bytes rpIdHash) {
    return Bytes.sha256(name.getBytes(StandardCharsets.UTF_8)).equals(rpIdHash);
  }

  /** What follows the first dot, empty without one. */
  private static String parent(String domain) {
    int dot = domain.indexOf('.');
    return dot < 0 ? "" : domain.substring(dot + 1);
  }

  /** At least two labels, none empty, and not the rest of an IPv4 address. */
  private static boolean isDomain(String name) {
    String[] labels = name.split("\\.", -1);
    for (String label : labels) {
      if (label.isEmpty()) {
        return false;
      }
    }
    return labels.length >= 2 && !NUMERIC.matcher(labels[labels.length - 1]).matches();
  }
}
