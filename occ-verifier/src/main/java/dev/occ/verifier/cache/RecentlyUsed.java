package dev.occ.verifier.cache;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The most recently used of some values that are costly to make, by immutable keys that are
 * compared whole. Thread-safe; two threads may make one new value at the same time, which costs
 * time and nothing else.
 *
 * @param <K> what a value is made from
 * @param <V> an immutable value
 */
public final class RecentlyUsed<K, V> {
  private final int capacity;

  @GuardedBy("this")
  private final Map<K, V> values;

  /**
   * An empty cache.
   *
   * @param capacity how many values it keeps; none with zero
   */
  public RecentlyUsed(int capacity) {
    this.capacity = capacity;
    this.values = new LinkedHashMap<>(16, 0.75f, true);
  }

  /**
   * Looks for a value, which is the most recently used one then.
   *
   * @param key what it is made from
   * @return the value; empty if it is not kept, or not any more
   */
  public synchronized Optional<V> find(K key) {
    return Optional.ofNullable(values.get(key));
  }

  /**
   * Keeps a value, and forgets the least recently used one if there are too many.
   *
   * @param key what it is made from; must not change
   * @param value what to keep
   */
  public synchronized void add(K key, V value) {
    values.put(key, value);
    if (values.size() > capacity) {
      K eldest = values.keySet().iterator().next();
      values.remove(eldest);
    }
  }

  /**
   * How many values are kept.
   *
   * @return zero to the capacity
   */
  public synchronized int size() {
    return values.size();
  }
}
