package dev.occ.verifier.chain;

/** Walks over records of one size, once. For use by one thread. */
interface RecordCursor {
  /** Goes to the next record; false at the end. */
  boolean advance() throws ChainException;

  /** The record here; not to be changed, and another one after the next step. */
  byte[] record();
}
