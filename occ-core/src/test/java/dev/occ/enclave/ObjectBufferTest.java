package dev.occ.enclave;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectBufferTest {
  private static final int INITIAL = 8 * 1024;
  private static final int MEMORY = 1 << 20;
  private static final int MAX = 100_000;

  private final MemoryBudget budget = new MemoryBudget(MEMORY);
  private final ObjectBuffer buffer = new ObjectBuffer(MAX, budget);

  /** An object of so many bytes. */
  private static String object(int length) {
    return "{\"a\":\"" + "x".repeat(length - 8) + "\"}";
  }

  private List<String> readAll(String text) throws Exception {
    List<String> objects = new ArrayList<>();
    try (MemoryChannel channel = new MemoryChannel(text.getBytes(UTF_8))) {
      while (true) {
        Optional<byte[]> object = buffer.next();
        if (object.isPresent()) {
          objects.add(new String(object.get(), UTF_8));
        } else if (buffer.fill(channel) < 0) {
          return objects;
        }
      }
    }
  }

  /** Small ones behind large ones, at every boundary of the buffer. */
  @ParameterizedTest
  @ValueSource(
      ints = {8, 9, 100, INITIAL - 1, INITIAL, INITIAL + 1, 2 * INITIAL, 2 * INITIAL + 1, MAX})
  void next_objectsOfAnySize_comeAsTheyWereSent(int length) throws Exception {
    List<String> sent = List.of(object(9), object(length), object(8), object(length), object(200));
    assertThat(readAll(String.join(" \r\n\t", sent))).isEqualTo(sent);
    assertThat(buffer.hasMore()).isFalse();
    assertThat(budget.left()).as("nothing is kept for what is over").isEqualTo(MEMORY);
  }

  @Test
  void next_objectOverTheLimit_isTooLarge() throws Exception {
    assertThat(readAll(object(MAX))).hasSize(1);
    RequestException refused =
        catchThrowableOfType(RequestException.class, () -> readAll(object(MAX + 1)));
    assertThat(refused.code()).isEqualTo(EnclaveErrorCode.REQUEST_TOO_LARGE);
  }

  /** Also before its end has come: nobody waits for more of what is too large already. */
  @Test
  void next_endlessObject_isTooLarge() {
    RequestException refused =
        catchThrowableOfType(RequestException.class, () -> readAll("{\"a\":\"" + "x".repeat(MAX)));
    assertThat(refused.code()).isEqualTo(EnclaveErrorCode.REQUEST_TOO_LARGE);
  }

  @ParameterizedTest
  @CsvSource({"8193, 8192", "16385, 24576", "50000, 57344"})
  void close_inTheMiddleOfAnObject_givesTheMemoryBack(int length, int taken) throws Exception {
    assertThat(readAll(object(length).substring(0, length - 1) + " ")).isEmpty();
    assertThat(budget.left()).isEqualTo(MEMORY - taken);
    buffer.close();
    assertThat(budget.left()).isEqualTo(MEMORY);
    assertThat(buffer.hasMore()).isFalse();
  }

  @Test
  void fill_budgetUsedUp_isBusyAndTakesNothing() throws Exception {
    MemoryBudget small = new MemoryBudget(INITIAL);
    ObjectBuffer poor = new ObjectBuffer(MAX, small);
    RequestException refused;
    try (MemoryChannel channel = new MemoryChannel(object(MAX).getBytes(UTF_8))) {
      refused =
          catchThrowableOfType(
              RequestException.class,
              () -> {
                while (poor.next().isEmpty()) {
                  assertThat(poor.fill(channel)).isPositive();
                }
              });
    }
    assertThat(refused.code()).isEqualTo(EnclaveErrorCode.BUSY);
    assertThat(small.left()).isZero();
    poor.close();
    assertThat(small.left()).isEqualTo(INITIAL);
  }

  @ParameterizedTest
  @CsvSource({"'{}', false", "'{}\n', true", "'{} \r\n\t', true", "'{} \t', false"})
  void sawNewline_behindAnObject_isSaid(String text, boolean newline) throws Exception {
    assertThat(readAll("\n" + text)).containsExactly("{}");
    assertThat(buffer.hasMore()).isFalse();
    assertThat(buffer.sawNewline()).isEqualTo(newline);
  }

  @Test
  void hasMore_beginningOfAnObject_isMore() throws Exception {
    assertThat(readAll(" {\"a\": ")).isEmpty();
    assertThat(buffer.hasMore()).isTrue();
    assertThat(buffer.sawNewline()).isFalse();
  }
}
