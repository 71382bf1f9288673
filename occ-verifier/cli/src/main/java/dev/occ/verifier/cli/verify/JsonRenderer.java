package dev.occ.verifier.cli.verify;

import dev.occ.cli.Printable;
import dev.occ.cli.input.ArtifactFile;
import dev.occ.cli.input.ProofInput;
import dev.occ.cli.options.Trust;
import dev.occ.json.JsonArray;
import dev.occ.json.JsonBoolean;
import dev.occ.json.JsonObject;
import dev.occ.json.JsonString;
import dev.occ.json.JsonValue;
import dev.occ.verifier.Check;
import dev.occ.verifier.ValidProof;
import dev.occ.verifier.VerificationResult;
import java.util.List;
import java.util.Map;

/** Results for programs: one JSON object a line, the library's with the input's name before it. */
final class JsonRenderer implements Renderer {
  private final Trust trust;

  JsonRenderer(Trust trust) {
    this.trust = trust;
  }

  @Override
  public String render(ProofInput input, VerificationResult result) {
    JsonObject.Builder json = begin(input);
    for (Map.Entry<String, JsonValue> member : result.toJson().members().entrySet()) {
      json.put(member.getKey(), member.getValue());
    }
    return Printable.json(json.build());
  }

  /** Of the shape of a refusal; its checks are those of the proof alone. */
  @Override
  public String renderFault(ProofInput input, ValidProof result, String reason, String text) {
    return Printable.json(
        begin(input)
            .put("valid", JsonBoolean.FALSE)
            .put("reason", reason)
            .put("text", escaped(text))
            .put(
                "checks",
                new JsonArray(result.checks().stream().<JsonValue>map(Check::toJson).toList()))
            .put("caveats", new JsonArray(List.of()))
            .build());
  }

  private JsonObject.Builder begin(ProofInput input) {
    JsonObject.Builder json =
        JsonObject.builder().put("input", escaped(input.name())).put("policy", trust.code());
    input
        .file()
        .map(ArtifactFile::name)
        .filter(name -> !name.isEmpty())
        .ifPresent(name -> json.put("file", escaped(name)));
    return json;
  }

  /** No verdict was reached, so there is no member {@code valid}. */
  @Override
  public String renderUnreadable(String name, String why) {
    JsonObject error =
        JsonObject.builder().put("reason", "unreadable").put("text", escaped(why)).build();
    return Printable.json(
        JsonObject.builder().put("input", escaped(name)).put("error", error).build());
  }

  /** Names of files, and what quotes a document, need not be text that UTF-8 can carry. */
  private static JsonString escaped(String text) {
    return JsonString.escapingLoneSurrogates(text);
  }
}
