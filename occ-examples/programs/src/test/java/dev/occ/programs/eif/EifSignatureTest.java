package dev.occ.programs.eif;

import static dev.occ.programs.eif.EifFile.concat;
import static dev.occ.programs.eif.EifFile.text;
import static dev.occ.programs.eif.EifReaderTest.opensslPcr;
import static dev.occ.programs.eif.EifReaderTest.read;
import static dev.occ.programs.eif.EifReaderTest.refusal;
import static dev.occ.programs.eif.SignedEif.ES256;
import static dev.occ.programs.eif.SignedEif.ES384;
import static dev.occ.programs.eif.SignedEif.ES512;
import static org.assertj.core.api.Assertions.assertThat;

import dev.occ.programs.eif.EifException.Reason;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EifSignatureTest {
  @TempDir private static Path folder;
  private static byte[] pcr0 = {};
  private static SignedEif p384;

  @BeforeAll
  static void makeKey() throws Exception {
    pcr0 = read(EifFile.usual().bytes()).pcr0().toByteArray();
    p384 = ec("SHA384", "secp384r1");
  }

  @ParameterizedTest
  @CsvSource({"ES256, SHA256, secp256r1", "ES384, SHA384, secp384r1", "ES512, SHA512, secp521r1"})
  void read_signedImage_tellsTheSignerAndPcr8(String name, String hash, String curve)
      throws Exception {
    byte[] header = name.equals("ES256") ? ES256 : name.equals("ES384") ? ES384 : ES512;
    SignedEif signer = ec(hash, curve);
    EifImage image = read(image(signer.sectionFor(header, pcr0)));
    EifSignature signature = image.signature().orElseThrow();
    assertThat(signature.algorithm()).isEqualTo(name);
    assertThat(signature.certificate()).isEqualTo(signer.certificate());
    assertThat(signature.pcr8()).isEqualTo(opensslPcr(signer.certificate().getEncoded()));
    assertThat(image.pcr0().toByteArray()).isEqualTo(pcr0);
  }

  @Test
  void read_textBeforeTheCertificate_isTakenAsOpensslDoes() throws Exception {
    byte[] pem = concat(text("Certificate:\n  Data:\n"), p384.pem());
    byte[] sign1 = p384.sign1(ES384, SignedEif.payload(0, pcr0));
    assertThat(read(image(SignedEif.section(pem, sign1))).signature()).isPresent();
  }

  @Test
  void read_signatureOfAnotherImage_isRefused() throws Exception {
    byte[] other = pcr0.clone();
    other[0] ^= 1;
    assertReason(Reason.SIGNATURE_OF_OTHER_IMAGE, p384.sectionFor(ES384, other));
    byte[] otherRegister = p384.sign1(ES384, SignedEif.payload(1, pcr0));
    assertReason(Reason.SIGNATURE_OF_OTHER_IMAGE, SignedEif.section(p384.pem(), otherRegister));
    byte[] nothing = p384.sign1(ES384, new byte[0]);
    assertReason(Reason.SIGNATURE_OF_OTHER_IMAGE, SignedEif.section(p384.pem(), nothing));
  }

  @Test
  void read_signatureByAnotherKey_isRefused() throws Exception {
    byte[] sign1 = ec("SHA384", "secp384r1").sign1(ES384, SignedEif.payload(0, pcr0));
    assertReason(Reason.SIGNATURE_INVALID, SignedEif.section(p384.pem(), sign1));
  }

  @Test
  void read_signatureOfAnotherLength_isRefused() throws Exception {
    byte[] payload = SignedEif.payload(0, pcr0);
    byte[] good = p384.sign1(ES384, payload);
    byte[] signature = Arrays.copyOfRange(good, good.length - 96, good.length);
    byte[] padded = new byte[98];
    System.arraycopy(signature, 0, padded, 1, 48);
    System.arraycopy(signature, 48, padded, 50, 48);
    for (byte[] wrong : new byte[][] {padded, Arrays.copyOf(signature, 95), {}, new byte[96]}) {
      assertReason(
          Reason.SIGNATURE_INVALID,
          SignedEif.section(p384.pem(), SignedEif.sign1(ES384, payload, wrong)));
    }
    assertThat(
            read(image(SignedEif.section(p384.pem(), SignedEif.sign1(ES384, payload, signature))))
                .signature())
        .isPresent();
  }

  @Test
  void read_algorithmThatIsNotTheKeys_isRefused() throws Exception {
    assertReason(Reason.SIGNATURE_ALGORITHM, p384.sectionFor(ES256, pcr0));
    assertReason(Reason.SIGNATURE_ALGORITHM, p384.sectionFor(new byte[] {(byte) 0xA0}, pcr0));
    assertReason(
        Reason.SIGNATURE_ALGORITHM, p384.sectionFor(new byte[] {(byte) 0xA1, 0x01, 0x27}, pcr0));
    SignedEif rsa = SignedEif.make(folder, "SHA384", "-keyalg", "RSA", "-keysize", "2048");
    byte[] sign1 = p384.sign1(ES384, SignedEif.payload(0, pcr0));
    assertReason(Reason.SIGNATURE_ALGORITHM, SignedEif.section(rsa.pem(), sign1));
  }

  @Test
  void read_certificateThatIsNone_isRefused() throws Exception {
    byte[] sign1 = p384.sign1(ES384, SignedEif.payload(0, pcr0));
    byte[] der = p384.certificate().getEncoded();
    String begin = "-----BEGIN CERTIFICATE-----\n";
    String end = "\n-----END CERTIFICATE-----\n";
    String longer = Base64.getEncoder().encodeToString(concat(der, new byte[1]));
    for (byte[] pem :
        new byte[][] {
          {},
          der,
          text(begin),
          text("-----BEGIN CERTIFICATE-----END CERTIFICATE-----"),
          text(begin + "!" + end),
          text(begin + "AAAA" + end),
          text(begin + longer + end),
          text(end + begin)
        }) {
      assertReason(Reason.CERTIFICATE_MALFORMED, SignedEif.section(pem, sign1));
    }
  }

  @Test
  void read_sectionOfAnotherShape_isRefused() throws Exception {
    byte[] pem = p384.pem();
    byte[] sign1 = p384.sign1(ES384, SignedEif.payload(0, pcr0));
    byte[] good = SignedEif.section(pem, sign1);
    byte[] tagged = concat(new byte[] {(byte) 0xD2}, sign1);
    byte[] unprotected = sign1.clone();
    assertThat(unprotected[6]).isEqualTo((byte) 0xA0);
    byte[] twoPairs =
        concat(new byte[] {(byte) 0x82}, SignedEif.pair(pem, sign1), SignedEif.pair(pem, sign1));
    byte[] stringsOfBytes =
        concat(
            new byte[] {(byte) 0x81, (byte) 0xA2, 0x73},
            text("signing_certificate"),
            SignedEif.bytes(pem),
            new byte[] {0x69},
            text("signature"),
            SignedEif.bytes(sign1));
    byte[] otherName = good.clone();
    otherName[3] ^= 1;
    for (byte[] section :
        new byte[][] {
          {},
          {(byte) 0x80},
          {(byte) 0xA0},
          {(byte) 0xFF},
          concat(good, new byte[1]),
          Arrays.copyOf(good, good.length - 1),
          otherName,
          twoPairs,
          stringsOfBytes,
          SignedEif.section(pem, tagged),
          SignedEif.section(pem, concat(sign1, new byte[1])),
          SignedEif.section(pem, Arrays.copyOf(sign1, sign1.length - 1)),
          SignedEif.section(pem, new byte[0]),
          SignedEif.section(pem, concat(new byte[] {(byte) 0x85}, slice(sign1, 1))),
          SignedEif.section(pem, undefinedSignature(sign1)),
          numberTooLarge(pem, sign1)
        }) {
      assertReason(Reason.SIGNATURE_MALFORMED, section);
    }
  }

  /** 256 instead of a byte: taken modulo 256 it would read as another certificate. */
  private static byte[] numberTooLarge(byte[] pem, byte[] sign1) {
    byte[] good = SignedEif.section(pem, sign1);
    int first = 2 + 1 + 19 + 3; // array, map, key, the array's head
    return concat(
        Arrays.copyOf(good, first), new byte[] {0x19, 0x01, 0x2D}, slice(good, first + 2));
  }

  /** The value "undefined" instead of a string of bytes. */
  private static byte[] undefinedSignature(byte[] sign1) {
    int signature = 2 + 96; // its head, and P-384's length
    return concat(Arrays.copyOf(sign1, sign1.length - signature), new byte[] {(byte) 0xF7});
  }

  private static byte[] slice(byte[] bytes, int from) {
    return Arrays.copyOfRange(bytes, from, bytes.length);
  }

  private static SignedEif ec(String hash, String curve) throws Exception {
    return SignedEif.make(folder, hash, "-keyalg", "EC", "-groupname", curve);
  }

  private static byte[] image(byte[] section) {
    return EifFile.usual().add(EifFile.SIGNATURE, section).bytes();
  }

  private static void assertReason(Reason reason, byte[] section) {
    assertThat(refusal(image(section)).reason()).isEqualTo(reason);
  }
}
