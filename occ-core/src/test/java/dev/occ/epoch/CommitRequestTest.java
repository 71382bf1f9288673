package dev.occ.epoch;

import static dev.occ.epoch.EpochChecks.DIGEST;
import static dev.occ.json.JsonException.Reason.EMPTY;
import static dev.occ.json.JsonException.Reason.INVALID_LENGTH;
import static dev.occ.json.JsonException.Reason.MISSING_MEMBER;
import static dev.occ.json.JsonException.Reason.WRONG_TYPE;
import static dev.occ.testing.Json.assertRefused;
import static dev.occ.testing.Json.object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.occ.json.JsonObject;
import dev.occ.proof.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommitRequestTest {
  @ParameterizedTest
  @ValueSource(ints = {0, 31, 33, 64})
  void of_digestOfAnotherLength_isRefused(int length) {
    Bytes digest = Bytes.of(new byte[length]);
    assertThatIllegalArgumentException().isThrownBy(() -> CommitRequest.of("s", digest));
    assertThatIllegalArgumentException().isThrownBy(() -> CommitRequest.builder("s", digest));
  }

  @Test
  void of_slotAndDigest_holdsBoth() {
    CommitRequest request = CommitRequest.of("s", DIGEST);
    assertThat(request.slotId()).isEqualTo("s");
    assertThat(request.digest()).isEqualTo(DIGEST);
    assertThat(request.metadata()).isEmpty();
  }

  @Test
  void parts_thatAreNotOfTheirStructure_areRefusedBeforeThereIsARequest() throws Exception {
    CommitRequest.Builder builder = CommitRequest.builder("s", DIGEST);
    JsonObject empty = JsonObject.empty();
    assertRefused(() -> builder.policy(empty), MISSING_MEMBER, "/digestB64");
    assertRefused(
        () -> builder.policy(object("{\"digestB64\":\"AAAA\"}")), INVALID_LENGTH, "/digestB64");
    assertRefused(() -> builder.principal(empty), MISSING_MEMBER, "/id");
    assertRefused(() -> builder.principal(object("{\"id\":\"\"}")), EMPTY, "/id");
    assertRefused(() -> builder.attribution(empty), EMPTY, "");
    assertRefused(() -> builder.attribution(object("{\"name\":1}")), WRONG_TYPE, "/name");
    CommitRequest request = builder.build();
    assertThat(request.policy()).isEmpty();
    assertThat(request.principal()).isEmpty();
    assertThat(request.attribution()).isEmpty();
  }
}
