package dev.sparkquant.report.html;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

class ReportTest {
  private static final List<String> NAMES = List.of("Q2_K", "Q4_K_M", "Q6_K", "Q8_0");
  private static final String HOSTILE =
      "</title></script><script id='evil'>alert(1)</script><img src=x"
          + " onerror=alert(2)>\"'&\u202e\u0000";

  @TempDir private Path folder;

  private Document page(List<String> names, String text, boolean quantized, boolean measured)
      throws Exception {
    new SampleRun(folder, names, text, text).write(quantized, measured);
    Report report = Report.write(folder);
    assertThat(report.problem()).isEmpty();
    // The page is well-formed XML as well: a strict parser sees what a lenient one would guess at.
    byte[] bytes = Files.readAllBytes(report.page());
    String html = new String(bytes, StandardCharsets.UTF_8);
    assertThat(html).startsWith("<!DOCTYPE html>\n");
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(bytes));
  }

  private static List<Element> elements(Document page, String name) {
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < page.getElementsByTagName(name).getLength(); i++) {
      elements.add((Element) page.getElementsByTagName(name).item(i));
    }
    return elements;
  }

  private static List<String> headings(Document page) {
    return Stream.of("h2", "h3")
        .flatMap(name -> elements(page, name).stream())
        .map(Element::getTextContent)
        .toList();
  }

  @Test
  void aSweepShowsAllThereIs() throws Exception {
    Document page = page(NAMES, "wiki.txt", true, true);

    assertThat(headings(page))
        .contains(
            "What each bit buys",
            "Figures",
            "Typical tokens and bad ones",
            "Inside each scheme",
            "Where the bits went",
            "Where the error is",
            "The tokens hurt most",
            "Along the context, along the text",
            "How it was made");
    assertThat(elements(page, "svg")).hasSizeGreaterThan(2 * (3 + 2 + 2 * NAMES.size()));
    assertThat(elements(page, "tr")).hasSizeGreaterThan(3 * NAMES.size());
  }

  @Test
  void picturesLieBesideThePageAsSvgAndPng() throws Exception {
    page(NAMES, "wiki.txt", true, true);

    for (String picture :
        List.of("size-kld-mean", "size-kld-p99", "size-ppl", "kld-percentiles", "types-Q4_K_M")) {
      assertThat(folder.resolve("report/" + picture + ".svg")).isNotEmptyFile();
      assertThat(folder.resolve("report/" + picture + ".png")).isNotEmptyFile();
    }
  }

  @Test
  void picturesHaveNamesAndIdsAreUnique() throws Exception {
    Document page = page(NAMES, "wiki.txt", true, true);

    Set<String> ids = new HashSet<>();
    for (Element element : elements(page, "*")) {
      if (element.hasAttribute("id")) {
        assertThat(ids.add(element.getAttribute("id"))).as(element.getAttribute("id")).isTrue();
      }
    }
    for (Element svg : elements(page, "svg")) {
      assertThat(svg.getAttribute("role")).isEqualTo("img");
      assertThat(ids).contains(svg.getAttribute("aria-labelledby").split(" "));
    }
  }

  @Test
  void thePageNeedsNothingElse() throws Exception {
    Document page = page(NAMES, "wiki.txt", true, true);

    for (Element element : elements(page, "*")) {
      assertThat(element.hasAttribute("src")).isFalse();
      assertThat(element.hasAttribute("href")).isFalse();
      assertThat(element.hasAttribute("style")).isFalse();
    }
    assertThat(Files.readString(folder.resolve("report/index.html")))
        .contains("default-src &#39;none&#39;")
        .doesNotContain("url(", "@import");
  }

  @Test
  void hostileNamesStayText() throws Exception {
    Document page = page(List.of(HOSTILE, "../../etc/x", "../../etc/X"), HOSTILE, true, true);

    assertThat(elements(page, "script")).hasSize(1);
    assertThat(elements(page, "img")).isEmpty();
    assertThat(elements(page, "h1").get(0).getTextContent())
        .isEqualTo(HOSTILE.replace("\u202e", "\\u202e").replace("\u0000", "\\u0000"));
    for (Element element : elements(page, "*")) {
      for (int i = 0; i < element.getAttributes().getLength(); i++) {
        assertThat(element.getAttributes().item(i).getNodeName()).doesNotStartWith("on");
      }
    }
    try (Stream<Path> files = Files.walk(folder)) {
      assertThat(files.map(Path::getParent).distinct())
          .containsExactlyInAnyOrder(folder.getParent(), folder, folder.resolve("report"));
    }
  }

  @Test
  void withoutDivergenceItSaysSo() throws Exception {
    Document page = page(List.of("Q4_K_M"), "wiki.txt", true, false);

    assertThat(page.getDocumentElement().getTextContent())
        .contains("No divergence was measured; add --kld --corpus FILE.");
    assertThat(headings(page))
        .contains("Where the bits went")
        .doesNotContain("The tokens hurt most");
  }

  @Test
  void withoutQuantizingItSaysSo() throws Exception {
    Document page = page(List.of("some-model", "other-model"), "wiki.txt", false, true);

    assertThat(page.getDocumentElement().getTextContent()).contains("This run quantized nothing");
    assertThat(headings(page))
        .contains("The tokens hurt most")
        .doesNotContain("Where the error is");
  }

  @Test
  void aFolderWithoutARunIsRefused() {
    assertThatThrownBy(() -> Report.write(folder)).isInstanceOf(NoSuchFileException.class);
  }
}
