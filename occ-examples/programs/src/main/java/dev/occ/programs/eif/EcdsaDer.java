package dev.occ.programs.eif;

import dev.occ.proof.Bytes;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.security.SignatureException;

/** The two forms of an ECDSA signature: DER (RFC 3279 section 2.2.3), and r and s side by side. */
final class EcdsaDer {
  private static final int SEQUENCE = 0x30;
  private static final int INTEGER = 0x02;
  private static final int SHORT_FORM = 0x80;
  private static final int ONE_LENGTH_BYTE = 0x81;

  private EcdsaDer() {}

  /**
   * Reads strict DER.
   *
   * @param scalarLength of r and s each, in bytes
   * @throws SignatureException if it is another form, or a number is too long
   */
  static Bytes toFixedLength(byte[] der, int scalarLength) throws SignatureException {
    try {
      ByteBuffer in = ByteBuffer.wrap(der);
      require(in.get() == SEQUENCE && length(in) == in.remaining());
      ByteBuffer fixed = ByteBuffer.allocate(2 * scalarLength);
      number(in, fixed.slice(0, scalarLength));
      number(in, fixed.slice(scalarLength, scalarLength));
      require(!in.hasRemaining());
      return Bytes.of(fixed.array());
    } catch (BufferUnderflowException e) {
      throw new SignatureException("the signature ends too early", e);
    }
  }

  private static int length(ByteBuffer in) throws SignatureException {
    int first = Byte.toUnsignedInt(in.get());
    if (first < SHORT_FORM) {
      return first;
    }
    require(first == ONE_LENGTH_BYTE);
    int length = Byte.toUnsignedInt(in.get());
    require(length >= SHORT_FORM);
    return length;
  }

  private static void number(ByteBuffer in, ByteBuffer to) throws SignatureException {
    require(in.get() == INTEGER);
    byte[] bytes = new byte[length(in)];
    in.get(bytes);
    require(bytes.length > 0 && bytes[0] >= 0);
    int start = bytes.length > 1 && bytes[0] == 0 ? 1 : 0;
    require(start == 0 || bytes[1] < 0); // a zero in front only where the sign needs it
    int length = bytes.length - start;
    require(length <= to.capacity());
    to.put(to.capacity() - length, bytes, start, length);
  }

  private static void require(boolean condition) throws SignatureException {
    if (!condition) {
      throw new SignatureException("the signature is not ECDSA's in DER");
    }
  }
}
