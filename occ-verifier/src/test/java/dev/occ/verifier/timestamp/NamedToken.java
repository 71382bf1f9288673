package dev.occ.verifier.timestamp;

import dev.occ.proof.Bytes;
import dev.occ.verifier.timestamp.TestIdentity.Form;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Genuine timestamps of an authority of any name, for tests of what is shown of them. */
public final class NamedToken {
  private NamedToken() {}

  /** Trusts whoever made the tokens. */
  public static TimestampVerifier verifier() {
    return TestToken.verifier();
  }

  /**
   * An entry of a proof.
   *
   * @param commonName as in RFC 2253; after a number sign the DER form of a string, in hex
   */
  public static TimestampEntry entry(String commonName, Bytes digest) {
    TestToken token =
        new TestToken()
            .signedBy(
                TestToken.ISSUING.issue(new Form("CN=" + commonName, TestIdentity.stamping())));
    token.imprint = digest.toByteArray();
    return new TimestampEntry(
        "a label", Instant.parse("2026-06-01T12:00:00.25Z"), token.build(), digest);
  }

  /** An entry whose token carries no certificate. */
  public static TimestampEntry withoutCertificates(Bytes digest) {
    TestToken token = new TestToken();
    token.certificates = new ArrayList<>();
    token.imprint = digest.toByteArray();
    return new TimestampEntry("a label", TestToken.TIME, token.build(), digest);
  }

  /** The root of every authority here, its issuing CA, and the one of such an entry, in DER. */
  public static List<Bytes> certificates() {
    return List.of(TestToken.ROOT.der(), TestToken.ISSUING.der(), TestToken.TSA.der());
  }
}
