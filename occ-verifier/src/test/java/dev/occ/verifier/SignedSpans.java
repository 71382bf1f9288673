package dev.occ.verifier;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.Set;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;

/**
 * Where in a proof's raw document the signed members stand, by an independent reader: names, values
 * and all that is between them.
 */
final class SignedSpans {
  private static final Set<String> SIGNED =
      Set.of(
          "version",
          "artifact",
          "commit",
          "signer",
          "environment",
          "slotAllocation",
          "policy",
          "principal",
          "attribution");

  private static final String REPORT = "/environment/attestation/reportB64";

  private final byte[] document;
  private final BitSet signed = new BitSet();
  private final BitSet values = new BitSet();
  private final BitSet report = new BitSet();

  private SignedSpans(byte[] document) {
    this.document = document;
  }

  static SignedSpans of(byte[] document) {
    SignedSpans spans = new SignedSpans(document);
    try (JsonParser parser = JsonMapper.shared().createParser(document)) {
      spans.read(parser);
    }
    return spans;
  }

  /** Bytes of signed members, from their names' first quote to their values' end. */
  int[] signed() {
    return signed.stream().toArray();
  }

  /** Bytes inside the texts and numbers of signed members, without quotes. */
  int[] values() {
    return values.stream().toArray();
  }

  /** Bytes of the attestation report's Base64. */
  int[] report() {
    return report.stream().toArray();
  }

  private void read(JsonParser parser) {
    Deque<String> path = new ArrayDeque<>();
    int memberStart = -1;
    for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
      int start = (int) parser.currentTokenLocation().getByteOffset();
      if (token == JsonToken.PROPERTY_NAME) {
        if (path.isEmpty()) {
          memberStart = start;
        }
        path.addLast(parser.currentName());
        continue;
      }
      if (token == JsonToken.START_OBJECT) {
        continue;
      }
      int end = token == JsonToken.END_OBJECT ? start + 1 : endOfScalar(token, start, path);
      if (path.size() == 1 && SIGNED.contains(path.peekFirst())) {
        signed.set(memberStart, end);
      }
      path.pollLast();
    }
    signed.andNot(report);
  }

  private int endOfScalar(JsonToken token, int start, Deque<String> path) {
    boolean text = token == JsonToken.VALUE_STRING;
    int begin = text ? start + 1 : start;
    int end = begin;
    while (text ? document[end] != '"' : document[end] >= '0' && document[end] <= '9') {
      end++;
    }
    if (("/" + String.join("/", path)).equals(REPORT)) {
      report.set(begin, end);
    } else if (SIGNED.contains(path.peekFirst())) {
      values.set(begin, end);
    }
    return text ? end + 1 : end;
  }
}
