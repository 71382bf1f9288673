package dev.occ.server;

import java.util.Set;

/**
 * One call of the API and what it needs.
 *
 * @param path as it stands in the request line
 * @param method the one method, HEAD and OPTIONS aside
 * @param body what body it takes
 * @param members the members that its body may have; one with another is refused unparsed
 * @param keyed whether the caller must show an API key
 * @param changes whether the call makes something in the enclave
 * @param size what a body may be
 * @param lane whose means it uses
 * @param call what it does
 */
record Route(
    String path,
    String method,
    BodyKind body,
    Set<String> members,
    boolean keyed,
    boolean changes,
    Size size,
    Lane lane,
    Call call) {
  /**
   * What a body may be.
   *
   * @param bytes how long
   * @param weight how heavy once it is parsed
   */
  record Size(int bytes, long weight) {}

  /** What body a call takes. */
  enum BodyKind {
    /** None; one that comes is ignored. */
    NONE,
    /** A JSON object, or nothing at all. */
    OPTIONAL,
    /** A JSON object. */
    REQUIRED
  }
}
