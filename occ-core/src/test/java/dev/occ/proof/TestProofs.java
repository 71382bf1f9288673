package dev.occ.proof;

import dev.occ.json.JsonException;
import dev.occ.json.JsonObject;
import dev.occ.testing.Json;

/** Documents with a proof's structure, and signatures that nobody made. */
final class TestProofs {
  static final String B16 = "A".repeat(22) + "==";
  static final String B32 = "A".repeat(43) + "=";
  static final String B64 = "A".repeat(86) + "==";
  private static final String HEX32 = "00".repeat(32);

  private TestProofs() {}

  /** A proof with every member that the specification names, directly authorized. */
  static JsonObject full() throws JsonException {
    return Json.object(
        """
        {"version":"occ/1",
         "artifact":{"hashAlg":"sha256","digestB64":"$32"},
         "commit":{"nonceB64":"$16","counter":"2","slotCounter":"1","slotHashB64":"$32",
           "epochId":"e","prevB64":"$32","chainId":"c","time":1774114252845,
           "epochLink":{"prevEpochId":"p","prevPublicKeyB64":"$32","prevCounter":"9",
             "prevProofHashB64":"$32","toEpochId":"e","toPublicKeyB64":"$32"},
           "anchor":{"blockNumber":7,"blockHash":"0x$hex"},
           "slotAnchor":{"counter":"0","blockNumber":6,"blockHash":"0x$hex"},
           "slotFloor":{"chain":"base","evmChainId":8453,"blockNumber":1,"blockHash":"0x$hex",
             "blockTimestamp":1686789349}},
         "signer":{"publicKeyB64":"$32","signatureB64":"$64"},
         "environment":{"enforcement":"measured-tee","measurement":"m",
           "attestation":{"format":"aws-nitro","reportB64":"AA=="}},
         "slotAllocation":{"version":"occ/slot/1","nonceB64":"$16","counter":"1","epochId":"e",
           "publicKeyB64":"$32","chainId":"c","time":1774114252840,"signatureB64":"$64"},
         "policy":{"digestB64":"$32","name":"n","version":"v"},
         "principal":{"id":"i","provider":"p"},
         "attribution":{"name":"n","title":"t","message":"m"},
         "agency":{
           "actor":{"keyId":"$hex","publicKeyB64":"AA==","algorithm":"ES256","provider":"p"},
           "authorization":{"purpose":"occ/commit-authorize/v1","actorKeyId":"$hex",
             "artifactHash":"$32","challenge":"c","timestamp":1774114252845,
             "protocolVersion":"1","signatureB64":"AA=="},
           "batchContext":{"batchSize":1,"batchIndex":0,"batchDigests":["$32"]}},
         "metadata":{"any":"thing"},
         "timestamps":{},
         "claims":{},
         "proofHash":"$32"}
        """
            .replace("$hex", HEX32)
            .replace("$16", B16)
            .replace("$32", B32)
            .replace("$64", B64));
  }

  /** The same, authorized by WebAuthn. */
  static JsonObject webAuthn() throws JsonException {
    JsonObject proof = full();
    String authorization = "/agency/authorization";
    proof = Json.with(proof, authorization + "/format", Json.read("\"webauthn\""));
    proof = Json.with(proof, authorization + "/authenticatorDataB64", Json.read("\"AA==\""));
    return Json.with(proof, authorization + "/clientDataJSON", Json.read("\"{}\""));
  }

  /** A proof with the members that every proof must have and no other. */
  static JsonObject minimal() throws JsonException {
    JsonObject proof =
        full()
            .without(
                "slotAllocation",
                "policy",
                "principal",
                "attribution",
                "agency",
                "metadata",
                "timestamps",
                "claims",
                "proofHash");
    JsonObject commit = Json.object("{\"nonceB64\":\"" + B16 + "\"}");
    return Json.without(proof.with("commit", commit), "/environment/attestation");
  }
}
