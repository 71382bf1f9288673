package dev.occ.verifier.timestamp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.occ.verifier.timestamp.TestIdentity.Form;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.junit.jupiter.api.Test;

class CertificateNamesTest {
  private static final GeneralName SUBJECT = new GeneralName(new X500Name("CN=T"));
  private static final GeneralName DNS = new GeneralName(GeneralName.dNSName, "tsa.example");

  private static TokenCertificate certificate(String subject, TestIdentity.Extensions extensions)
      throws TimestampException {
    TestIdentity identity = TestIdentity.selfSigned(new Form(subject, extensions));
    return TokenCertificate.read(identity.der().toByteArray());
  }

  private static boolean has(GeneralName name, TestIdentity.Extensions extensions)
      throws TimestampException {
    return CertificateNames.has(certificate("CN=T", extensions).structure(), name);
  }

  private static TestIdentity.Extensions alternatives(ASN1Encodable names) {
    return builder -> builder.addExtension(Extension.subjectAlternativeName, false, names);
  }

  @Test
  void has_noExtensions_onlyTheSubject() throws TimestampException {
    assertThat(has(SUBJECT, builder -> {})).isTrue();
    assertThat(has(DNS, builder -> {})).isFalse();
  }

  @Test
  void has_noAlternativeNames_onlyTheSubject() throws TimestampException {
    assertThat(has(SUBJECT, TestIdentity.stamping())).isTrue();
    assertThat(has(DNS, TestIdentity.stamping())).isFalse();
  }

  @Test
  void has_alternativeNames_eachOfThemAndTheSubject() throws TimestampException {
    GeneralName directory = new GeneralName(new X500Name("CN=Also T"));
    var both = alternatives(new GeneralNames(new GeneralName[] {directory, DNS}));
    assertThat(has(DNS, both)).isTrue();
    assertThat(has(directory, both)).isTrue();
    assertThat(has(SUBJECT, both)).isTrue();
    assertThat(has(new GeneralName(new X500Name("CN=Not T")), both)).isFalse();
  }

  @Test
  void has_textOfAnAlternativeNameAsAnotherKind_false() throws TimestampException {
    GeneralName uri = new GeneralName(GeneralName.uniformResourceIdentifier, "tsa.example");
    assertThat(has(uri, alternatives(new GeneralNames(DNS)))).isFalse();
  }

  @Test
  void has_alternativeNamesMalformed_onlyTheSubject() throws TimestampException {
    assertThat(has(SUBJECT, alternatives(DERNull.INSTANCE))).isTrue();
    assertThat(has(DNS, alternatives(DERNull.INSTANCE))).isFalse();
  }

  @Test
  void commonName_several_isTheLast() throws TimestampException {
    assertThat(CertificateNames.commonName(certificate("CN=A,O=B,CN=C", builder -> {}).x509()))
        .isEqualTo("C");
  }

  @Test
  void commonName_none_isTheSubject() throws TimestampException {
    assertThat(CertificateNames.commonName(certificate("C=XX,O=Nobody", builder -> {}).x509()))
        .isEqualTo("O=Nobody,C=XX");
  }
}
