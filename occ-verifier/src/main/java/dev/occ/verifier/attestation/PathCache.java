package dev.occ.verifier.attestation;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.occ.proof.Bytes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The most recently used paths that have passed validation, by the exact bytes of all their
 * certificates: the lists are compared, not digests of them. Thread-safe; two threads may validate
 * one new path at the same time, which costs time and nothing else.
 */
final class PathCache {
  private final int capacity;

  @GuardedBy("this")
  private final Map<List<Bytes>, ValidatedPath> paths;

  /** A cache of so many paths; none with zero. */
  PathCache(int capacity) {
    this.capacity = capacity;
    this.paths = new LinkedHashMap<>(16, 0.75f, true);
  }

  synchronized Optional<ValidatedPath> find(List<Bytes> certificates) {
    return Optional.ofNullable(paths.get(certificates));
  }

  synchronized void add(List<Bytes> certificates, ValidatedPath path) {
    paths.put(List.copyOf(certificates), path);
    if (paths.size() > capacity) {
      List<Bytes> eldest = paths.keySet().iterator().next();
      paths.remove(eldest);
    }
  }

  synchronized int size() {
    return paths.size();
  }
}
