package dev.occ.verifier.timestamp;

import dev.occ.proof.Bytes;
import dev.occ.verifier.timestamp.TestIdentity.Extensions;
import dev.occ.verifier.timestamp.TestIdentity.Form;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;

/** Makes broken tokens, each with the reason for which it is refused. */
final class BrokenTokens {
  private BrokenTokens() {}

  /** One broken token. */
  record Case(TimestampRejection reason, String name, Bytes token) {
    @Override
    public String toString() {
      return reason.code() + ": " + name;
    }
  }

  static Extensions purpose(boolean critical, KeyPurposeId... purposes) {
    return b ->
        b.addExtension(Extension.extendedKeyUsage, critical, new ExtendedKeyUsage(purposes));
  }

  static void tsa(List<Case> cases, TimestampRejection reason, String name, Extensions extensions) {
    tsa(cases, reason, name, new Form("CN=T", extensions));
  }

  static void tsa(List<Case> cases, TimestampRejection reason, String name, Form form) {
    tsa(cases, reason, name, form, t -> {});
  }

  static void tsa(
      List<Case> cases,
      TimestampRejection reason,
      String name,
      Form form,
      Consumer<TestToken> change) {
    TestToken token = new TestToken().signedBy(TestToken.ISSUING.issue(form));
    change.accept(token);
    cases.add(new Case(reason, name, token.build()));
  }

  static void issuer(
      List<Case> cases, TimestampRejection reason, String name, Extensions extensions) {
    TestIdentity issuer = TestToken.ROOT.issue(new Form("CN=I", extensions));
    add(
        cases,
        reason,
        name,
        new TestToken().signedBy(issuer.issue(new Form("CN=T", TestIdentity.stamping()))),
        issuer);
  }

  static void add(
      List<Case> cases,
      TimestampRejection reason,
      String name,
      TestToken token,
      TestIdentity brought) {
    token.certificates.add(brought.certificate());
    cases.add(new Case(reason, name, token.build()));
  }

  static void add(
      List<Case> cases, TimestampRejection reason, String name, Consumer<TestToken> change) {
    TestToken token = new TestToken();
    change.accept(token);
    cases.add(new Case(reason, name, token.build()));
  }

  static void add(
      List<Case> cases,
      TimestampRejection reason,
      String name,
      byte[] token,
      java.util.function.UnaryOperator<byte[]> change) {
    add(cases, reason, name, change.apply(token));
  }

  static void add(List<Case> cases, TimestampRejection reason, String name, byte[] token) {
    cases.add(new Case(reason, name, Bytes.of(token)));
  }

  static byte[] hex(String digits) {
    return java.util.HexFormat.of().parseHex(digits);
  }

  static byte[] encoded(org.bouncycastle.asn1.ASN1Object value) {
    try {
      return value.getEncoded();
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** Replaces the n-th occurrence. */
  static byte[] replaceNth(byte[] bytes, String from, String to, int n) {
    byte[] changed = bytes.clone();
    byte[] what = hex(from);
    int at = -1;
    for (int i = 0; i < n; i++) {
      at = indexOf(changed, what, at + 1);
    }
    System.arraycopy(hex(to), 0, changed, at, what.length);
    return changed;
  }

  static int indexOf(byte[] bytes, byte[] what) {
    return indexOf(bytes, what, 0);
  }

  static int indexOf(byte[] bytes, byte[] what, int from) {
    for (int i = from; i + what.length <= bytes.length; i++) {
      if (Arrays.equals(bytes, i, i + what.length, what, 0, what.length)) {
        return i;
      }
    }
    throw new IllegalArgumentException("not found");
  }
}
