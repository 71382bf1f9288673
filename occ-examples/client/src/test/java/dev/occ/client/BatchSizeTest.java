package dev.occ.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.occ.json.JsonArray;
import dev.occ.json.JsonObject;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BatchSizeTest {
  private static final int MIB = 1024 * 1024;
  private static final int DIGEST_TEXT = 44;

  /** These numbers are in docs/client.md and in the Javadoc of commit. */
  @ParameterizedTest
  @CsvSource({"16, 377", "32, 607", "64, 944"})
  void of_authorizedWithOptionsOf1KiB_takesAsManyAsTheDocsSay(int mib, int digests) {
    BatchSize size = new BatchSize(authorized(padding(1024)), mib * MIB);
    assertThat(size.of(digests)).isEqualTo(digests);
    assertThatThrownBy(() -> size.of(digests + 1)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void of_authorizedWithLongerOptions_takesFewer() {
    BatchSize size = new BatchSize(authorized(padding(8 * 1024)), 32 * MIB);
    assertThat(size.of(500)).isEqualTo(500);
    assertThatThrownBy(() -> size.of(607)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void of_authorizedWithABatchContextOfItsOwn_countsTheDigestsOnce() {
    JsonObject context =
        JsonObject.builder()
            .put(
                "batchDigests",
                JsonArray.ofTexts(Collections.nCopies(600, "x".repeat(DIGEST_TEXT))))
            .build();
    JsonObject agency = JsonObject.builder().put("batchContext", context).build();
    assertThat(new BatchSize(authorized(agency), 32 * MIB).of(600)).isEqualTo(600);
  }

  @Test
  void of_authorizedSingleWhoseProofMayNotFit_isRefused() {
    BatchSize size = new BatchSize(authorized(JsonObject.empty()), 16 * 1024);
    assertThatThrownBy(() -> size.of(1)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void of_authorizedMoreThanARequestTakes_isRefused() {
    BatchSize size = new BatchSize(authorized(padding(1_000_000)), 64 * MIB);
    assertThat(size.of(10)).isEqualTo(10);
    assertThatThrownBy(() -> size.of(506)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void of_notAuthorized_givesWhatOneAnswerHolds() {
    assertThat(new BatchSize(CommitOptions.NONE, 32 * MIB).of(5000)).isEqualTo(1000);
    assertThat(new BatchSize(CommitOptions.NONE, MIB).of(5000)).isEqualTo(42);
    assertThat(new BatchSize(CommitOptions.NONE, 1024).of(5000)).isEqualTo(1);
  }

  private static CommitOptions authorized(JsonObject agency) {
    return CommitOptions.builder().agency(agency).build();
  }

  /** An agency that makes the options this long as JSON. */
  private static JsonObject padding(int optionBytes) {
    int without = authorized(member("")).toJson().toBytes().length;
    return member("x".repeat(optionBytes - without));
  }

  private static JsonObject member(String text) {
    return JsonObject.builder().put("padding", text).build();
  }
}
