package dev.occ.signer.soft;

import java.util.List;

/** Makes COSE_Sign1 messages (RFC 9052, section 4.2) as the Nitro hypervisor does: without tag. */
final class CoseSigner {
  /** Header label {@code alg} (RFC 9052, section 3.1). */
  static final int ALG = 1;

  /** ECDSA with SHA-384 (RFC 9053, section 2.1). */
  static final int ES384 = -35;

  private CoseSigner() {}

  /** The usual protected header: the algorithm and nothing else. */
  static byte[] protectedHeader() {
    return Cbor.map(List.of(Cbor.integer(ALG), Cbor.integer(ES384)));
  }

  /** The bytes that are signed (RFC 9052, section 4.4), without external data. */
  static byte[] toBeSigned(String context, byte[] protectedHeader, byte[] payload) {
    return Cbor.array(
        List.of(
            Cbor.text(context),
            Cbor.bytes(protectedHeader),
            Cbor.bytes(new byte[0]),
            Cbor.bytes(payload)));
  }

  /** The message with its signature. */
  static byte[] sign(byte[] payload, EcKey key) {
    byte[] header = protectedHeader();
    return Cbor.array(
        List.of(
            Cbor.bytes(header),
            Cbor.map(List.of()),
            Cbor.bytes(payload),
            Cbor.bytes(key.signEs384(toBeSigned("Signature1", header, payload)))));
  }
}
