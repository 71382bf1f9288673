package dev.occ.verifier.timestamp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.occ.verifier.timestamp.TestIdentity.Form;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.junit.jupiter.api.Test;

/** Name constraints of a pinned root apply to everything below it (RFC 5937 section 3.2). */
class NameConstrainedRootTest {
  private static GeneralSubtree[] subtree(String name) {
    return new GeneralSubtree[] {new GeneralSubtree(new GeneralName(new X500Name(name)))};
  }

  private static TimestampResult verify(NameConstraints constraints, String authority) {
    TestIdentity root =
        TestIdentity.selfSigned(
            new Form(
                "CN=Root,O=Test",
                builder -> {
                  TestIdentity.ca(-1).addTo(builder);
                  builder.addExtension(Extension.nameConstraints, true, constraints);
                }));
    TestToken token =
        new TestToken().signedBy(root.issue(new Form(authority, TestIdentity.stamping())));
    return TimestampVerifier.builder()
        .root(root.der())
        .build()
        .verify(token.build(), TestToken.DIGEST);
  }

  @Test
  void verify_authorityWithinThePermitted_isStamped() {
    assertThat(verify(new NameConstraints(subtree("O=Test"), null), "O=Test,CN=Authority"))
        .isInstanceOf(TimestampResult.Stamped.class);
  }

  @Test
  void verify_authorityOutsideThePermitted_isRefused() {
    assertThat(verify(new NameConstraints(subtree("O=Test"), null), "O=Other,CN=Authority"))
        .isInstanceOfSatisfying(
            TimestampResult.Rejected.class,
            refused -> assertThat(refused.reason()).isEqualTo(TimestampRejection.PATH_INVALID));
  }

  @Test
  void verify_authorityExcluded_isRefused() {
    assertThat(verify(new NameConstraints(null, subtree("O=Other")), "O=Other,CN=Authority"))
        .isInstanceOfSatisfying(
            TimestampResult.Rejected.class,
            refused -> assertThat(refused.reason()).isEqualTo(TimestampRejection.PATH_INVALID));
  }
}
