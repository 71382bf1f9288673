package dev.occ.embedding.pkcs11;

import dev.occ.signer.Signer;
import dev.occ.signer.SignerException;
import dev.occ.signer.testkit.SignerContract;
import java.io.IOException;
import org.junit.jupiter.api.BeforeAll;

// snippet:contract
/** The whole contract, on a token of SoftHSM. */
class Pkcs11SignerTest extends SignerContract {
  private static final String LABEL = "occ-contract";

  @BeforeAll
  static void makeToken() throws IOException, InterruptedException {
    SoftHsm.token(LABEL);
  }

  @Override
  protected Signer open() throws SignerException {
    return SoftHsm.provider().open(SoftHsm.options(LABEL));
  }
}
// end
