package dev.occ.epoch;

import dev.occ.epoch.EpochException.Reason;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Values that wait for their use, by name. All have the same time to live and enter in the order in
 * which it starts, so the oldest, which expires first, is always at the front. Not thread-safe: the
 * tables made of it have the locks.
 *
 * @param <V> what waits
 */
final class ExpiringMap<V> {
  private record Entry<V>(V value, long since) {}

  private final Map<String, Entry<V>> entries = new LinkedHashMap<>();
  private final long ttlNanos;
  private final LongSupplier nanoClock;

  ExpiringMap(Duration ttl, LongSupplier nanoClock) {
    this.ttlNanos = ttl.toNanos();
    this.nanoClock = nanoClock;
  }

  /** Adds a value, whose time starts now; false if the name is taken. */
  boolean add(String name, V value) {
    return entries.putIfAbsent(name, new Entry<>(value, nanoClock.getAsLong())) == null;
  }

  /** Whether there is a value of that name, which may have expired. */
  boolean has(String name) {
    return entries.containsKey(name);
  }

  /** The value of a name, whether its time ran out or not. */
  Optional<V> find(String name) {
    return Optional.ofNullable(entries.get(name)).map(Entry::value);
  }

  /** The value of a name that is there; removes it and fails if its time ran out. */
  V live(String name, Reason ifExpired, String message) throws EpochException {
    Entry<V> entry = entries.get(name);
    if (entry == null) {
      throw new IllegalStateException("nothing of that name is here");
    }
    if (isExpired(entry)) {
      remove(name);
      throw new EpochException(ifExpired, message);
    }
    return entry.value();
  }

  void remove(String name) {
    entries.remove(name);
  }

  /** How many wait whose time has not run out; the others are removed. */
  int size() {
    Iterator<Entry<V>> oldestFirst = entries.values().iterator();
    while (oldestFirst.hasNext() && isExpired(oldestFirst.next())) {
      oldestFirst.remove();
    }
    return entries.size();
  }

  private boolean isExpired(Entry<V> entry) {
    return nanoClock.getAsLong() - entry.since() >= ttlNanos;
  }
}
