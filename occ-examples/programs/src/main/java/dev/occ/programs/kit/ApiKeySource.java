package dev.occ.programs.kit;

import dev.occ.server.ApiKeys;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Where the parent server's API keys come from. */
public final class ApiKeySource {
  private static final String SEPARATOR = ",";
  private static final int MAX_FILE = 1 << 20;

  private ApiKeySource() {}

  /**
   * The keys of exactly one source.
   *
   * @param open whether none are to be asked for
   * @param list keys separated by commas, as {@code API_KEYS} holds them; empty text is none
   * @param file keys, one a line, with names and rights; {@link ApiKeys#ofLines}
   * @throws IllegalArgumentException if there is no source, or more than one, or a key is unusable
   * @throws IOException if the file cannot be read
   */
  public static ApiKeys read(boolean open, Optional<String> list, Optional<Path> file)
      throws IOException {
    Optional<String> given = list.filter(text -> !text.isEmpty());
    int sources = (open ? 1 : 0) + (given.isPresent() ? 1 : 0) + (file.isPresent() ? 1 : 0);
    if (sources == 0) {
      throw new IllegalArgumentException(
          "no API key: set API_KEYS, use --api-keys-file, or run with --open");
    }
    if (sources > 1) {
      throw new IllegalArgumentException(
          "API_KEYS, --api-keys-file (API_KEYS_FILE) and --open exclude each other");
    }
    if (open) {
      return ApiKeys.open();
    }
    return given.isPresent()
        ? ApiKeys.of(fromList(given.get()))
        : ApiKeys.ofLines(linesOf(file.orElseThrow()));
  }

  private static List<String> fromList(String list) {
    return List.of(list.split(SEPARATOR, -1)).stream().map(String::strip).toList();
  }

  private static List<String> linesOf(Path file) throws IOException {
    if (Files.size(file) > MAX_FILE) {
      throw new IllegalArgumentException("the file with API keys is longer than 1 MiB");
    }
    return Files.readAllLines(file, StandardCharsets.UTF_8);
  }
}
