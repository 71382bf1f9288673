package dev.occ.signer.nitro;

import dev.occ.signer.Signer;
import dev.occ.signer.SignerException;
import dev.occ.signer.SignerProvider;
import dev.occ.signer.testkit.SignerContract;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;

/** The signer contract over the real driver, opened by name as the enclave program does. */
@RequiresNsm
class NitroSignerLabTest extends SignerContract {
  @BeforeAll
  static void measure() throws NsmException {
    try (Nsm nsm = Nsm.open()) {
      Lab.measure(nsm);
    }
  }

  @Override
  protected Signer open() throws SignerException {
    return SignerProvider.named("nitro").open(Map.of());
  }

  @Override
  protected Optional<byte[]> userDataOf(byte[] report) {
    return TestCbor.userDataOf(report);
  }
}
