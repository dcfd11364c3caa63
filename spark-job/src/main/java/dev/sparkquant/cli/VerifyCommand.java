package dev.sparkquant.cli;

import dev.sparkquant.check.Problem;
import dev.sparkquant.check.RecordedFile;
import dev.sparkquant.check.Verdict;
import dev.sparkquant.check.Verifier;
import dev.sparkquant.gguf.ShardName;
import dev.sparkquant.job.SparkContexts;
import dev.sparkquant.report.Numbers;
import dev.sparkquant.store.Storage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code verify}: whether files are whole. */
@Command(
    name = "verify",
    description = {
      "Reads models from end to end and tells whether they are whole.",
      "Looked at are the header, where the data ends, padding, and that all numbers and block"
          + " scales are finite. Where the run that wrote a file has left its tables (OUT.run"
          + " beside it), every tensor is held against the checksum recorded there."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Exit code: 0 if all are whole, 3 if one is damaged.",
      "",
      "Examples:",
      "  sparkquant verify model-Q4_K_M.gguf",
      "  sparkquant verify out/*.gguf --run out/run --json"
    })
final class VerifyCommand implements Callable<Integer> {
  @Parameters(
      arity = "1..*",
      paramLabel = "FILE.gguf",
      description = "Models; of a split one, its first shard or all of them.")
  private List<String> files;

  @Option(
      names = "--run",
      paramLabel = "RUN_DIR",
      description = "The run that wrote them. Default: looked for beside each file.")
  private Path run;

  @Option(names = "--json", description = "One JSON object on standard output.")
  private boolean json;

  private final List<Object> entries = new ArrayList<>();

  @Override
  public Integer call() throws IOException {
    Storage storage = SparkContexts.storage();
    Verifier verifier = new Verifier(storage, Runtime.getRuntime().availableProcessors());
    RunFinder runs = new RunFinder(run);
    boolean whole = true;
    for (String file : models()) {
      Map<String, RecordedFile> records = records(file, runs);
      BytesProgress progress = BytesProgress.onStandardError();
      Verdict verdict;
      try {
        verdict = verifier.verify(file, name -> Optional.ofNullable(records.get(name)), progress);
      } finally {
        progress.end();
      }
      whole &= verdict.isWhole();
      if (json) {
        entries.add(asMap(file, verdict, records));
      } else {
        print(file, verdict, records);
      }
    }
    if (json) {
      Json.print(Map.of("files", entries));
    }
    return whole ? ExitCodes.OK : ExitCodes.INPUT;
  }

  /** The files given, without shards whose first one is given too: it stands for all. */
  private List<String> models() {
    return files.stream()
        .filter(
            file ->
                ShardName.parse(file)
                    .filter(shard -> shard.index() > 0)
                    .filter(shard -> files.contains(shard.sibling(0).format()))
                    .isEmpty())
        .toList();
  }

  /** What is recorded of a model's files, by their names. */
  private static Map<String, RecordedFile> records(String file, RunFinder runs) throws IOException {
    List<String> names = new ArrayList<>();
    Optional<ShardName> first =
        ShardName.parse(file).filter(shard -> shard.count() <= ShardName.MOST);
    if (first.isPresent()) {
      for (int i = 0; i < first.get().count(); i++) {
        names.add(first.get().sibling(i).format());
      }
    } else {
      names.add(file);
    }
    Map<String, RecordedFile> records = new LinkedHashMap<>();
    for (String name : names) {
      runs.find(name).ifPresent(record -> records.put(name, record));
    }
    return records;
  }

  private static void print(String file, Verdict verdict, Map<String, RecordedFile> records) {
    String name = PrintableText.of(file, 300);
    if (verdict.isWhole()) {
      System.out.printf(
          "%s: whole; %d tensors, %s; %s%n",
          name,
          verdict.tensors(),
          Numbers.bytes(verdict.bytes()),
          records.isEmpty()
              ? "no record of a run beside it, so only its form was checked"
              : "as the run in "
                  + PrintableText.of(records.values().iterator().next().run(), 300)
                  + " wrote it");
      return;
    }
    System.out.println(name + ": " + Colours.alarm("DAMAGED"));
    for (Problem problem : verdict.problems()) {
      String subject = problem.tensor() == null ? "" : problem.tensor() + ": ";
      String place = problem.file().equals(file) ? "" : problem.file() + ": ";
      // A header's reader names the file itself.
      if (problem.reason().startsWith(problem.file())) {
        place = "";
      }
      System.out.println("  " + PrintableText.of(place + subject + problem.reason(), 2000));
    }
  }

  private static Map<String, Object> asMap(
      String file, Verdict verdict, Map<String, RecordedFile> records) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("file", file);
    map.put("whole", verdict.isWhole());
    map.put("tensors", verdict.tensors());
    map.put("bytes", verdict.bytes());
    map.put("run", records.isEmpty() ? null : records.values().iterator().next().run());
    List<Object> problems = new ArrayList<>();
    for (Problem problem : verdict.problems()) {
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("file", problem.file());
      entry.put("tensor", problem.tensor());
      entry.put("problem", problem.reason());
      problems.add(entry);
    }
    map.put("problems", problems);
    return map;
  }
}
