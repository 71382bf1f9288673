package dev.occ.signer.nitro;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The two members of an attestation document that a signer must see before it uses the document:
 * the user data and PCR0. Decoding is strict (COSE_Sign1 of RFC 9052, spec 12), but this is no
 * verifier: signature and certificates are for those who receive the proof to check.
 */
record AttestationContent(Optional<byte[]> userData, Optional<byte[]> pcr0) {
  private static final int COSE_SIGN1_TAG = 18;
  private static final int MAX_LENGTH = NsmDevice.MAX_RESPONSE_LENGTH;
  private static final String PCR0 = "0";

  /** Reads a document. */
  static AttestationContent read(byte[] document) throws CborException {
    return CborReader.decode(
        CborReader.decode(document, AttestationContent::readPayload),
        AttestationContent::readContent);
  }

  private static byte[] readPayload(CborReader reader) throws CborException {
    reader.startArray(COSE_SIGN1_TAG);
    byte[] unusedHeader = reader.bytes(1, MAX_LENGTH);
    reader.map(name -> reader.skip());
    byte[] payload = reader.bytes(1, MAX_LENGTH);
    byte[] unusedSignature = reader.bytes(1, MAX_LENGTH);
    reader.endArray();
    return payload;
  }

  private static AttestationContent readContent(CborReader reader) throws CborException {
    Map<String, Optional<byte[]>> found = new HashMap<>();
    reader.map(
        name -> {
          switch (name) {
            case "user_data" ->
                found.put(name, reader.bytesOrNull(NsmAttestationRequest.MAX_LENGTH));
            case "pcrs" -> found.put(name, readPcr0(reader));
            default -> reader.skip();
          }
        });
    return new AttestationContent(
        found.getOrDefault("user_data", Optional.empty()),
        found.getOrDefault("pcrs", Optional.empty()));
  }

  private static Optional<byte[]> readPcr0(CborReader reader) throws CborException {
    Map<String, byte[]> pcrs = new HashMap<>();
    reader.map(index -> pcrs.put(index, reader.bytes(NsmPcr.MIN_LENGTH, NsmPcr.MAX_LENGTH)));
    return Optional.ofNullable(pcrs.get(PCR0));
  }
}
