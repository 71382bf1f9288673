package dev.occ.verifier.attestation;

import dev.occ.proof.Bytes;
import java.util.List;
import java.util.Map;

/** A CBOR item of the profile that {@link CborProfile} lets through. */
sealed interface CborValue {
  /** An integer of major type 0 or 1. */
  record Int(long value) implements CborValue {}

  /** A text string. */
  record Text(String value) implements CborValue {}

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
      entries = Map.copyOf(entries);
    }
  }

  /** True or false. */
  record Bool(boolean value) implements CborValue {}

  /** Null. */
  record Null() implements CborValue {}
}
