package dev.occ.verifier.cli.inspect;

import dev.occ.cli.Page;
import dev.occ.json.JsonObject;

/** Something that can be shown without being believed. */
interface Inspection {
  /** Everything, for people. */
  void show(Page page);

  /** Everything, for programs; says that nothing was verified. */
  JsonObject toJson();
}
