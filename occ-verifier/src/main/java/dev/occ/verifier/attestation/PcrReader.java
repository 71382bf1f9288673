package dev.occ.verifier.attestation;

import static dev.occ.verifier.attestation.AttestationRejection.PCRS_COUNT;
import static dev.occ.verifier.attestation.AttestationRejection.PCRS_INVALID;
import static dev.occ.verifier.attestation.AttestationRejection.PCRS_MISSING;
import static dev.occ.verifier.attestation.AttestationRejection.PCR_INDEX;
import static dev.occ.verifier.attestation.AttestationRejection.PCR_LENGTH;

import dev.occ.proof.Bytes;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** The rules for {@code pcrs} (spec 12): 1 to 32 entries, index 0 to 31, 32, 48 or 64 bytes. */
final class PcrReader {
  private static final int MAX_COUNT = 32;
  private static final Set<Integer> LENGTHS = Set.of(32, 48, 64);

  private PcrReader() {}

  static SortedMap<Integer, Bytes> read(NitroPayload.Members members) throws AttestationException {
    return read(members, "pcrs");
  }

  /** Reads the registers of a NitroTPM, which stand under a name of their own. */
  static SortedMap<Integer, Bytes> readNitroTpm(NitroPayload.Members members)
      throws AttestationException {
    return read(members, NitroPayload.NITROTPM_PCRS);
  }

  private static SortedMap<Integer, Bytes> read(NitroPayload.Members members, String name)
      throws AttestationException {
    if (!(members.required(name, PCRS_MISSING) instanceof CborValue.Mapping map)) {
      throw new AttestationException(PCRS_INVALID, name + " is not a map");
    }
    int count = map.entries().size();
    if (count < 1 || count > MAX_COUNT) {
      throw new AttestationException(PCRS_COUNT, name + " has " + count + " entries");
    }
    SortedMap<Integer, Bytes> pcrs = new TreeMap<>();
    for (Map.Entry<CborValue, CborValue> entry : map.entries().entrySet()) {
      pcrs.put(index(entry.getKey()), value(entry.getValue()));
    }
    return Collections.unmodifiableSortedMap(pcrs);
  }

  private static int index(CborValue key) throws AttestationException {
    if (!(key instanceof CborValue.Int index)) {
      throw new AttestationException(PCRS_INVALID, "a key of pcrs is not an integer");
    }
    if (index.value() < 0 || index.value() >= MAX_COUNT) {
      throw new AttestationException(PCR_INDEX, "a key of pcrs is not from 0 to 31");
    }
    return (int) index.value();
  }

  private static Bytes value(CborValue value) throws AttestationException {
    if (!(value instanceof CborValue.ByteString bytes)) {
      throw new AttestationException(PCRS_INVALID, "a PCR is not a byte string");
    }
    if (!LENGTHS.contains(bytes.value().size())) {
      throw new AttestationException(
          PCR_LENGTH, "a PCR has " + bytes.value().size() + " bytes, not 32, 48 or 64");
    }
    return bytes.value();
  }
}
