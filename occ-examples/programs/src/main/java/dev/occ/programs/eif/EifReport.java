package dev.occ.programs.eif;

import dev.occ.json.JsonArray;
import dev.occ.json.JsonNumber;
import dev.occ.json.JsonObject;
import dev.occ.json.JsonValue;
import dev.occ.programs.kit.Screen;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** What {@code occ eif} says of an image, for people and for programs. */
final class EifReport {
  private EifReport() {}

  static void text(Screen screen, Path file, EifImage image) {
    screen.title(file.toString());
    screen.field("image", "EIF version " + image.version() + ", " + image.architecture().label());
    screen.field("size", image.size() + " bytes, checksum valid");
    screen.heading("Sections");
    for (EifImage.Section section : image.sections()) {
      screen.field(section.type().code(), section.size() + " bytes at " + section.offset());
    }
    screen.heading("Measurements (SHA-384)");
    screen.field("PCR0", image.pcr0().toHex());
    screen.field("PCR1", image.pcr1().toHex());
    screen.field("PCR2", image.pcr2().toHex());
    image.signature().ifPresent(signature -> text(screen, signature));
    image.metadata().ifPresent(metadata -> text(screen, metadata));
    screen.heading("To accept only proofs of this image");
    screen.text("./occ verify PROOF --pcr0 " + image.pcr0().toHex());
  }

  private static void text(Screen screen, EifSignature signature) {
    screen.field("PCR8", signature.pcr8().toHex());
    screen.heading("Signature");
    screen.ok(signature.algorithm() + " over PCR0, by the key of the certificate");
    screen.field("subject", signature.certificate().getSubjectX500Principal().getName());
    screen.field("valid", notBefore(signature) + " to " + notAfter(signature));
    screen.caution("the certificate's issuer and validity are not checked; PCR8 pins it");
  }

  private static void text(Screen screen, JsonObject metadata) {
    screen.heading("Metadata (from the builder; no measurement covers it)");
    for (String line :
        new String(metadata.toPrettyBytes(), StandardCharsets.UTF_8).split("\n", -1)) {
      if (!line.isEmpty()) {
        screen.text(line);
      }
    }
  }

  static JsonObject json(Path file, EifImage image) {
    return JsonObject.builder()
        .put("image", file.toString())
        .put("version", JsonNumber.of(image.version()))
        .put("architecture", image.architecture().label())
        .put("defaultMemory", unsigned(image.defaultMemory()))
        .put("defaultCpus", unsigned(image.defaultCpus()))
        .put("size", JsonNumber.of(image.size()))
        .put("sections", sections(image.sections()))
        .put("measurements", measurements(image))
        .putIfPresent("signature", image.signature().map(EifReport::json))
        .putIfPresent("metadata", image.metadata())
        .build();
  }

  /** The names are those of AWS's tools. */
  private static JsonObject measurements(EifImage image) {
    return JsonObject.builder()
        .put("PCR0", image.pcr0().toHex())
        .put("PCR1", image.pcr1().toHex())
        .put("PCR2", image.pcr2().toHex())
        .putTextIfPresent("PCR8", image.signature().map(s -> s.pcr8().toHex()))
        .build();
  }

  private static JsonArray sections(List<EifImage.Section> sections) {
    return new JsonArray(
        sections.stream()
            .<JsonValue>map(
                section ->
                    JsonObject.builder()
                        .put("type", section.type().code())
                        .put("offset", JsonNumber.of(section.offset()))
                        .put("size", JsonNumber.of(section.size()))
                        .build())
            .toList());
  }

  private static JsonObject json(EifSignature signature) {
    return JsonObject.builder()
        .put("algorithm", signature.algorithm())
        .put("subject", signature.certificate().getSubjectX500Principal().getName())
        .put("issuer", signature.certificate().getIssuerX500Principal().getName())
        .put("notBefore", notBefore(signature))
        .put("notAfter", notAfter(signature))
        .build();
  }

  private static String notBefore(EifSignature signature) {
    return signature.certificate().getNotBefore().toInstant().toString();
  }

  private static String notAfter(EifSignature signature) {
    return signature.certificate().getNotAfter().toInstant().toString();
  }

  private static JsonNumber unsigned(long value) {
    return new JsonNumber(Long.toUnsignedString(value));
  }
}
