package dev.occ.verifier.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.occ.cli.Terminal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One run of the program inside of the test's process. */
public record Run(int code, String out, String err) {
  public static Run of(Object... arguments) {
    return withInput(new byte[0], arguments);
  }

  public static Run withInput(byte[] input, Object... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Terminal terminal = Terminal.plain(new ByteArrayInputStream(input), out, err);
    int code = OccVerify.run(terminal, texts(arguments));
    return new Run(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  public static String[] texts(Object... arguments) {
    String[] texts = new String[arguments.length];
    for (int i = 0; i < texts.length; i++) {
      texts[i] = arguments[i].toString();
    }
    return texts;
  }

  /** The one object that was printed. */
  public JsonNode json() {
    assertThat(out.lines()).as(err).hasSize(1);
    return JsonMapper.shared().readTree(out);
  }

  /** The objects that were printed, one a line. */
  public List<JsonNode> jsonLines() {
    return out.lines().map(line -> JsonMapper.shared().readTree(line)).toList();
  }

  /** That the arguments or the input could not be used, said in one sentence. */
  public void assertUnusable(String... texts) {
    assertThat(code).as(out + err).isEqualTo(2);
    assertThat(err).startsWith("error: ").contains(texts).doesNotContain("\tat ", "Exception");
  }
}
