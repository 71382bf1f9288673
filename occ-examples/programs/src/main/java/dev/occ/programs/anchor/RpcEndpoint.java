package dev.occ.programs.anchor;

import dev.occ.client.http.BoundedPost;
import dev.occ.client.http.PostException;
import dev.occ.json.JsonArray;
import dev.occ.json.JsonBoolean;
import dev.occ.json.JsonException;
import dev.occ.json.JsonLimits;
import dev.occ.json.JsonNull;
import dev.occ.json.JsonNumber;
import dev.occ.json.JsonObject;
import dev.occ.json.JsonString;
import dev.occ.json.JsonValue;
import dev.occ.json.JsonView;
import dev.occ.programs.anchor.RpcException.Reason;
import dev.occ.proof.Bytes;
import dev.occ.proof.Counter;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * One Ethereum node, by JSON-RPC 2.0 over HTTP. Believes nothing of what comes back: at most 1 MiB,
 * strict JSON, the request's id, hex in Ethereum's own spelling. Safe for use by many threads at
 * once.
 */
final class RpcEndpoint {
  /** A block without its transactions' bodies; a full one lists about 400 hashes. */
  private static final int MAX_ANSWER = 1 << 20;

  private static final int MAX_HEX_DIGITS = 16;
  private static final String JSON = "application/json";

  private final BoundedPost post;
  private final AtomicLong lastId = new AtomicLong();

  RpcEndpoint(URI url, Duration timeout) {
    post = new BoundedPost(url, timeout, MAX_ANSWER);
  }

  /** For people; the rest of the address may hold a key. */
  String host() {
    return post.host();
  }

  /** The number of the chain that the node is on (EIP-155). */
  Counter chainId() throws RpcException {
    JsonValue result = call("eth_chainId", List.of());
    try {
      return quantity(result);
    } catch (JsonException e) {
      throw malformed(e);
    }
  }

  /** The newest block. */
  Block newest(Finality finality) throws RpcException {
    return block(new JsonString(finality.tag()));
  }

  /** The block of a number. */
  Block block(Counter number) throws RpcException {
    Block block = block(new JsonString("0x" + Long.toHexString(number.bits())));
    if (!block.number().equals(number)) {
      throw malformed(null);
    }
    return block;
  }

  private Block block(JsonString which) throws RpcException {
    JsonValue result = call("eth_getBlockByNumber", List.of(which, JsonBoolean.of(false)));
    if (result instanceof JsonNull) {
      throw new RpcException(Reason.NO_SUCH_BLOCK, host() + " does not know block " + which.text());
    }
    try {
      JsonView view = JsonView.of(result);
      Counter number = quantity(new JsonString(view.text("number")));
      return new Block(number, view.text("hash", RpcEndpoint::hash));
    } catch (JsonException e) {
      throw malformed(e);
    }
  }

  private JsonValue call(String method, List<JsonValue> parameters) throws RpcException {
    long id = lastId.incrementAndGet();
    JsonObject request =
        JsonObject.builder()
            .put("jsonrpc", "2.0")
            .put("id", JsonNumber.of(id))
            .put("method", method)
            .put("params", new JsonArray(parameters))
            .build();
    BoundedPost.Answer answer;
    try {
      answer = post.send(JSON, request.toBytes());
    } catch (PostException e) {
      throw new RpcException(Reason.TRANSPORT, e.reason().code() + ": " + e.getMessage(), e);
    }
    try {
      return result(JsonView.of(JsonValue.read(answer.body().toByteArray(), limits())), id);
    } catch (JsonException e) {
      throw malformed(e);
    }
  }

  private static JsonLimits limits() {
    return JsonLimits.DEFAULT.withMaxBytes(MAX_ANSWER);
  }

  private JsonValue result(JsonView answer, long id) throws JsonException, RpcException {
    if (answer.object().has("error")) {
      String words = answer.view("error").optionalText("message").orElse("no message");
      throw new RpcException(Reason.ERROR, host() + " returned an error: " + words);
    }
    if (!answer.text("jsonrpc").equals("2.0")
        || answer.optionalInteger("id", id, id).isEmpty()
        || !answer.object().has("result")) {
      throw malformed(null);
    }
    return answer.object().get("result").orElseThrow();
  }

  /** Hex without leading zeros (the Ethereum JSON-RPC specification's "uint"). */
  private static Counter quantity(JsonValue value) throws JsonException {
    if (value instanceof JsonString string
        && string.text().matches("0x(0|[1-9a-f][0-9a-f]*)")
        && string.text().length() <= 2 + MAX_HEX_DIGITS) {
      return new Counter(Long.parseUnsignedLong(string.text(), 2, string.text().length(), 16));
    }
    throw new JsonException(
        JsonException.Reason.INVALID_HEX, "", "is not a quantity of at most 64 bits");
  }

  private static Bytes hash(String text) throws JsonException {
    if (!text.startsWith("0x") || text.length() != 66) {
      throw new JsonException(JsonException.Reason.INVALID_HEX, "", "is not a block hash");
    }
    return Bytes.fromHex(text.substring(2));
  }

  private RpcException malformed(@Nullable JsonException cause) {
    String where = cause == null ? "" : ": " + cause.reason().code() + " " + cause.pointer();
    return new RpcException(
        Reason.MALFORMED, host() + " returned a malformed answer" + where, cause);
  }
}
