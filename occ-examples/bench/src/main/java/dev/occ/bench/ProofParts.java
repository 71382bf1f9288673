package dev.occ.bench;

import dev.occ.proof.Bytes;
import dev.occ.proof.Environment.Attestation;
import dev.occ.proof.Proof;
import dev.occ.proof.SlotAllocation;
import dev.occ.verifier.attestation.AttestationException;
import dev.occ.verifier.attestation.NitroAttestation;
import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.sec.SECNamedCurves;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.crypto.signers.PlainDSAEncoding;
import org.bouncycastle.crypto.signers.StandardDSAEncoding;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.dataformat.cbor.CBORMapper;

/**
 * What is signed in a proof, by whom, taken apart beforehand so that a floor has nothing to do but
 * cryptography.
 *
 * @param publicKey the Ed25519 key, 32 bytes
 * @param body the proof's signed body
 * @param slot the slot's signed body
 * @param attestation the attestation's signatures, the document's own first, then from the leaf's
 *     certificate up to the one that the root issued; empty without an attestation
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record ProofParts(byte[] publicKey, Signed body, Signed slot, List<ByKey> attestation) {
  private static final CBORMapper CBOR = new CBORMapper();
  private static final BigInteger P384_ORDER = SECNamedCurves.getByName("secp384r1").getN();

  /**
   * A message and its signature.
   *
   * @param message what is signed
   * @param signature 64 bytes of Ed25519, or r and s of 48 bytes each
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Signed(byte[] message, byte[] signature) {}

  /**
   * What a P-384 key signed.
   *
   * @param point the key, uncompressed, 97 bytes
   * @param signed message and signature
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record ByKey(byte[] point, Signed signed) {}

  /**
   * Takes a proof apart.
   *
   * @throws IOException if its attestation is not of the form of spec 12
   */
  static ProofParts of(Proof proof) throws IOException {
    SlotAllocation slot =
        proof
            .slotAllocation()
            .orElseThrow(() -> new IllegalArgumentException("a proof without a slot"));
    List<ByKey> attestation = new ArrayList<>();
    if (proof.environment().attestation().isPresent()) {
      addAttestation(attestation, proof.environment().attestation().get());
    }
    return new ProofParts(
        proof.publicKey().toByteArray(),
        new Signed(proof.signedBytes(), proof.signature().toByteArray()),
        new Signed(slot.signedBytes(), slot.signature().toByteArray()),
        attestation);
  }

  private static void addAttestation(List<ByKey> signatures, Attestation attestation)
      throws IOException {
    byte[] report = attestation.report().toByteArray();
    List<Certificate> path = path(report);
    JsonNode cose = CBOR.readTree(report);
    Signed document = new Signed(sigStructure(cose), cose.get(3).binaryValue());
    signatures.add(new ByKey(point(path.get(path.size() - 1)), document));
    for (int i = path.size() - 1; i > 0; i--) {
      signatures.add(new ByKey(point(path.get(i - 1)), signed(path.get(i))));
    }
  }

  /** The certificates, the root first. */
  private static List<Certificate> path(byte[] report) throws IOException {
    NitroAttestation document;
    try {
      document = NitroAttestation.decode(report);
    } catch (AttestationException e) {
      throw new IOException("not an attestation document", e);
    }
    List<Certificate> path = new ArrayList<>();
    for (Bytes certificate : document.caBundle()) {
      path.add(Certificate.getInstance(certificate.toByteArray()));
    }
    path.add(Certificate.getInstance(document.certificate().toByteArray()));
    return path;
  }

  /** The Sig_structure of RFC 9052 section 4.4, without external data. */
  private static byte[] sigStructure(JsonNode cose) {
    ArrayNode structure = CBOR.createArrayNode();
    structure.add("Signature1").add(cose.get(0).binaryValue());
    structure.add(new byte[0]).add(cose.get(2).binaryValue());
    return CBOR.writeValueAsBytes(structure);
  }

  private static Signed signed(Certificate certificate) throws IOException {
    BigInteger[] rs =
        StandardDSAEncoding.INSTANCE.decode(P384_ORDER, certificate.getSignature().getOctets());
    return new Signed(
        certificate.getTBSCertificate().getEncoded(),
        PlainDSAEncoding.INSTANCE.encode(P384_ORDER, rs[0], rs[1]));
  }

  private static byte[] point(Certificate certificate) {
    return certificate.getSubjectPublicKeyInfo().getPublicKeyData().getOctets();
  }
}
