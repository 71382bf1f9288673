package dev.occ.signer.nitro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.occ.signer.SignerException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class EpochKeyTest {
  /** RFC 8032, section 7.1, test 2. */
  private static final String SECRET =
      "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb";

  private static final String PUBLIC =
      "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c";

  private static final String SIGNATURE =
      "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
          + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00";

  @Test
  void sign_rfc8032Test2_givesItsSignature() throws SignerException {
    EpochKey key = new EpochKey(hex(SECRET));
    assertThat(key.publicKey()).isEqualTo(hex(PUBLIC));
    assertThat(key.sign(new byte[] {0x72})).isEqualTo(hex(SIGNATURE));
  }

  @Test
  void destroy_always_wipesTheSecret() {
    byte[] secret = hex(SECRET);
    EpochKey key = new EpochKey(secret);
    key.destroy();
    assertThat(secret).containsOnly(0);
    assertThat(key.publicKey()).isEqualTo(hex(PUBLIC));
    assertThatThrownBy(() -> key.sign(new byte[1]))
        .isInstanceOfSatisfying(
            SignerException.class,
            e -> assertThat(e.reason()).isEqualTo(SignerException.Reason.CLOSED));
  }

  @Test
  void constructor_otherLength_isRefused() {
    assertThatThrownBy(() -> new EpochKey(new byte[31]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits);
  }
}
