package dev.occ.verifier.attestation;

import static dev.occ.verifier.attestation.AttestationRejection.COSE_STRUCTURE;
import static dev.occ.verifier.attestation.AttestationRejection.COSE_UNEXPECTED_TAG;

import dev.occ.proof.Bytes;
import dev.occ.verifier.attestation.CborValue.ByteString;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The four parts of a COSE_Sign1 (RFC 9052 section 4.2), the byte strings exactly as they were
 * read: the signature covers them, not what they decode to.
 */
record CoseSign1(Bytes protectedHeader, CborValue unprotected, Bytes payload, Bytes signature) {
  private static final int MAJOR_TAG = 6;
  private static final byte TAG_SIGN1 = (byte) 0xD2;

  /** Takes a document apart, with or without tag 18; headers and payload stay unread. */
  static CoseSign1 read(byte[] document) throws AttestationException {
    if (CborReader.read(untagged(document)) instanceof CborValue.Array array
        && array.items().size() == 4
        && array.items().get(0) instanceof ByteString header
        && array.items().get(2) instanceof ByteString payload
        && array.items().get(3) instanceof ByteString signature) {
      return new CoseSign1(
          header.value(), array.items().get(1), payload.value(), signature.value());
    }
    throw new AttestationException(COSE_STRUCTURE, "the document is not a COSE_Sign1");
  }

  private static byte[] untagged(byte[] document) throws AttestationException {
    boolean tagged = document.length > 0 && document[0] == TAG_SIGN1;
    byte[] body = tagged ? Arrays.copyOfRange(document, 1, document.length) : document;
    if (body.length > 0 && (body[0] & 0xFF) >>> 5 == MAJOR_TAG) {
      throw new AttestationException(
          COSE_UNEXPECTED_TAG, "the document has a CBOR tag other than a single 18");
    }
    return body;
  }

  /** The Sig_structure that is signed (RFC 9052 section 4.4), without external data. */
  byte[] toBeSigned() {
    ByteArrayOutputStream out = new ByteArrayOutputStream(payload.size() + 32);
    out.write(0x84);
    out.write(0x6A);
    out.writeBytes("Signature1".getBytes(StandardCharsets.US_ASCII));
    writeByteString(out, protectedHeader);
    out.write(0x40);
    writeByteString(out, payload);
    return out.toByteArray();
  }

  /** A byte string in CBOR's preferred form; documents are shorter than 64 KiB. */
  private static void writeByteString(ByteArrayOutputStream out, Bytes value) {
    int length = value.size();
    if (length < 24) {
      out.write(0x40 | length);
    } else if (length < 0x100) {
      out.write(0x58);
      out.write(length);
    } else {
      out.write(0x59);
      out.write(length >>> 8);
      out.write(length);
    }
    out.writeBytes(value.toByteArray());
  }
}
