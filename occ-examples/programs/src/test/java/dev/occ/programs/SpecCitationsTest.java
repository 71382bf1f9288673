package dev.occ.programs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Every section of the specification that sources, guides and scripts cite ("spec 11", "spec 7, 8
 * and 10", "§9") is a heading of {@code docs/spec/occ-1.md}, and every paragraph that they cite by
 * name ({@code spec 11, "Chains"}) stands in that section.
 */
class SpecCitationsTest {
  private static final Set<String> SUFFIXES =
      Set.of("java", "md", "sh", "js", "mjs", "html", "css", "py", "yml", "yaml", "xml");
  private static final Set<String> SKIPPED =
      Set.of("target", "node_modules", ".git", ".cifuzz-corpus", ".mvn");

  /** Between the words of a citation a line of a comment may begin anew. */
  private static final String GAP = "(?:\\s|[*#]|//)+";

  private static final String NUMBER = "\\d+(?:\\.\\d+)?";

  private static final String AND = "(?:,|,?" + GAP + "(?:and|to|or))" + GAP;

  /** What may follow a further number: "spec 5, 32 bytes" cites one section. */
  private static final String END = "\\s*(?:[,;.:)]|$)|" + GAP + "(?:and|to|or)\\b";

  private static final Pattern CITATION =
      Pattern.compile(
          String.format(
              Locale.ROOT,
              "\\b[Ss]pec%1$s(?:section%1$s)?(%2$s(?:%3$s%2$s(?=%4$s))*)(?:,%1$s\"([^\"]+)\")?",
              GAP,
              NUMBER,
              AND,
              END));

  /** A section sign of another document has that document's name before it. */
  private static final Pattern SECTION_SIGN =
      Pattern.compile("(?<!RFC \\d{4} ?)(?<!\\bv\\d ?)§ ?(" + NUMBER + ")");

  private static final Pattern HEADING =
      Pattern.compile("^#{2,3} (" + NUMBER + ")\\.? (?=\\S)", Pattern.MULTILINE);

  @Test
  void citations_always_areHeadingsOfTheSpecification() throws IOException {
    Specification spec = Specification.read();
    List<String> wrong = new ArrayList<>();
    int citations = 0;
    for (Path file : citing()) {
      for (Citation citation : Citation.in(Files.readString(file))) {
        citations++;
        if (!spec.has(citation)) {
          wrong.add(ProjectFiles.root().relativize(file) + ": " + citation);
        }
      }
    }
    assertThat(wrong).as("citations without a heading in docs/spec/occ-1.md").isEmpty();
    assertThat(citations).as("citations found at all").isGreaterThan(100);
  }

  @Test
  void specification_always_namesNoPathOfTheMachineItWasWrittenOn() {
    for (Path page : ProjectFiles.filesUnder(ProjectFiles.root().resolve("docs/spec"), ".md")) {
      assertThat(page).content().doesNotContain("../", "/work", "/tmp", "/home");
    }
  }

  @Test
  void in_listsNamesAndBrokenLines_findsEachNumber() {
    assertThat(
            Citation.in(
                """
                (spec 7, 8, 10 and 11, "Chains"), spec
                 * 12, spec section 3.1; §9, RFC 4648 §4, v1 §16, spec 5, 32 bytes"""))
        .containsExactly(
            new Citation("7", ""),
            new Citation("8", ""),
            new Citation("10", ""),
            new Citation("11", "Chains"),
            new Citation("12", ""),
            new Citation("3.1", ""),
            new Citation("5", ""),
            new Citation("9", ""));
  }

  @Test
  void has_unknownSectionOrParagraph_isFalse() throws IOException {
    Specification spec = Specification.read();
    assertThat(spec.has(new Citation("11", "Chains"))).isTrue();
    assertThat(spec.has(new Citation("10", "Chains"))).isFalse();
    assertThat(spec.has(new Citation("99", ""))).isFalse();
    assertThat(spec.has(new Citation("1.1", ""))).isFalse();
  }

  private static List<Path> citing() throws IOException {
    List<Path> files = new ArrayList<>();
    Path root = ProjectFiles.root();
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            boolean skipped =
                SKIPPED.contains(folder.getFileName().toString())
                    || folder.equals(root.resolve("docs/spec"));
            return skipped ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (attributes.isRegularFile() && cites(file)) {
              files.add(file);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return files;
  }

  /** Scripts have no suffix. This test's own examples are no citations. */
  private static boolean cites(Path file) {
    String name = file.getFileName().toString();
    int dot = name.lastIndexOf('.');
    boolean text = dot < 0 ? isScript(file) : SUFFIXES.contains(name.substring(dot + 1));
    return text && !name.equals("SpecCitationsTest.java");
  }

  private static boolean isScript(Path file) {
    try (var in = Files.newInputStream(file)) {
      return in.read() == '#' && in.read() == '!';
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A section, and the name of a paragraph in it; the empty text where none is named. */
  private record Citation(String section, String paragraph) {
    private static final Pattern SECTION = Pattern.compile(NUMBER);

    static List<Citation> in(String text) {
      List<Citation> found = new ArrayList<>();
      Matcher citation = CITATION.matcher(text);
      while (citation.find()) {
        List<String> sections =
            SECTION.matcher(citation.group(1)).results().map(match -> match.group()).toList();
        for (String section : sections.subList(0, sections.size() - 1)) {
          found.add(new Citation(section, ""));
        }
        String paragraph = citation.group(2) == null ? "" : citation.group(2);
        found.add(new Citation(sections.get(sections.size() - 1), paragraph));
      }
      SECTION_SIGN.matcher(text).results().forEach(m -> found.add(new Citation(m.group(1), "")));
      return found;
    }
  }

  /** The sections of the specification: the number of each with its text. */
  private record Specification(List<Section> sections) {
    record Section(String number, String text) {}

    static Specification read() throws IOException {
      String text = Files.readString(ProjectFiles.root().resolve("docs/spec/occ-1.md"));
      List<Section> sections = new ArrayList<>();
      Matcher heading = HEADING.matcher(text);
      int start = heading.find() ? heading.end() : text.length();
      while (start < text.length()) {
        String number = heading.group(1);
        int end = heading.find() ? heading.start() : text.length();
        sections.add(new Section(number, text.substring(start, end)));
        start = end == text.length() ? end : heading.end();
      }
      return new Specification(sections);
    }

    boolean has(Citation citation) {
      return sections.stream()
          .filter(section -> section.number().equals(citation.section()))
          .anyMatch(
              section ->
                  citation.paragraph().isEmpty()
                      || section.text().contains("**" + citation.paragraph()));
    }
  }
}
