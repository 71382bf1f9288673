package dev.occ.signer.nitro;

import dev.occ.signer.Signer;
import dev.occ.signer.SignerException;
import dev.occ.signer.testkit.SignerContract;
import java.security.SecureRandom;
import java.util.Optional;

/** The signer contract over a module that behaves like QEMU's. */
class NitroSignerContractTest extends SignerContract {
  @Override
  protected Signer open() throws SignerException {
    return NitroSigner.open(new Nsm(FakeNsm.measured()), false, new SecureRandom());
  }

  @Override
  protected Optional<byte[]> userDataOf(byte[] report) {
    return TestCbor.userDataOf(report);
  }
}
