package dev.occ.verifier.attestation;

import static dev.occ.verifier.attestation.AttestationRejection.CERTIFICATE_LENGTH;
import static dev.occ.verifier.attestation.AttestationRejection.CERTIFICATE_MISSING;
import static dev.occ.verifier.attestation.AttestationRejection.DIGEST_MISSING;
import static dev.occ.verifier.attestation.AttestationRejection.DIGEST_UNSUPPORTED;
import static dev.occ.verifier.attestation.AttestationRejection.MODULE_ID_INVALID;
import static dev.occ.verifier.attestation.AttestationRejection.MODULE_ID_MISSING;
import static dev.occ.verifier.attestation.AttestationRejection.NITROTPM_DOCUMENT;
import static dev.occ.verifier.attestation.AttestationRejection.NONCE_INVALID;
import static dev.occ.verifier.attestation.AttestationRejection.PAYLOAD_STRUCTURE;
import static dev.occ.verifier.attestation.AttestationRejection.PUBLIC_KEY_INVALID;
import static dev.occ.verifier.attestation.AttestationRejection.TIMESTAMP_INVALID;
import static dev.occ.verifier.attestation.AttestationRejection.TIMESTAMP_MISSING;
import static dev.occ.verifier.attestation.AttestationRejection.USER_DATA_INVALID;

import dev.occ.proof.Bytes;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * The payload of an attestation document under AWS's syntactic rules (spec 12). Members that the
 * rules do not name are left alone: whoever signed the document signed them too.
 */
record NitroPayload(
    String moduleId,
    boolean nitroTpm,
    Instant timestamp,
    SortedMap<Integer, Bytes> pcrs,
    Bytes certificate,
    List<Bytes> caBundle,
    @Nullable Bytes publicKey,
    @Nullable Bytes userData,
    @Nullable Bytes nonce) {

  /** The longest certificate and the longest optional field, in bytes. */
  static final int MAX_FIELD_LENGTH = 1024;

  /** The registers of a NitroTPM; an enclave's document has {@code pcrs} instead. */
  static final String NITROTPM_PCRS = "nitrotpm_pcrs";

  /** Reads the payload's bytes; the fields in the order in which AWS's process names them. */
  static NitroPayload read(Bytes payload, boolean nitroTpmAllowed) throws AttestationException {
    Members members = Members.read(payload);
    String moduleId = moduleId(members);
    checkDigest(members);
    Instant timestamp = timestamp(members);
    boolean nitroTpm = members.isNull("pcrs") && !members.isNull(NITROTPM_PCRS);
    if (nitroTpm && !nitroTpmAllowed) {
      throw new AttestationException(
          NITROTPM_DOCUMENT, "a NitroTPM document, which attests an instance and not an enclave");
    }
    return new NitroPayload(
        moduleId,
        nitroTpm,
        timestamp,
        nitroTpm ? PcrReader.readNitroTpm(members) : PcrReader.read(members),
        certificate(members),
        CaBundleReader.read(members),
        optional(members, "public_key", PUBLIC_KEY_INVALID),
        optional(members, "user_data", USER_DATA_INVALID),
        optional(members, "nonce", NONCE_INVALID));
  }

  private static String moduleId(Members members) throws AttestationException {
    if (members.required("module_id", MODULE_ID_MISSING) instanceof CborValue.Text text
        && !text.value().isEmpty()) {
      return text.value();
    }
    throw new AttestationException(MODULE_ID_INVALID, "module_id is not text, or is empty");
  }

  private static void checkDigest(Members members) throws AttestationException {
    CborValue digest = members.required("digest", DIGEST_MISSING);
    if (!digest.equals(new CborValue.Text("SHA384"))) {
      throw new AttestationException(DIGEST_UNSUPPORTED, "digest is not SHA384");
    }
  }

  private static Instant timestamp(Members members) throws AttestationException {
    if (members.required("timestamp", TIMESTAMP_MISSING) instanceof CborValue.Int time
        && time.value() > 0) {
      return Instant.ofEpochMilli(time.value());
    }
    throw new AttestationException(TIMESTAMP_INVALID, "timestamp is not a positive integer");
  }

  private static Bytes certificate(Members members) throws AttestationException {
    CborValue value = members.required("certificate", CERTIFICATE_MISSING);
    return certificate(value, CERTIFICATE_LENGTH, "certificate");
  }

  /** A byte string that may hold a certificate. */
  static Bytes certificate(CborValue value, AttestationRejection reason, String name)
      throws AttestationException {
    if (value instanceof CborValue.ByteString bytes
        && bytes.value().size() > 0
        && bytes.value().size() <= MAX_FIELD_LENGTH) {
      return bytes.value();
    }
    throw new AttestationException(
        reason, name + " is not a byte string of 1 to " + MAX_FIELD_LENGTH + " bytes");
  }

  private static @Nullable Bytes optional(Members members, String name, AttestationRejection reason)
      throws AttestationException {
    CborValue value = members.orNull(name);
    if (value instanceof CborValue.Null) {
      return null;
    }
    if (value instanceof CborValue.ByteString bytes && bytes.value().size() <= MAX_FIELD_LENGTH) {
      return bytes.value();
    }
    throw new AttestationException(
        reason, name + " is not a byte string of at most " + MAX_FIELD_LENGTH + " bytes");
  }

  /** The payload's members by name. */
  record Members(Map<CborValue, CborValue> byName) {
    private static final CborValue NULL = new CborValue.Null();

    static Members read(Bytes payload) throws AttestationException {
      if (CborReader.read(payload.toByteArray()) instanceof CborValue.Mapping map
          && map.entries().keySet().stream().allMatch(CborValue.Text.class::isInstance)) {
        return new Members(map.entries());
      }
      throw new AttestationException(PAYLOAD_STRUCTURE, "the payload is no map with text keys");
    }

    /** A member; real documents say "none" by leaving it out and by an explicit null. */
    CborValue orNull(String name) {
      return byName.getOrDefault(new CborValue.Text(name), NULL);
    }

    boolean isNull(String name) {
      return orNull(name) instanceof CborValue.Null;
    }

    CborValue required(String name, AttestationRejection missing) throws AttestationException {
      CborValue value = orNull(name);
      if (value instanceof CborValue.Null) {
        throw new AttestationException(missing, name + " is missing");
      }
      return value;
    }
  }
}
