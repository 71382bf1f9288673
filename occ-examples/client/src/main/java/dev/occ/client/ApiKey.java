package dev.occ.client;

import java.net.http.HttpRequest;

/** A key that never reaches a text. */
final class ApiKey {
  private final String value;

  /**
   * Checks the form, without repeating the key.
   *
   * @throws IllegalArgumentException if it is empty or cannot stand in a header
   */
  ApiKey(String value) {
    if (value.isEmpty() || !value.chars().allMatch(c -> c > ' ' && c < 0x7F)) {
      throw new IllegalArgumentException(
          "an API key is visible ASCII without spaces; this one is empty or has something else");
    }
    this.value = value;
  }

  void addTo(HttpRequest.Builder request) {
    HttpRequest.Builder unused = request.header("Authorization", "Bearer " + value);
  }

  @Override
  public String toString() {
    return "ApiKey[hidden]";
  }
}
