package dev.occ.signer.nitro;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The two members of an attestation document that a signer must see before it uses the document:
 * the user data and PCR0. Decoding is strict (COSE_Sign1 of RFC 9052, spec 12), but this is no
 * verifier: signature and certificates are for those who receive the proof to check.
 */
final class AttestationContent {
  private static final int COSE_SIGN1_TAG = 18;
  private static final int MAX_LENGTH = NsmDevice.MAX_RESPONSE_LENGTH;
  private static final String PCR0 = "0";

  private final byte @Nullable [] userData;
  private final byte @Nullable [] pcr0;

  private AttestationContent(byte @Nullable [] userData, byte @Nullable [] pcr0) {
    this.userData = userData;
    this.pcr0 = pcr0;
  }

  /** Reads a document. */
  static AttestationContent read(byte[] document) throws CborException {
    return NsmCborReader.decode(
        NsmCborReader.decode(document, AttestationContent::readPayload),
        AttestationContent::readContent);
  }

  Optional<byte[]> userData() {
    return Optional.ofNullable(userData);
  }

  Optional<byte[]> pcr0() {
    return Optional.ofNullable(pcr0);
  }

  private static byte[] readPayload(NsmCborReader reader) throws CborException {
    reader.startArray(COSE_SIGN1_TAG);
    byte[] unusedHeader = reader.bytes(1, MAX_LENGTH);
    reader.map(name -> reader.skip());
    byte[] payload = reader.bytes(1, MAX_LENGTH);
    byte[] unusedSignature = reader.bytes(1, MAX_LENGTH);
    reader.endArray();
    return payload;
  }

  private static AttestationContent readContent(NsmCborReader reader) throws CborException {
    Map<String, byte[]> found = new HashMap<>();
    reader.map(
        name -> {
          switch (name) {
            case "user_data" ->
                reader
                    .bytesOrNull(NsmAttestationRequest.MAX_LENGTH)
                    .ifPresent(value -> found.put(name, value));
            case "pcrs" -> readPcr0(reader).ifPresent(value -> found.put(name, value));
            default -> reader.skip();
          }
        });
    return new AttestationContent(found.get("user_data"), found.get("pcrs"));
  }

  private static Optional<byte[]> readPcr0(NsmCborReader reader) throws CborException {
    Map<String, byte[]> pcrs = new HashMap<>();
    reader.map(index -> pcrs.put(index, reader.bytes(NsmPcr.MIN_LENGTH, NsmPcr.MAX_LENGTH)));
    return Optional.ofNullable(pcrs.get(PCR0));
  }
}
