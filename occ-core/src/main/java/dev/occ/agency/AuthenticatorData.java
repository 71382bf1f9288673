package dev.occ.agency;

import dev.occ.proof.Bytes;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** The authenticator data of an assertion (W3C Web Authentication Level 3, section 6.1). */
final class AuthenticatorData {
  private static final int RP_ID_HASH_LENGTH = 32;
  private static final int FLAGS = RP_ID_HASH_LENGTH;
  private static final int SIGN_COUNT = FLAGS + 1;
  private static final int HEADER_LENGTH = SIGN_COUNT + Integer.BYTES;

  /** Without extensions there are 37 bytes; those that are in use add some hundred. */
  private static final int MAX_LENGTH = 4 * 1024;

  private static final int USER_PRESENT = 0x01;
  private static final int USER_VERIFIED = 0x04;
  private static final int BACKUP_ELIGIBLE = 0x08;
  private static final int BACKED_UP = 0x10;
  private static final int ATTESTED_CREDENTIAL = 0x40;
  private static final int EXTENSIONS = 0x80;

  private final byte[] data;

  private AuthenticatorData(byte[] data) {
    this.data = data;
  }

  static AuthenticatorData read(Bytes bytes) throws AgencyException {
    if (bytes.size() < HEADER_LENGTH || bytes.size() > MAX_LENGTH) {
      throw malformed("has " + bytes.size() + " bytes instead of 37 to " + MAX_LENGTH);
    }
    AuthenticatorData data = new AuthenticatorData(bytes.toByteArray());
    data.checkFlags();
    data.checkRest();
    return data;
  }

  /** What the actor's signature covers. */
  byte[] followedBy(Bytes clientDataHash) {
    byte[] hash = clientDataHash.toByteArray();
    byte[] message = Arrays.copyOf(data, data.length + hash.length);
    System.arraycopy(hash, 0, message, data.length, hash.length);
    return message;
  }

  WebAuthnAssertion assertion(ClientData client) {
    return new WebAuthnAssertion(
        Bytes.of(Arrays.copyOf(data, RP_ID_HASH_LENGTH)),
        client.origin(),
        client.topOrigin(),
        client.crossOrigin(),
        Integer.toUnsignedLong(ByteBuffer.wrap(data).getInt(SIGN_COUNT)),
        has(BACKUP_ELIGIBLE),
        has(BACKED_UP));
  }

  private void checkFlags() throws AgencyException {
    if (!has(USER_PRESENT)) {
      throw new AgencyException(
          AgencyRejection.USER_NOT_PRESENT, "the authenticator did not test for a person");
    }
    if (!has(USER_VERIFIED)) {
      throw new AgencyException(
          AgencyRejection.USER_NOT_VERIFIED, "the authenticator did not verify the person");
    }
    if (has(BACKED_UP) && !has(BACKUP_ELIGIBLE)) {
      throw malformed("says that a key is backed up which cannot be");
    }
  }

  private void checkRest() throws AgencyException {
    if (has(ATTESTED_CREDENTIAL)) {
      throw malformed("carries a new credential, which an assertion must not");
    }
    boolean fits =
        has(EXTENSIONS)
            ? ExtensionOutputs.areAllFrom(data, HEADER_LENGTH)
            : data.length == HEADER_LENGTH;
    if (!fits) {
      throw malformed("and its flags disagree about extensions");
    }
  }

  private boolean has(int flag) {
    return (data[FLAGS] & flag) != 0;
  }

  private static AgencyException malformed(String problem) {
    return new AgencyException(
        AgencyRejection.AUTHENTICATOR_DATA_MALFORMED, "the authenticator data " + problem);
  }
}
