package dev.occ.verifier.attestation;

import static dev.occ.verifier.attestation.AttestationRejection.*;
import static dev.occ.verifier.attestation.Cbor.bytes;
import static dev.occ.verifier.attestation.Cbor.hex;
import static dev.occ.verifier.attestation.Cbor.integer;
import static dev.occ.verifier.attestation.Cbor.join;
import static dev.occ.verifier.attestation.Cbor.text;
import static dev.occ.verifier.attestation.Cbor.zeros;

import java.util.ArrayList;
import java.util.List;

/** Documents whose payload breaks one of AWS's rules for its fields. */
final class FieldFaults {
  private FieldFaults() {}

  static List<Fault> all() {
    List<Fault> faults = new ArrayList<>();
    faults.addAll(scalars());
    faults.addAll(pcrs());
    faults.addAll(certificates());
    faults.addAll(optionals("public_key", PUBLIC_KEY_INVALID));
    faults.addAll(optionals("user_data", USER_DATA_INVALID));
    faults.addAll(optionals("nonce", NONCE_INVALID));
    return faults;
  }

  private static List<Fault> scalars() {
    return List.of(
        missing("module_id", MODULE_ID_MISSING),
        nothing("module_id", MODULE_ID_MISSING),
        fault("module_id", "empty", MODULE_ID_INVALID, text("")),
        fault("module_id", "bytes", MODULE_ID_INVALID, zeros(4)),
        missing("digest", DIGEST_MISSING),
        nothing("digest", DIGEST_MISSING),
        fault("digest", "SHA512", DIGEST_UNSUPPORTED, text("SHA512")),
        fault("digest", "sha384", DIGEST_UNSUPPORTED, text("sha384")),
        fault("digest", "bytes", DIGEST_UNSUPPORTED, bytes(hex("534841333834"))),
        missing("timestamp", TIMESTAMP_MISSING),
        nothing("timestamp", TIMESTAMP_MISSING),
        fault("timestamp", "zero", TIMESTAMP_INVALID, integer(0)),
        fault("timestamp", "negative", TIMESTAMP_INVALID, integer(-1)),
        fault("timestamp", "text", TIMESTAMP_INVALID, text("1717243200000")));
  }

  private static List<Fault> pcrs() {
    return List.of(
        missing("pcrs", PCRS_MISSING),
        nothing("pcrs", PCRS_MISSING),
        new Fault("a NitroTPM's", NITROTPM_DOCUMENT, TestDocument.nitroTpm().build()),
        fault("pcrs", "array", PCRS_INVALID, Cbor.array(zeros(48))),
        fault("pcrs", "text key", PCRS_INVALID, Cbor.map(text("0"), zeros(48))),
        fault("pcrs", "text value", PCRS_INVALID, Cbor.map(integer(0), text("0".repeat(48)))),
        fault("pcrs", "none", PCRS_COUNT, hex("a0")),
        fault("pcrs", "33", PCRS_COUNT, many(33)),
        fault("pcrs", "index 32", PCR_INDEX, Cbor.map(integer(32), zeros(48))),
        fault("pcrs", "index -1", PCR_INDEX, Cbor.map(integer(-1), zeros(48))),
        fault("pcrs", "index 2^32", PCR_INDEX, Cbor.map(integer(1L << 32), zeros(48))),
        fault("pcrs", "47 bytes", PCR_LENGTH, Cbor.map(integer(0), zeros(47))),
        fault("pcrs", "no byte", PCR_LENGTH, Cbor.map(integer(0), zeros(0))),
        fault("pcrs", "65 bytes", PCR_LENGTH, Cbor.map(integer(0), zeros(65))));
  }

  private static List<Fault> certificates() {
    return List.of(
        missing("certificate", CERTIFICATE_MISSING),
        nothing("certificate", CERTIFICATE_MISSING),
        fault("certificate", "empty", CERTIFICATE_LENGTH, zeros(0)),
        fault("certificate", "1025 bytes", CERTIFICATE_LENGTH, zeros(1025)),
        fault("certificate", "text", CERTIFICATE_LENGTH, text("certificate")),
        missing("cabundle", CABUNDLE_MISSING),
        nothing("cabundle", CABUNDLE_MISSING),
        fault("cabundle", "bytes", CABUNDLE_INVALID, zeros(500)),
        fault("cabundle", "empty", CABUNDLE_EMPTY, hex("80")),
        fault("cabundle", "nine", CABUNDLE_TOO_LONG, join(hex("89"), hex("4130".repeat(9)))),
        fault("cabundle", "eight", ROOT_NOT_PINNED, join(hex("88"), hex("4130".repeat(8)))),
        fault("cabundle", "empty entry", CABUNDLE_ENTRY_LENGTH, Cbor.array(zeros(0))),
        fault("cabundle", "1025 bytes", CABUNDLE_ENTRY_LENGTH, Cbor.array(zeros(1025))),
        fault("cabundle", "null entry", CABUNDLE_ENTRY_LENGTH, Cbor.array(Cbor.NULL)));
  }

  private static List<Fault> optionals(String field, AttestationRejection reason) {
    return List.of(
        fault(field, "1025 bytes", reason, zeros(1025)),
        fault(field, "text", reason, text("text")),
        fault(field, "false", reason, hex("f4")),
        fault(field, "array", reason, hex("80")));
  }

  private static byte[] many(int count) {
    byte[][] entries = new byte[2 * count][];
    for (int i = 0; i < count; i++) {
      entries[2 * i] = integer(i);
      entries[2 * i + 1] = zeros(32);
    }
    return Cbor.map(entries);
  }

  private static Fault missing(String field, AttestationRejection reason) {
    return new Fault(field + " absent", reason, new TestDocument().without(field).build());
  }

  private static Fault nothing(String field, AttestationRejection reason) {
    return fault(field, "null", reason, Cbor.NULL);
  }

  private static Fault fault(String field, String what, AttestationRejection reason, byte[] value) {
    return new Fault(field + " " + what, reason, new TestDocument().member(field, value).build());
  }
}
