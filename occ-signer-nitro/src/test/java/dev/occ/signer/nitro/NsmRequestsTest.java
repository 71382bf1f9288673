package dev.occ.signer.nitro;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** The requests byte for byte; QEMU's module, for one, takes no other encoding of an index. */
class NsmRequestsTest {
  @Test
  void commandsWithoutArguments_areBareNames() {
    assertThat(hex(NsmRequests.getRandom())).isEqualTo("69" + ascii("GetRandom"));
    assertThat(hex(NsmRequests.describeNsm())).isEqualTo("6b" + ascii("DescribeNSM"));
  }

  @Test
  void commandsWithArguments_areMapsOfDefiniteLength() {
    assertThat(hex(NsmRequests.describePcr(0)))
        .isEqualTo("a1" + "6b" + ascii("DescribePCR") + "a1" + "65" + ascii("index") + "00");
    assertThat(hex(NsmRequests.lockPcr(31)))
        .isEqualTo("a1" + "67" + ascii("LockPCR") + "a1" + "65" + ascii("index") + "181f");
    assertThat(hex(NsmRequests.lockPcrs(16)))
        .isEqualTo("a1" + "68" + ascii("LockPCRs") + "a1" + "65" + ascii("range") + "10");
    assertThat(hex(NsmRequests.extendPcr(23, new byte[] {1, 2})))
        .isEqualTo(
            ("a1" + "69" + ascii("ExtendPCR") + "a2")
                + ("65" + ascii("index") + "17")
                + ("64" + ascii("data") + "420102"));
  }

  @Test
  void attestation_absentFields_areNull() {
    byte[] request =
        NsmRequests.attestation(NsmAttestationRequest.empty().withUserData(new byte[] {7}));
    assertThat(hex(request))
        .isEqualTo(
            ("a1" + "6b" + ascii("Attestation") + "a3")
                + ("69" + ascii("user_data") + "4107")
                + ("65" + ascii("nonce") + "f6")
                + ("6a" + ascii("public_key") + "f6"));
  }

  @Test
  void longestRequests_fitTheDriver() {
    byte[] most = new byte[NsmAttestationRequest.MAX_LENGTH];
    Arrays.fill(most, (byte) 0xFF);
    NsmAttestationRequest all =
        NsmAttestationRequest.empty().withUserData(most).withNonce(most).withPublicKey(most);
    assertThat(NsmRequests.attestation(all).length).isLessThan(NsmDevice.MAX_REQUEST_LENGTH);
    assertThat(NsmRequests.extendPcr(31, new byte[Nsm.MAX_EXTEND_LENGTH]).length)
        .isLessThan(NsmDevice.MAX_REQUEST_LENGTH);
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private static String ascii(String text) {
    return hex(text.getBytes(StandardCharsets.US_ASCII));
  }
}
