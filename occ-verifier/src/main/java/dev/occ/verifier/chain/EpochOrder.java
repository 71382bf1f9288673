package dev.occ.verifier.chain;

import dev.occ.proof.Counter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * Puts epochs in order: by their anchors (spec 10), and by the links between them (spec 8).
 *
 * <p>Authenticated anchors count before everything else. Whoever may commit can write the others,
 * so these place only an epoch that has no better evidence, and they change the order of no two
 * epochs with authenticated anchors: an epoch that such an epoch names as the one before stands
 * where its follower needs it, whatever blocks it claims.
 */
final class EpochOrder {
  /**
   * What is known about an epoch.
   *
   * @param number its number
   * @param id its names
   * @param authenticated whether its blocks are those of authenticated anchors
   * @param firstBlock its lowest anchored block
   * @param lastBlock its highest anchored block
   * @param before the number of the epoch that it names as the one before
   * @param shown whether the proof of that epoch that it names was given
   */
  record Node(
      int number,
      ChainId id,
      boolean authenticated,
      Optional<Counter> firstBlock,
      Optional<Counter> lastBlock,
      Optional<Integer> before,
      boolean shown) {
    boolean isAnchored() {
      return authenticated && firstBlock.isPresent();
    }
  }

  private final Comparator<Node> byAnchors =
      Comparator.comparing(this::position)
          .thenComparing(node -> node.lastBlock().orElse(Counter.MAX))
          .thenComparing(Node::id);

  private final Map<Integer, Node> nodes = new HashMap<>();
  private final Map<Integer, Counter> neededAt = new HashMap<>();
  private final Map<Integer, Optional<Node>> anchoredBefore = new HashMap<>();
  private final Map<Integer, EpochPlace> places = new HashMap<>();
  private final List<Node> order = new ArrayList<>();
  private final List<Node> conflicts = new ArrayList<>();

  EpochOrder(List<Node> all) {
    all.forEach(node -> nodes.put(node.number(), node));
    all.stream().filter(Node::isAnchored).sorted(byAnchors).forEach(this::raise);
    sort(all);
    place(all);
  }

  /** All epochs, the first one first as far as anything shows. */
  List<Node> order() {
    return order;
  }

  EpochPlace place(int number) {
    return places.getOrDefault(number, EpochPlace.UNKNOWN);
  }

  /** Epochs whose link says another order than their anchors, or is part of a circle. */
  List<Node> conflicts() {
    return conflicts;
  }

  /** Where an epoch stands among the others: at its first block, or where a follower needs it. */
  private Counter position(Node node) {
    Counter own = node.firstBlock().orElse(Counter.MAX);
    Counter needed = neededAt.getOrDefault(node.number(), Counter.MAX);
    return own.compareTo(needed) <= 0 ? own : needed;
  }

  /** Lets the epochs before an anchored one stand before it; the lowest follower comes first. */
  private void raise(Node follower) {
    if (isRefuted(follower)) {
      return;
    }
    Optional<Node> node = before(follower);
    while (node.isPresent()
        && !node.get().isAnchored()
        && !neededAt.containsKey(node.get().number())) {
      neededAt.put(node.get().number(), follower.firstBlock().orElse(Counter.MAX));
      node = before(node.get());
    }
  }

  /** Whether authenticated anchors say that an epoch came before one that its links lead to. */
  private boolean isRefuted(Node node) {
    return node.isAnchored()
        && anchoredBefore(node).filter(other -> isAnchoredBefore(node, other)).isPresent();
  }

  /** The nearest epoch with authenticated anchors that the links of an epoch lead to. */
  private Optional<Node> anchoredBefore(Node node) {
    Set<Integer> passed = new LinkedHashSet<>();
    Optional<Node> other = before(node);
    while (other.isPresent()
        && !other.get().isAnchored()
        && !anchoredBefore.containsKey(other.get().number())
        && passed.add(other.get().number())) {
      other = before(other.get());
    }
    Optional<Node> found =
        other.flatMap(
            end ->
                end.isAnchored()
                    ? Optional.of(end)
                    : anchoredBefore.getOrDefault(end.number(), Optional.empty()));
    passed.forEach(number -> anchoredBefore.put(number, found));
    return found;
  }

  /** By anchors, but none before the one that it names. */
  private void sort(List<Node> all) {
    Map<Integer, List<Node>> followers = new HashMap<>();
    PriorityQueue<Node> ready = new PriorityQueue<>(byAnchors);
    for (Node node : all) {
      Optional<Node> before = before(node);
      if (before.isEmpty()) {
        ready.add(node);
      } else if (isRefuted(node)) {
        conflicts.add(node);
        ready.add(node); // the anchors decide where it is shown
      } else {
        followers.computeIfAbsent(before.get().number(), n -> new ArrayList<>()).add(node);
      }
    }
    for (Node node = ready.poll(); node != null; node = ready.poll()) {
      order.add(node);
      ready.addAll(Optional.ofNullable(followers.remove(node.number())).orElse(List.of()));
    }
    List<Node> circle = new ArrayList<>();
    followers.values().forEach(circle::addAll);
    circle.sort(byAnchors);
    conflicts.addAll(circle);
    order.addAll(circle);
  }

  private Optional<Node> before(Node node) {
    return node.before().map(nodes::get);
  }

  private static boolean isAnchoredBefore(Node node, Node other) {
    return node.lastBlock().isPresent()
        && other.firstBlock().isPresent()
        && node.lastBlock().get().compareTo(other.firstBlock().get()) < 0;
  }

  private void place(List<Node> all) {
    List<Node> anchored = new ArrayList<>();
    for (Node node : all) {
      if (node.isAnchored()) {
        anchored.add(node);
      } else if (before(node).isPresent()) {
        places.put(node.number(), node.shown() ? EpochPlace.LINKED : EpochPlace.NAMED);
      } else if (node.firstBlock().isPresent()) {
        places.put(node.number(), EpochPlace.CLAIMED);
      }
    }
    anchored.sort(byAnchors);
    Counter highest = Counter.ZERO;
    Optional<Node> holder = Optional.empty();
    for (Node node : anchored) {
      boolean overlaps =
          holder.isPresent() && node.firstBlock().orElse(Counter.ZERO).compareTo(highest) <= 0;
      places.put(node.number(), overlaps ? EpochPlace.OVERLAPPING : EpochPlace.ANCHORED);
      if (overlaps) {
        places.put(holder.get().number(), EpochPlace.OVERLAPPING);
      }
      Counter last = node.lastBlock().orElse(Counter.ZERO);
      if (holder.isEmpty() || last.compareTo(highest) >= 0) {
        highest = last;
        holder = Optional.of(node);
      }
    }
  }
}
