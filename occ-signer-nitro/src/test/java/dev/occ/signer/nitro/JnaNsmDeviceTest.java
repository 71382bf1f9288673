package dev.occ.signer.nitro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.occ.signer.nitro.NsmException.Reason;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The native calls on any Linux, with files that are no NSM. */
@EnabledOnOs(OS.LINUX)
class JnaNsmDeviceTest {
  private static final Path DEV_NULL = Path.of("/dev/null");

  @Test
  void open_missingFile_isNoDeviceWithErrno() {
    assertFailure(Reason.NO_DEVICE, 2, () -> JnaNsmDevice.open(Path.of("/dev/no-such-nsm")));
    assertFailure(Reason.NO_DEVICE, 20, () -> JnaNsmDevice.open(Path.of("/dev/null/nsm")));
  }

  @Test
  void open_folder_isNotAnNsm(@TempDir Path folder) {
    assertFailure(Reason.NOT_AN_NSM, 21, () -> JnaNsmDevice.open(folder));
  }

  /** A file that even root may not open for writing: the kernel refuses by the file's mode. */
  @Test
  void open_readOnlyKernelFile_isPermissionDenied() {
    Path file = Path.of("/proc/sys/kernel/ostype");
    assumeTrue(Files.exists(file), "skipped: no /proc/sys");
    assertFailure(Reason.PERMISSION_DENIED, 13, () -> JnaNsmDevice.open(file));
  }

  @Test
  void exchange_otherDevice_isNotAnNsm() throws NsmException {
    try (JnaNsmDevice device = JnaNsmDevice.open(DEV_NULL)) {
      assertFailure(Reason.NOT_AN_NSM, 25, () -> device.exchange(NsmRequests.getRandom()));
    }
  }

  @Test
  void exchange_requestOverTheLimit_isAnIllegalArgument() throws NsmException {
    try (JnaNsmDevice device = JnaNsmDevice.open(DEV_NULL)) {
      byte[] request = new byte[NsmDevice.MAX_REQUEST_LENGTH + 1];
      assertThatThrownBy(() -> device.exchange(request))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void exchange_afterClose_isClosed() throws NsmException {
    JnaNsmDevice device = JnaNsmDevice.open(DEV_NULL);
    device.close();
    device.close();
    assertThatThrownBy(() -> device.exchange(NsmRequests.getRandom()))
        .isInstanceOfSatisfying(
            NsmException.class,
            e -> {
              assertThat(e.reason()).isEqualTo(Reason.CLOSED);
              assertThat(e.errno()).isEmpty();
            });
  }

  @Test
  void openAndClose_manyTimes_leavesNoDescriptor() throws Exception {
    JnaNsmDevice.open(DEV_NULL).close();
    int before = ProcessFacts.descriptorsOf(DEV_NULL);
    for (int i = 0; i < 100; i++) {
      JnaNsmDevice.open(DEV_NULL).close();
    }
    assertThat(ProcessFacts.descriptorsOf(DEV_NULL)).isEqualTo(before);
  }

  private static void assertFailure(Reason reason, int errno, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            NsmException.class,
            e -> {
              assertThat(e.reason()).isEqualTo(reason);
              assertThat(e.errno()).isEqualTo(OptionalInt.of(errno));
            });
  }
}
