package dev.occ.verifier.chain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.occ.proof.Bytes;
import dev.occ.proof.Counter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Epochs are written as name, first and last block, and the epoch before, with a minus for none. A
 * question mark stands before blocks that are not authenticated.
 */
class EpochOrderTest {
  @ParameterizedTest
  @CsvSource({
    // in order, whatever they are called
    "a 5 6 -; b 1 4 -, b anchored; a anchored, ''",
    // what is not anchored comes last, by name
    "b - - -; a - - -; c 9 9 -, c anchored; a unknown; b unknown, ''",
    // the end of one is the beginning of the next: which anchor came first nothing shows
    "a 1 5 -; b 5 6 -, a overlapping; b overlapping, ''",
    // the third lies within the first, long after the second has ended
    "a 1 9 -; b 2 3 -; c 8 8 -; d 10 11 -,"
        + " a overlapping; b overlapping; c overlapping; d anchored, ''",
    "a 1 2 -; b 2 9 -; c 5 5 -; d 9 9 -,"
        + " a overlapping; b overlapping; c overlapping; d overlapping, ''",
    "a 1 2 -; b 3 4 -; c 4 4 -, a anchored; b overlapping; c overlapping, ''",
    // names decide where anchors cannot
    "b 1 3 -; a 1 3 -; c 1 2 -, c overlapping; a overlapping; b overlapping, ''",
    // a link without anchors
    "a - - c; b - - -; c - - b, b unknown; c linked; a linked, ''",
    // a link that anchors allow
    "a 3 4 b; b 1 3 -, b overlapping; a overlapping, ''",
    "a 3 3 b; b 3 4 -, b overlapping; a overlapping, ''",
    // a link that they refute
    "a 1 2 b; b 3 4 -, a anchored; b anchored, a",
    // a circle that anchors break
    "c 7 7 b; b 8 8 c; a 9 9 -, c anchored; b anchored; a anchored, c",
    // circles stand behind all others, by their anchors
    "c - - b; b - - c; a - - b, a linked; b linked; c linked, a b c",
    "x - - -; b 5 9 a; a 4 9 b, x unknown; a overlapping; b overlapping, a b",
    "x - - -; b 9 9 a; a 9 9 b, x unknown; a overlapping; b overlapping, a b",
    // blocks that nobody authenticated: they place an epoch that has nothing better
    "a ?7 7 -; b ?5 6 -, b claimed; a claimed, ''",
    "a ?5 6 -; b ?6 7 -, a claimed; b claimed, ''",
    // they make no anchored epoch overlap, and none of them comes later for that
    "a 1 5 -; b ?4 8 -; c 6 9 -, a anchored; b claimed; c anchored, ''",
    // an old one refutes no link, and a link places its epoch better
    "a 3 4 -; b ?1 1 a, a anchored; b linked, ''",
    "a ?3 4 -; b ?1 1 a, a claimed; b linked, ''",
    "a ?9 9 -; b 3 4 a, a claimed; b anchored, ''",
    // an epoch that claims late blocks does not hold back the anchored one that names it
    "a ?99 99 -; b 5 6 a; c 7 8 -, a claimed; b anchored; c anchored, ''",
    "z - - -; y ?99 99 z; b 5 6 y; c 7 8 -, z unknown; y linked; b anchored; c anchored, ''",
    // a link that leads past such an epoch is refuted all the same
    "p 9 9 -; a ?1 1 p; b 5 6 a; c 7 8 -, b anchored; c anchored; p anchored; a linked, b",
    // the same by an epoch without anchors
    "p 9 9 -; a - - p; b 5 6 a; d 5 7 a, b overlapping; d overlapping; p anchored; a linked, b d",
  })
  void order_epochs_standAsAnchorsAndLinksSay(String epochs, String expected, String conflicts) {
    List<EpochOrder.Node> nodes = nodes(epochs.split("; ", -1));
    for (int seed = 0; seed < 10; seed++) {
      Collections.shuffle(nodes, new Random(seed));
      EpochOrder order = new EpochOrder(nodes);
      assertThat(order.order().stream().map(node -> text(order, node)).toList())
          .containsExactly(expected.trim().split("; ", -1));
      assertThat(order.conflicts().stream().map(node -> node.id().chain()).toList())
          .containsExactlyInAnyOrder(
              Arrays.stream(conflicts.split(" ", -1))
                  .filter(n -> !n.isEmpty())
                  .toArray(String[]::new));
    }
  }

  @Test
  void place_predecessorWhoseProofIsNotGiven_isOnlyNamed() {
    List<EpochOrder.Node> nodes = nodes("a - - -", "b - - a");
    EpochOrder.Node b = nodes.get(1);
    nodes.set(
        1,
        new EpochOrder.Node(
            b.number(), b.id(), false, b.firstBlock(), b.lastBlock(), b.before(), false));
    assertThat(new EpochOrder(nodes).place(b.number())).isEqualTo(EpochPlace.NAMED);
  }

  private static String text(EpochOrder order, EpochOrder.Node node) {
    return node.id().chain() + " " + order.place(node.number()).code();
  }

  private static List<EpochOrder.Node> nodes(String... texts) {
    List<EpochOrder.Node> nodes = new ArrayList<>();
    for (String text : texts) {
      String[] parts = text.split(" ", -1);
      nodes.add(
          new EpochOrder.Node(
              number(parts[0]),
              new ChainId(Optional.empty(), Bytes.of(new byte[32]), parts[0]),
              !parts[1].startsWith("?"),
              block(parts[1].replace("?", "")),
              block(parts[2]),
              parts[3].equals("-") ? Optional.empty() : Optional.of(number(parts[3])),
              true));
    }
    return nodes;
  }

  private static int number(String name) {
    return name.charAt(0);
  }

  private static Optional<Counter> block(String number) {
    return number.equals("-") ? Optional.empty() : Optional.of(Counter.of(Long.parseLong(number)));
  }
}
