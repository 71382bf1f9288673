package dev.occ.programs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The Java code that the pages quote is compiled code, line by line. In a page, {@code <!--
 * snippet: PATH#NAME -->} before a {@code java} block says where it is from; in the source, the
 * region stands between {@code // snippet:NAME} and {@code // end}.
 */
class ReadmeSnippetsTest {
  private static final int IN_README = 2;

  static List<Path> pages() {
    Path root = ProjectFiles.root();
    return Stream.concat(
            Stream.of(root.resolve("README.md")).filter(Files::exists),
            ProjectFiles.filesUnder(root.resolve("docs"), ".md").stream())
        .toList();
  }

  @ParameterizedTest
  @MethodSource("pages")
  void page_always_quotesCompiledCode(Path page) throws IOException {
    for (Snippet snippet : Snippet.in(Files.readAllLines(page))) {
      Path source = ProjectFiles.root().resolve(snippet.path()).normalize();
      assertThat(source).as(page + " quotes only this project").startsWith(ProjectFiles.root());
      assertThat(snippet.lines())
          .as(page + " quotes " + snippet.path() + "#" + snippet.name())
          .isEqualTo(Snippet.region(Files.readAllLines(source), snippet.name()));
    }
  }

  @ParameterizedTest
  @MethodSource("pages")
  void page_always_saysWhereItsJavaCodeIsFrom(Path page) throws IOException {
    List<String> lines = Files.readAllLines(page);
    long blocks = lines.stream().filter(line -> line.strip().startsWith("```java")).count();
    assertThat(Snippet.in(lines))
        .as(page + " has Java blocks without a source")
        .hasSize((int) blocks);
  }

  @Test
  void readme_always_showsVerifyingAndSigning() throws IOException {
    Path readme = ProjectFiles.root().resolve("README.md");
    assumeTrue(Files.exists(readme), "there is no README.md yet");
    List<Snippet> snippets = Snippet.in(Files.readAllLines(readme));
    assertThat(snippets).hasSizeGreaterThanOrEqualTo(IN_README);
    assertThat(snippets.stream().map(Snippet::name)).contains("verify", "sign");
  }

  @Test
  void region_indentedSource_losesTheCommonIndentation() {
    List<String> source =
        List.of("class A {", "  // snippet:x", "  one(", "", "      two);", "  // end", "}");
    assertThat(Snippet.region(source, "x")).containsExactly("one(", "", "    two);");
  }

  @Test
  void region_missingOrOpenOrDouble_isAnError() {
    assertThatThrownBy(() -> Snippet.region(List.of("x"), "x")).isInstanceOf(AssertionError.class);
    assertThatThrownBy(() -> Snippet.region(List.of("// snippet:x", "a"), "x"))
        .isInstanceOf(AssertionError.class);
    List<String> twice = List.of("// snippet:x", "a", "// end", "// snippet:x", "b", "// end");
    assertThatThrownBy(() -> Snippet.region(twice, "x")).isInstanceOf(AssertionError.class);
  }

  @Test
  void in_pageWithMarkedAndUnmarkedBlocks_findsTheMarkedOnes() {
    List<String> page =
        List.of(
            "<!-- snippet: a/B.java#one -->",
            "```java",
            "x();",
            "```",
            "text",
            "```java",
            "y();",
            "```",
            "<!-- snippet: a/B.java#two -->",
            "",
            "```java",
            "z();",
            "```");
    assertThat(Snippet.in(page))
        .containsExactly(
            new Snippet("a/B.java", "one", List.of("x();")),
            new Snippet("a/B.java", "two", List.of("z();")));
  }

  @Test
  void in_markerWithoutBlock_isAnError() {
    assertThatThrownBy(() -> Snippet.in(List.of("<!-- snippet: a#b -->", "text", "```java")))
        .isInstanceOf(AssertionError.class);
    assertThatThrownBy(
            () -> Snippet.in(new ArrayList<>(List.of("<!-- snippet: a#b -->", "```java", "x"))))
        .isInstanceOf(AssertionError.class);
  }
}
