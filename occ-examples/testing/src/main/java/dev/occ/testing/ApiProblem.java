package dev.occ.testing;

/** A request that is answered by an error (spec 14). */
final class ApiProblem extends Exception {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String code;

  ApiProblem(int status, String code, String text) {
    super(text);
    this.status = status;
    this.code = code;
  }

  int status() {
    return status;
  }

  String code() {
    return code;
  }

  String text() {
    return String.valueOf(getMessage());
  }
}
