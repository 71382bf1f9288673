package dev.occ.verifier.chain;

import dev.occ.proof.Counter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;

/** Puts epochs in order: by their anchors (spec 10), and by the links between them (spec 8). */
final class EpochOrder {
  /**
   * What is known about an epoch.
   *
   * @param number its number
   * @param id its names
   * @param firstBlock its lowest anchored block
   * @param lastBlock its highest anchored block
   * @param before the number of the epoch that it names as the one before
   * @param shown whether the proof of that epoch that it names was given
   */
  record Node(
      int number,
      ChainId id,
      Optional<Counter> firstBlock,
      Optional<Counter> lastBlock,
      Optional<Integer> before,
      boolean shown) {}

  private static final Comparator<Node> BY_ANCHORS =
      Comparator.comparing((Node node) -> node.firstBlock().orElse(Counter.MAX))
          .thenComparing(node -> node.lastBlock().orElse(Counter.MAX))
          .thenComparing(Node::id);

  private final Map<Integer, Node> nodes = new HashMap<>();
  private final Map<Integer, EpochPlace> places = new HashMap<>();
  private final List<Node> order = new ArrayList<>();
  private final List<Node> conflicts = new ArrayList<>();

  EpochOrder(List<Node> all) {
    all.forEach(node -> nodes.put(node.number(), node));
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

  /** By anchors, but none before the one that it names. */
  private void sort(List<Node> all) {
    Map<Integer, List<Node>> followers = new HashMap<>();
    PriorityQueue<Node> ready = new PriorityQueue<>(BY_ANCHORS);
    for (Node node : all) {
      Optional<Node> before = before(node);
      if (before.isEmpty()) {
        ready.add(node);
      } else if (isAnchoredBefore(node, before.get())) {
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
    circle.sort(BY_ANCHORS);
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
      if (node.firstBlock().isPresent()) {
        anchored.add(node);
      } else if (before(node).isPresent()) {
        places.put(node.number(), node.shown() ? EpochPlace.LINKED : EpochPlace.NAMED);
      }
    }
    anchored.sort(BY_ANCHORS);
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
