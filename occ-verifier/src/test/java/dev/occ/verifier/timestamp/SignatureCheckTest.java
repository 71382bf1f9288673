package dev.occ.verifier.timestamp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.util.BigIntegers;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignatureCheckTest {
  private static final AlgorithmIdentifier RSA =
      new AlgorithmIdentifier(PKCSObjectIdentifiers.sha256WithRSAEncryption, DERNull.INSTANCE);
  private static final AlgorithmIdentifier ECDSA =
      new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);
  private static final AlgorithmIdentifier RSA_KEY =
      new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE);
  private static final BigInteger F4 = BigInteger.valueOf(65537);

  /** The least number of this many bits in which BouncyCastle sees no small factor. No key. */
  private static BigInteger modulus(int bits) {
    BigInteger number = BigInteger.ONE.shiftLeft(bits - 1).setBit(0);
    while (BigIntegers.hasAnySmallFactors(number)) {
      number = number.add(BigInteger.TWO);
    }
    return number;
  }

  private static SubjectPublicKeyInfo key(
      AlgorithmIdentifier algorithm, BigInteger modulus, BigInteger exponent) {
    try {
      return new SubjectPublicKeyInfo(algorithm, new RSAPublicKey(modulus, exponent));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static AlgorithmIdentifier with(
      ASN1ObjectIdentifier algorithm, @Nullable ASN1Encodable parameters) {
    return new AlgorithmIdentifier(algorithm, parameters);
  }

  private static void assertRefused(ThrowingCallable code, TimestampRejection reason) {
    assertThatThrownBy(code)
        .isInstanceOfSatisfying(
            TimestampException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }

  @ParameterizedTest
  @ValueSource(ints = {2048, 4096})
  void verifier_rsaModulusAtItsBounds_accepted(int bits) {
    assertThatCode(() -> SignatureCheck.verifier(RSA, key(RSA_KEY, modulus(bits), F4)))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(ints = {2047, 4097})
  void verifier_rsaModulusBeyondItsBounds_refused(int bits) {
    assertRefused(
        () -> SignatureCheck.verifier(RSA, key(RSA_KEY, modulus(bits), F4)),
        TimestampRejection.KEY_UNSUPPORTED);
  }

  @Test
  void verifier_rsaExponent_of64BitsAtMost() {
    BigInteger modulus = modulus(2048);
    assertThatCode(
            () ->
                SignatureCheck.verifier(
                    RSA, key(RSA_KEY, modulus, BigInteger.ONE.shiftLeft(63).setBit(0))))
        .doesNotThrowAnyException();
    assertRefused(
        () ->
            SignatureCheck.verifier(
                RSA, key(RSA_KEY, modulus, BigInteger.ONE.shiftLeft(64).setBit(0))),
        TimestampRejection.KEY_UNSUPPORTED);
  }

  @Test
  void verifier_rsaKeyWithParameters_onlyNullOrNone() {
    ASN1ObjectIdentifier rsa = PKCSObjectIdentifiers.rsaEncryption;
    assertThatCode(() -> SignatureCheck.verifier(RSA, key(with(rsa, null), modulus(2048), F4)))
        .doesNotThrowAnyException();
    assertRefused(
        () -> SignatureCheck.verifier(RSA, key(with(rsa, new ASN1Integer(1)), modulus(2048), F4)),
        TimestampRejection.KEY_UNSUPPORTED);
  }

  @Test
  void verifier_keyOfTheOtherKind_refused() {
    SubjectPublicKeyInfo curve = TestToken.TSA.certificate().getSubjectPublicKeyInfo();
    assertThatCode(() -> SignatureCheck.verifier(ECDSA, curve)).doesNotThrowAnyException();
    assertRefused(() -> SignatureCheck.verifier(RSA, curve), TimestampRejection.KEY_UNSUPPORTED);
    assertRefused(
        () -> SignatureCheck.verifier(ECDSA, key(RSA_KEY, modulus(2048), F4)),
        TimestampRejection.KEY_UNSUPPORTED);
  }

  @Test
  void hashOf_parameters_onlyNullOrNone() throws TimestampException {
    for (ASN1ObjectIdentifier algorithm :
        new ASN1ObjectIdentifier[] {
          PKCSObjectIdentifiers.sha256WithRSAEncryption, X9ObjectIdentifiers.ecdsa_with_SHA256
        }) {
      assertThat(SignatureCheck.hashOf(with(algorithm, null))).isEqualTo(HashAlgorithm.SHA_256);
      assertThat(SignatureCheck.hashOf(with(algorithm, DERNull.INSTANCE)))
          .isEqualTo(HashAlgorithm.SHA_256);
      assertRefused(
          () -> SignatureCheck.hashOf(with(algorithm, new ASN1Integer(1))),
          TimestampRejection.SIGNATURE_ALGORITHM);
    }
  }
}
