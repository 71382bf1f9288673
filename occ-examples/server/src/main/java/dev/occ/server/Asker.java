package dev.occ.server;

import java.util.function.BooleanSupplier;

/**
 * Who asks for a call.
 *
 * @param caller who it is
 * @param answer what the answer takes of the bytes for all answers
 * @param deadline until when it waits
 * @param isGone whether it has left; asked between two steps of long work
 */
record Asker(Caller caller, ByteBudget.Account answer, Deadline deadline, BooleanSupplier isGone) {}
