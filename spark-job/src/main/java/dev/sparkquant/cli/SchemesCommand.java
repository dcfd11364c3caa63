package dev.sparkquant.cli;

import dev.sparkquant.policy.Scheme;
import dev.sparkquant.policy.SchemeCatalog;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code schemes}: what {@code --scheme} takes. */
@Command(
    name = "schemes",
    description = "Lists the schemes, or shows one.",
    mixinStandardHelpOptions = true,
    footer = {"", "Examples:", "  sparkquant schemes", "  sparkquant schemes Q4_K_XXXL"})
final class SchemesCommand implements Callable<Integer> {
  @Parameters(
      arity = "0..1",
      paramLabel = "NAME|FILE.yaml",
      completionCandidates = SchemeNames.class,
      description = "The scheme to show. Default: list all.")
  private String name;

  @Option(names = "--json", description = "One JSON object on standard output.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    SchemeCatalog catalog = new SchemeCatalog(Home.schemes());
    if (name == null) {
      list(catalog.list());
    } else {
      show(catalog, catalog.resolve(name));
    }
    return ExitCodes.OK;
  }

  private void list(List<SchemeCatalog.Entry> entries) {
    if (json) {
      List<Object> list = new ArrayList<>();
      entries.forEach(entry -> list.add(asMap(entry.name(), entry.description())));
      Json.print(Map.of("schemes", list));
      return;
    }
    TextTable table = new TextTable(2, "SCHEME", "DESCRIPTION");
    entries.forEach(
        entry ->
            table.row(
                PrintableText.of(entry.name(), 100), PrintableText.of(entry.description(), 100)));
    System.out.print(table);
  }

  private void show(SchemeCatalog catalog, Scheme scheme) throws IOException {
    Optional<SchemeCatalog.Entry> entry =
        catalog.list().stream().filter(e -> e.name().equals(scheme.name())).findFirst();
    if (json) {
      Json.print(asMap(scheme.name(), scheme.description()));
      return;
    }
    System.out.println(
        PrintableText.of(scheme.name(), 100) + ": " + PrintableText.of(scheme.description(), 200));
    if (entry.isPresent() && entry.get().file().isPresent()) {
      System.out.println(PrintableText.of(entry.get().file().get().toString(), 2000));
      System.out.println();
      Files.readString(entry.get().file().get())
          .lines()
          .forEach(line -> System.out.println(PrintableText.of(line, 2000)));
    } else {
      System.out.println(
          "One of llama-quantize's own: 'sparkquant plan' shows what it does to a model.");
    }
  }

  private static Map<String, Object> asMap(String name, String description) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("name", name);
    map.put("description", description);
    return map;
  }
}
