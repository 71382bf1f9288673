package dev.occ.verifier.timestamp;

import static dev.occ.verifier.timestamp.TimestampRejection.CERTIFICATE_SIGNATURE_INVALID;
import static dev.occ.verifier.timestamp.TimestampRejection.ROOT_NOT_PINNED;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the path from the signer's certificate to a pinned root among certificates in any order, by
 * names and signatures. A CA that was renewed with its key has two certificates that fit by these:
 * one that may not issue at the token's time ends no path that the other one carries on. The number
 * of signatures that it tries is bounded: certificates that all name each other as issuers cost no
 * more. So is the number of keys out of the token: before it uses an RSA key for the first time,
 * BouncyCastle tests its modulus, which costs more than a signature.
 */
final class PathFinder {
  private static final int MAX_SIGNATURES = 64;
  private static final int MAX_LENGTH = 8;
  private static final int MAX_UNPINNED_ISSUERS = 8;

  private final TimestampRoots roots;
  private final Instant at;
  private final List<TokenCertificate> candidates;
  private final Set<TokenCertificate> unpinnedIssuers = new HashSet<>();
  private int signaturesLeft = MAX_SIGNATURES;
  private @Nullable TimestampException firstFailure;

  private PathFinder(TimestampRoots roots, List<TokenCertificate> brought, Instant at) {
    this.roots = roots;
    this.at = at;
    this.candidates = new ArrayList<>(roots.certificates());
    for (TokenCertificate certificate : brought) {
      // Pinned ones first: where there are several ways up, the shortest to a root is taken.
      candidates.add(roots.isPinned(certificate) ? 0 : candidates.size(), certificate);
    }
  }

  /** The path, the root first and the signer's certificate last. */
  static List<TokenCertificate> find(TimestampToken token, TimestampRoots roots)
      throws TimestampException {
    PathFinder finder = new PathFinder(roots, token.certificates(), token.info().time());
    Deque<TokenCertificate> path = new ArrayDeque<>();
    path.push(token.signerCertificate());
    if (finder.climb(path)) {
      return List.copyOf(path);
    }
    throw Optional.ofNullable(finder.firstFailure)
        .orElseGet(
            () ->
                new TimestampException(
                    ROOT_NOT_PINNED,
                    "no path leads from the signer's certificate to a pinned root"));
  }

  private boolean climb(Deque<TokenCertificate> path) {
    if (path.size() == MAX_LENGTH) {
      return false;
    }
    TokenCertificate issued = path.element();
    for (TokenCertificate issuer : candidates) {
      if (!path.contains(issuer)
          && issued.namesAsIssuer(issuer)
          && mayIssue(issuer)
          && isSigned(issued, issuer)) {
        path.push(issuer);
        if (roots.isPinned(issuer) || climb(path)) {
          return true;
        }
        path.pop();
      }
    }
    return false;
  }

  private boolean mayIssue(TokenCertificate issuer) {
    try {
      TsaPathRules.checkIssuer(issuer, at);
      return true;
    } catch (TimestampException e) {
      keep(e);
      return false;
    }
  }

  private boolean isSigned(TokenCertificate issued, TokenCertificate issuer) {
    if (signaturesLeft == 0 || !mayTry(issuer)) {
      return false;
    }
    signaturesLeft--;
    try {
      if (issued.isSignedBy(issuer)) {
        return true;
      }
      keep(
          new TimestampException(
              CERTIFICATE_SIGNATURE_INVALID, "a certificate's signature does not hold"));
    } catch (TimestampException e) {
      keep(e);
    }
    return false;
  }

  private boolean mayTry(TokenCertificate issuer) {
    return roots.isPinned(issuer)
        || unpinnedIssuers.contains(issuer)
        || (unpinnedIssuers.size() < MAX_UNPINNED_ISSUERS && unpinnedIssuers.add(issuer));
  }

  /** Why the way up ended, if no other one is found. */
  private void keep(TimestampException failure) {
    if (firstFailure == null) {
      firstFailure = failure;
    }
  }
}
