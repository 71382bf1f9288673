package dev.occ.verifier.attestation;

import static dev.occ.verifier.attestation.Cbor.bytes;
import static dev.occ.verifier.attestation.Cbor.hex;
import static dev.occ.verifier.attestation.Cbor.integer;
import static dev.occ.verifier.attestation.Cbor.text;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.bouncycastle.asn1.x509.KeyUsage;

/**
 * An attestation document in the making, of the shape of AWS's and signed under a root of our own;
 * every part can be made wrong before {@link #build()}.
 */
final class TestDocument {
  static final Instant TIME = Instant.parse("2024-06-01T12:00:00Z");
  static final byte[] ES384_HEADER = hex("a1013822");

  /** Root, regional, zonal, instance, leaf. */
  final List<TestCertificate> path = new ArrayList<>();

  final Map<String, byte[]> members = new LinkedHashMap<>();
  byte[] protectedHeader = ES384_HEADER;
  byte[] unprotectedHeader = hex("a0");
  TestKey signer = TestKey.named("leaf");

  TestDocument() {
    path.add(certificate("root", "root", 3650, -1));
    path.add(certificate("regional", "root", 20, 2));
    path.add(certificate("zonal", "regional", 6, 1));
    path.add(certificate("instance", "zonal", 1, 0));
    TestCertificate leaf =
        new TestCertificate(
            "leaf", "instance", TIME.minusSeconds(30), TIME.plus(Duration.ofHours(3)));
    leaf.usage(KeyUsage.digitalSignature | KeyUsage.nonRepudiation);
    path.add(leaf);
    members.put("module_id", text("i-0123456789abcdef0-enc0123456789abcdef"));
    members.put("digest", text("SHA384"));
    members.put("timestamp", integer(TIME.toEpochMilli()));
    members.put("pcrs", pcrs(1));
    members.put("certificate", Cbor.NULL);
    members.put("cabundle", Cbor.NULL);
    members.put("public_key", Cbor.NULL);
    members.put("user_data", bytes(new byte[32]));
    members.put("nonce", Cbor.NULL);
    putCertificates();
  }

  static TestCertificate certificate(String subject, String issuer, int days, int pathLength) {
    TestCertificate certificate =
        new TestCertificate(
            subject, issuer, TIME.minus(Duration.ofDays(days)), TIME.plus(Duration.ofDays(days)));
    certificate.ca(pathLength);
    return certificate;
  }

  /** Sixteen PCRs of 48 bytes, each byte the given value. */
  static byte[] pcrs(int value) {
    byte[] pcr = new byte[48];
    Arrays.fill(pcr, (byte) value);
    byte[][] entries = new byte[32][];
    for (int i = 0; i < 16; i++) {
      entries[2 * i] = integer(i);
      entries[2 * i + 1] = bytes(pcr);
    }
    return Cbor.map(entries);
  }

  /** A document as a NitroTPM makes it: its registers have a name of their own. */
  static TestDocument nitroTpm() {
    return new TestDocument().without("pcrs").member("nitrotpm_pcrs", pcrs(0));
  }

  TestDocument with(Consumer<TestDocument> change) {
    change.accept(this);
    return this;
  }

  TestDocument member(String name, byte[] cbor) {
    members.put(name, cbor);
    return this;
  }

  TestDocument without(String name) {
    members.remove(name);
    return this;
  }

  /** Changes a certificate of the path and puts the path into the document anew. */
  TestDocument certificate(int index, Consumer<TestCertificate> change) {
    change.accept(path.get(index));
    putCertificates();
    return this;
  }

  void putCertificates() {
    byte[][] ders = path.stream().map(TestCertificate::der).toArray(byte[][]::new);
    putCertificates(ders);
  }

  void putCertificates(byte[]... ders) {
    byte[][] bundle = new byte[ders.length - 1][];
    for (int i = 0; i < bundle.length; i++) {
      bundle[i] = bytes(ders[i]);
    }
    members.put("cabundle", Cbor.array(bundle));
    members.put("certificate", bytes(ders[ders.length - 1]));
  }

  byte[][] ders() {
    return path.stream().map(TestCertificate::der).toArray(byte[][]::new);
  }

  byte[] payload() {
    byte[][] entries = new byte[2 * members.size()][];
    int i = 0;
    for (Map.Entry<String, byte[]> member : members.entrySet()) {
      entries[i++] = text(member.getKey());
      entries[i++] = member.getValue();
    }
    return Cbor.map(entries);
  }

  byte[] build() {
    return build(payload());
  }

  byte[] build(byte[] payload) {
    return assemble(payload, sign(payload));
  }

  byte[] sign(byte[] payload) {
    return signer.sign(
        Cbor.array(text("Signature1"), bytes(protectedHeader), hex("40"), bytes(payload)));
  }

  byte[] assemble(byte[] payload, byte[] signature) {
    return Cbor.array(bytes(protectedHeader), unprotectedHeader, bytes(payload), bytes(signature));
  }
}
