package dev.occ.verifier.attestation;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.crypto.digests.SHA384Digest;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.util.BigIntegers;

/** A P-384 key made from a label, with signatures after RFC 6979: the same in every run. */
public record TestKey(BigInteger scalar) {
  /** The curve. */
  public static final X9ECParameters P384 = CustomNamedCurves.getByName("secp384r1");

  private static final ECDomainParameters DOMAIN = new ECDomainParameters(P384);

  /** The label's key. */
  public static TestKey named(String label) {
    return new TestKey(
        new BigInteger(1, sha384(label.getBytes(StandardCharsets.UTF_8))).mod(P384.getN()));
  }

  private static byte[] sha384(byte[] data) {
    SHA384Digest digest = new SHA384Digest();
    digest.update(data, 0, data.length);
    byte[] hash = new byte[48];
    digest.doFinal(hash, 0);
    return hash;
  }

  /** The public key after SEC 1 section 2.3.3. */
  public byte[] point(boolean compressed) {
    return P384.getG().multiply(scalar).getEncoded(compressed);
  }

  SubjectPublicKeyInfo publicKey() {
    return new SubjectPublicKeyInfo(
        new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, SECObjectIdentifiers.secp384r1),
        point(false));
  }

  /** r and s. */
  public BigInteger[] signPair(byte[] message) {
    ECDSASigner signer = new ECDSASigner(new HMacDSAKCalculator(new SHA384Digest()));
    signer.init(true, new ECPrivateKeyParameters(scalar, DOMAIN));
    return signer.generateSignature(sha384(message));
  }

  /** r and s in 48 bytes each. */
  public byte[] sign(byte[] message) {
    BigInteger[] pair = signPair(message);
    return Cbor.join(
        BigIntegers.asUnsignedByteArray(48, pair[0]), BigIntegers.asUnsignedByteArray(48, pair[1]));
  }
}
