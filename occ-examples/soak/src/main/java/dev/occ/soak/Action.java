package dev.occ.soak;

/** One step of a worker's load. */
interface Action {
  /** Does it once; what it throws is a failure of the soak. */
  void perform() throws Exception;
}
