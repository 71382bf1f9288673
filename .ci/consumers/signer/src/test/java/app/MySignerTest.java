package app;

import dev.occ.signer.Signer;
import dev.occ.signer.SignerException;
import dev.occ.signer.testkit.SignerContract;

class MySignerTest extends SignerContract {
  @Override
  protected Signer open() throws SignerException {
    return new MySigner();
  }
}
