package dev.occ.testing;

import dev.occ.epoch.CommitRequest;
import dev.occ.json.JsonException;
import dev.occ.json.JsonView;
import dev.occ.proof.Agency;
import dev.occ.proof.Bytes;
import dev.occ.proof.Commit;
import java.util.ArrayList;
import java.util.List;

/** The body of {@code POST /commit}, checked as a whole before anything is made. */
final class CommitBody {
  private static final int MAX_DIGESTS = 1000;
  private static final int DIGEST_LENGTH = 32;

  private final JsonView body;
  private final List<Bytes> digests;

  private CommitBody(JsonView body, List<Bytes> digests) {
    this.body = body;
    this.digests = digests;
  }

  static CommitBody read(JsonView body) throws JsonException, ApiProblem {
    List<JsonView> entries =
        body.optionalViews("digests")
            .orElseThrow(
                () -> body.problem("digests", JsonException.Reason.MISSING_MEMBER, "is missing"));
    if (entries.isEmpty()) {
      throw body.problem("digests", JsonException.Reason.EMPTY, "is empty");
    }
    if (entries.size() > MAX_DIGESTS) {
      throw new ApiProblem(
          400, "too-many-digests", "a request has at most " + MAX_DIGESTS + " digests");
    }
    List<Bytes> digests = new ArrayList<>();
    for (JsonView entry : entries) {
      if (!entry.text("hashAlg").equals("sha256")) {
        throw entry.problem(
            "hashAlg", JsonException.Reason.UNSUPPORTED_ALGORITHM, "is not \"sha256\"");
      }
      digests.add(entry.text("digestB64", text -> Bytes.fromBase64(text, DIGEST_LENGTH)));
    }
    CommitBody read = new CommitBody(body, List.copyOf(digests));
    CommitRequest unused = read.request(0, ""); // the members are checked before a slot is made
    return read;
  }

  int size() {
    return digests.size();
  }

  String chainId() throws JsonException {
    return body.optionalText("chainId").orElse(Commit.DEFAULT_CHAIN);
  }

  CommitRequest request(int index, String slotId) throws JsonException {
    CommitRequest.Builder request = CommitRequest.builder(slotId, digests.get(index));
    CommitRequest.Builder unused = body.optionalObject("policy", request::policy).orElse(request);
    unused = body.optionalObject("principal", request::principal).orElse(request);
    unused = body.optionalObject("attribution", request::attribution).orElse(request);
    body.optionalObject("agency", Agency::read).ifPresent(request::agency);
    body.optionalView("metadata").ifPresent(metadata -> request.metadata(metadata.object()));
    return request.build();
  }
}
