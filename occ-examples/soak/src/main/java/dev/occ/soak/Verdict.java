package dev.occ.soak;

/**
 * Whether something holds that must.
 *
 * @param what what must hold
 * @param holds whether it does
 * @param figures what was found
 */
record Verdict(String what, boolean holds, String figures) {}
