package dev.occ.server;

import dev.occ.proof.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The files of the page, read once: what is on this list is served, nothing else. */
final class PageFiles {
  private static final String FOLDER = "/dev/occ/server/page/";

  /** Each is served under its name; the first at the root. */
  private static final List<String> NAMES =
      List.of(
          "index.html",
          "bytes.js",
          "explain.js",
          "files.js",
          "icon.svg",
          "intent.js",
          "page.css",
          "page.js",
          "passkey.js",
          "service.js",
          "shown.js",
          "zip.js");

  private PageFiles() {}

  /**
   * A file.
   *
   * @param contentType its media type
   * @param etag a strong entity tag, quoted
   * @param content its bytes; not to be changed
   */
  record PageFile(String contentType, String etag, Bytes content) {}

  /** Those of the list that are there, by path. */
  static Map<String, PageFile> load() {
    Map<String, PageFile> files = new LinkedHashMap<>();
    for (String name : NAMES) {
      try (InputStream in = PageFiles.class.getResourceAsStream(FOLDER + name)) {
        if (in != null) {
          String path = name.equals("index.html") ? "/" : "/" + name;
          files.put(path, file(name, in.readAllBytes()));
        }
      } catch (IOException e) {
        throw new UncheckedIOException("the jar is damaged: " + name, e);
      }
    }
    return Map.copyOf(files);
  }

  private static PageFile file(String name, byte[] content) {
    String etag = "\"" + Bytes.sha256(content).toHex().substring(0, 32) + "\"";
    return new PageFile(contentType(name), etag, Bytes.of(content));
  }

  private static String contentType(String name) {
    return switch (name.substring(name.lastIndexOf('.') + 1)) {
      case "html" -> "text/html; charset=utf-8";
      case "js" -> "text/javascript; charset=utf-8";
      case "css" -> "text/css; charset=utf-8";
      case "svg" -> "image/svg+xml";
      default -> throw new IllegalStateException("no content type for " + name);
    };
  }
}
