package dev.occ.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.occ.enclave.EnclaveErrorCode;
import dev.occ.json.JsonException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/http-api.md} names exactly the codes that the code has. */
final class ApiDocTest {
  private static final Path ROOT = Path.of(System.getProperty("occ.root", ".."));
  private static final Pattern ROW = Pattern.compile("(?m)^\\| (\\d{3}) \\| `([a-z-]+)` \\|");
  private static final Pattern CODE = Pattern.compile("`([a-z0-9-]+)`");

  private final String page;

  ApiDocTest() throws IOException {
    page = Files.readString(ROOT.resolve("docs/http-api.md"));
  }

  @Test
  void table_always_hasEachErrorWithItsStatus() {
    Map<String, Integer> documented = new LinkedHashMap<>();
    Matcher row = ROW.matcher(page);
    while (row.find()) {
      documented.put(row.group(2), Integer.valueOf(row.group(1)));
    }
    Map<String, Integer> known =
        Stream.of(ApiError.values()).collect(Collectors.toMap(ApiError::code, ApiError::status));
    assertThat(documented).containsExactlyInAnyOrderEntriesOf(known);
  }

  @Test
  void bodyCodes_always_areThoseOfTheReader() {
    Set<String> known =
        Stream.of(JsonException.Reason.values())
            .map(JsonException.Reason::code)
            .collect(Collectors.toSet());
    assertThat(codesOf("**Body codes**")).containsExactlyInAnyOrderElementsOf(known);
  }

  @Test
  void enclaveCodes_always_areThoseThatArePassedOn() {
    Set<String> passedOn = new TreeSet<>();
    for (EnclaveErrorCode code : EnclaveErrorCode.values()) {
      ApiException answer = EnclaveFailures.translate(FailingEnclave.answering(code.code()));
      if (answer.status() == 400) {
        passedOn.add(code.code());
      }
    }
    passedOn.removeAll(codesOf("**Body codes**"));
    assertThat(codesOf("**Enclave codes**")).containsExactlyInAnyOrderElementsOf(passedOn);
  }

  @Test
  void nginxExample_always_waitsLongerThanTheServerAndRefusesAsItDoes() throws IOException {
    String guide = Files.readString(ROOT.resolve("docs/self-host.md"));
    Matcher timeout = Pattern.compile("proxy_read_timeout (\\d+)s;").matcher(guide);
    assertThat(timeout.find()).isTrue();
    assertThat(Duration.ofSeconds(Long.parseLong(timeout.group(1))))
        .isGreaterThan(ParentLimits.DEFAULT.workTimeout());
    assertThat(guide)
        .contains("limit_req_status 429;", "location = /verify {")
        .contains("client_max_body_size " + ParentLimits.DEFAULT.maxVerifyBytes() / 1024 + "k;");
  }

  @Test
  void limits_always_nameTheTimeOfARequest() {
    String time = ParentLimits.DEFAULT.workTimeout().toSeconds() + " s";
    assertThat(page)
        .contains("the request took, or was queued for, more than " + time)
        .contains("| a request, from its arrival to the start of its last digest | " + time);
  }

  @Test
  void limits_always_areThoseOfVerifyAndChains() {
    ParentLimits limits = ParentLimits.DEFAULT;
    assertThat(page)
        .contains("| a body of `/verify` | " + limits.maxVerifyBytes() / 1024 + " KiB")
        .contains("; " + limits.maxVerifyWeight() / 1024 / 1024 + " MiB once parsed, sixteen times")
        .contains("| new chains of one key in an epoch | " + limits.chainQuota() + " (")
        .contains("| `VERIFY_MAX_BYTES` | " + limits.maxVerifyBytes() + " |")
        .contains("| `CHAIN_QUOTA` | " + limits.chainQuota() + " |");
  }

  private Set<String> codesOf(String start) {
    String paragraph = page.substring(page.indexOf(start));
    paragraph = paragraph.substring(0, paragraph.indexOf("\n\n"));
    return CODE.matcher(paragraph).results().map(m -> m.group(1)).collect(Collectors.toSet());
  }
}
