package dev.occ.signer.nitro;

import static org.assertj.core.api.Assertions.assertThat;

import dev.occ.signer.nitro.NsmException.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NsmExceptionTest {
  @ParameterizedTest
  @CsvSource({
    "1,PERMISSION_DENIED", // EPERM
    "2,NO_DEVICE", // ENOENT
    "4,SYSTEM_ERROR", // EINTR
    "5,SYSTEM_ERROR", // EIO
    "6,NO_DEVICE", // ENXIO
    "13,PERMISSION_DENIED", // EACCES
    "14,SYSTEM_ERROR", // EFAULT
    "19,NO_DEVICE", // ENODEV
    "20,NO_DEVICE", // ENOTDIR
    "21,NOT_AN_NSM", // EISDIR
    "22,NOT_AN_NSM", // EINVAL
    "25,NOT_AN_NSM", // ENOTTY
    "61,SYSTEM_ERROR", // ENODATA
    "90,MESSAGE_TOO_LARGE", // EMSGSIZE
    "110,TIMEOUT", // ETIMEDOUT
  })
  void ofErrno_everyNumber_keepsItAndHasAReason(int errno, Reason reason) {
    NsmException e = NsmException.ofErrno("the call", errno);
    assertThat(e.reason()).isEqualTo(reason);
    assertThat(e.errno()).hasValue(errno);
    assertThat(e).hasMessageContaining("errno " + errno).hasMessageContaining("the call");
  }

  @Test
  void ofNsmCode_emptyCode_isUnknown() {
    assertThat(NsmException.ofNsmCode("").reason()).isEqualTo(Reason.UNKNOWN_NSM_ERROR);
  }
}
