package dev.occ.signer.nitro;

import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.dataformat.cbor.CBORFactory;

/**
 * Writes the NSM's requests: a command's bare name, or a map from the name to a map of its
 * arguments. All lengths are definite and integers take the fewest bytes, which the NSM insists on.
 */
final class NsmRequests {
  private static final CBORFactory FACTORY = new CBORFactory();

  private NsmRequests() {}

  /** Writes the arguments of a command into its map. */
  private interface Arguments {
    void write(JsonGenerator out);
  }

  static byte[] getRandom() {
    return bare("GetRandom");
  }

  static byte[] describeNsm() {
    return bare("DescribeNSM");
  }

  static byte[] describePcr(int index) {
    return command("DescribePCR", 1, out -> out.writeNumberProperty("index", index));
  }

  static byte[] extendPcr(int index, byte[] data) {
    return command(
        "ExtendPCR",
        2,
        out -> {
          out.writeNumberProperty("index", index);
          out.writeBinaryProperty("data", data);
        });
  }

  static byte[] lockPcr(int index) {
    return command("LockPCR", 1, out -> out.writeNumberProperty("index", index));
  }

  static byte[] lockPcrs(int range) {
    return command("LockPCRs", 1, out -> out.writeNumberProperty("range", range));
  }

  static byte[] attestation(NsmAttestationRequest request) {
    return command(
        "Attestation",
        3,
        out -> {
          writeOptional(out, "user_data", request.userData().orElse(null));
          writeOptional(out, "nonce", request.nonce().orElse(null));
          writeOptional(out, "public_key", request.publicKey().orElse(null));
        });
  }

  private static void writeOptional(JsonGenerator out, String name, byte @Nullable [] value) {
    if (value != null) {
      out.writeBinaryProperty(name, value);
    } else {
      out.writeNullProperty(name);
    }
  }

  private static byte[] bare(String name) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator out = FACTORY.createGenerator(ObjectWriteContext.empty(), bytes)) {
      out.writeString(name);
    }
    return bytes.toByteArray();
  }

  private static byte[] command(String name, int argumentCount, Arguments arguments) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator out = FACTORY.createGenerator(ObjectWriteContext.empty(), bytes)) {
      out.writeStartObject(null, 1);
      out.writeName(name);
      out.writeStartObject(null, argumentCount);
      arguments.write(out);
      out.writeEndObject();
      out.writeEndObject();
    }
    return bytes.toByteArray();
  }
}
