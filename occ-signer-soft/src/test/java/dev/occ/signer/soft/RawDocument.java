package dev.occ.signer.soft;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bouncycastle.asn1.ASN1InputStream;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.util.PublicKeyFactory;

/**
 * Looks at a faulty document as leniently as can be, to see that the fault is the only thing wrong
 * with it: no check of types, sizes, duplicates, tags or trailing bytes.
 */
final class RawDocument {
  private final List<byte[]> elements;

  private RawDocument(List<byte[]> elements) {
    this.elements = elements;
  }

  static RawDocument of(byte[] document) {
    int tags = 0;
    while ((document[tags] & 0xe0) == 0xc0) {
      // Heads of the tags in the catalogue: below 24 in one byte, else in two.
      tags += (document[tags] & 0x1f) < 24 ? 1 : 2;
    }
    return new RawDocument(CborItems.children(Arrays.copyOfRange(document, tags, document.length)));
  }

  byte[] element(int index) {
    return elements.get(index);
  }

  int size() {
    return elements.size();
  }

  byte[] payload() {
    return CborItems.content(elements.get(2));
  }

  /** The encoded items by name; of two with one name the first. */
  Map<String, byte[]> fields() {
    List<byte[]> items = CborItems.children(payload());
    Map<String, byte[]> fields = new LinkedHashMap<>();
    for (int i = 0; i < items.size(); i += 2) {
      fields.putIfAbsent(new String(CborItems.content(items.get(i)), UTF_8), items.get(i + 1));
    }
    return fields;
  }

  byte[] field(String name) {
    return Objects.requireNonNull(fields().get(name), name);
  }

  byte[] leaf() {
    return CborItems.content(field("certificate"));
  }

  List<byte[]> cabundle() {
    return CborItems.children(field("cabundle")).stream().map(CborItems::content).toList();
  }

  /** Whether r and s, on whatever curve the certificate names, sign the Sig_structure. */
  boolean signatureVerifies() throws IOException {
    ECPublicKeyParameters key =
        (ECPublicKeyParameters)
            PublicKeyFactory.createKey(firstValue(leaf()).getSubjectPublicKeyInfo());
    byte[] signature = CborItems.content(element(3));
    if (signature.length != 96) {
      return false;
    }
    ECDSASigner verifier = new ECDSASigner();
    verifier.init(false, key);
    byte[] header = CborItems.content(element(0));
    return verifier.verifySignature(
        EcKey.digest("SHA-384", CoseSigner.toBeSigned("Signature1", header, payload())),
        new BigInteger(1, Arrays.copyOf(signature, 48)),
        new BigInteger(1, Arrays.copyOfRange(signature, 48, 96)));
  }

  /** The certificate at the start, whatever follows it. */
  private static Certificate firstValue(byte[] der) throws IOException {
    try (ASN1InputStream input = new ASN1InputStream(der)) {
      return Certificate.getInstance(input.readObject());
    }
  }
}
