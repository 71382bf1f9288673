package dev.occ.examples.parent;

/**
 * Who asks for a call.
 *
 * @param caller who it is
 * @param answer what the answer takes of the bytes for all answers
 * @param deadline until when it waits
 */
record Asker(Caller caller, ByteBudget.Account answer, Deadline deadline) {}
