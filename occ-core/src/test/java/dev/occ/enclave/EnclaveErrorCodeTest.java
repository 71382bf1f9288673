package dev.occ.enclave;

import static org.assertj.core.api.Assertions.assertThat;

import dev.occ.epoch.EpochException;
import dev.occ.json.JsonException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EnclaveErrorCodeTest {
  @ParameterizedTest
  @EnumSource
  void of_reasonsOfTheEpoch_areAllKnown(EpochException.Reason reason) {
    assertThat(EnclaveErrorCode.of(reason.code())).isPresent();
  }

  @ParameterizedTest
  @EnumSource
  void of_reasonsOfJson_areAllKnown(JsonException.Reason reason) {
    assertThat(EnclaveErrorCode.of(reason.code())).isPresent();
  }

  @ParameterizedTest
  @EnumSource
  void of_everyCode_isKebabCaseAndItself(EnclaveErrorCode code) {
    assertThat(code.code()).matches("[a-z0-9]+(-[a-z0-9]+)*"); // in a Turkish locale, too
    assertThat(EnclaveErrorCode.of(code.code())).contains(code);
  }

  @Test
  void of_foreignCode_isEmpty() {
    assertThat(EnclaveErrorCode.of("teapot")).isEmpty();
  }
}
