package dev.occ.verifier.attestation;

import dev.occ.proof.Bytes;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A CBOR item of the profile that {@link CborProfile} lets through. */
sealed interface CborValue {
  /**
   * An integer of major type 0 or 1. Comparable, like {@link Text}, because both are keys: a hash
   * map then stays quick with keys whose hashes an attacker chose to be equal.
   */
  record Int(long value) implements CborValue, Comparable<Int> {
    @Override
    public int compareTo(Int other) {
      return Long.compare(value, other.value);
    }
  }

  /** A text string. */
  record Text(String value) implements CborValue, Comparable<Text> {
    @Override
    public int compareTo(Text other) {
      return value.compareTo(other.value);
    }
  }

  /** A byte string. */
  record ByteString(Bytes value) implements CborValue {}

  /** An array. */
  record Array(List<CborValue> items) implements CborValue {
    public Array {
      items = List.copyOf(items);
    }
  }

  /** A map; its keys are {@link Int} and {@link Text}. */
  record Mapping(Map<CborValue, CborValue> entries) implements CborValue {
    public Mapping {
      // Map.copyOf would look through all keys of one hash, one by one.
      entries = Collections.unmodifiableMap(new HashMap<>(entries));
    }
  }

  /** True or false. */
  record Bool(boolean value) implements CborValue {}

  /** Null. */
  record Null() implements CborValue {}
}
