package dev.occ.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The guides list exactly the codes after which the client repeats a request. */
final class RetryableCodeTest {
  private static final Path DOCS = Path.of(System.getProperty("occ.root", "../..")).resolve("docs");
  private static final Pattern ROW = Pattern.compile("(?m)^\\| 503 with code ([^|]+)\\|");
  private static final Pattern CODE = Pattern.compile("`([a-z-]+)`");

  @Test
  void clientGuide_always_listsExactlyTheseCodes() throws IOException {
    Matcher row = ROW.matcher(Files.readString(DOCS.resolve("client.md")));
    assertThat(row.find()).isTrue();
    List<String> listed =
        CODE.matcher(row.group(1)).results().map(match -> match.group(1)).toList();
    assertThat(listed).containsExactlyInAnyOrderElementsOf(codes());
  }

  @Test
  void httpGuide_always_hasEachOfThemWith503() throws IOException {
    String page = Files.readString(DOCS.resolve("http-api.md"));
    assertThat(codes()).allSatisfy(code -> assertThat(page).contains("\n| 503 | `" + code + "` |"));
  }

  @Test
  void of_codesOfOpenOutcomes_isEmpty() {
    assertThat(
            Stream.of("enclave-timeout", "enclave-unavailable", "enclave-failed", "closing", "")
                .flatMap(code -> RetryableCode.of(code).stream()))
        .isEmpty();
  }

  private static List<String> codes() {
    return Stream.of(RetryableCode.values()).map(RetryableCode::code).toList();
  }
}
