package dev.occ.programs.eif;

import dev.occ.json.JsonArray;
import dev.occ.json.JsonNumber;
import dev.occ.json.JsonObject;
import dev.occ.json.JsonString;
import dev.occ.json.JsonValue;
import dev.occ.programs.kit.Screen;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

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
    screen.heading("Kernel command line");
    screen.text(image.commandLine());
    screen.caution(
        "PCR0 to 2 do not show where it begins and ends: compare it with the one of your build");
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

  private static void text(Screen screen, EifMetadata metadata) {
    screen.heading("Metadata (from the builder; no measurement covers it)");
    if (metadata instanceof EifMetadata.Unreadable unreadable) {
      screen.caution(
          "cannot be read: " + unreadable.text() + " (" + unreadable.reason().code() + ")");
    } else if (metadata instanceof EifMetadata.Notes readable) {
      text(screen, readable.notes());
    }
  }

  private static void text(Screen screen, JsonObject notes) {
    for (String line : new String(notes.toPrettyBytes(), StandardCharsets.UTF_8).split("\n", -1)) {
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
        .put("commandLine", JsonString.escapingLoneSurrogates(image.commandLine()))
        .put("measurements", measurements(image))
        .putIfPresent("signature", image.signature().map(EifReport::json))
        .putIfPresent("metadata", image.metadata().flatMap(EifReport::notes))
        .putIfPresent("metadataProblem", image.metadata().flatMap(EifReport::problem))
        .build();
  }

  private static Optional<JsonObject> notes(EifMetadata metadata) {
    return metadata instanceof EifMetadata.Notes readable
        ? Optional.of(readable.notes())
        : Optional.empty();
  }

  private static Optional<JsonObject> problem(EifMetadata metadata) {
    return metadata instanceof EifMetadata.Unreadable unreadable
        ? Optional.of(
            JsonObject.builder()
                .put("reason", unreadable.reason().code())
                .put("text", JsonString.escapingLoneSurrogates(unreadable.text()))
                .build())
        : Optional.empty();
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
