package dev.sparkquant.report.html;

import dev.sparkquant.report.Numbers;
import dev.sparkquant.report.RunRecord;
import java.util.Objects;
import java.util.stream.Collectors;

/** How it was made: what one needs to make it again. */
final class OriginSection implements Section {
  private final RunRecord run;

  OriginSection(RunRecord run) {
    this.run = run;
  }

  @Override
  public void writeTo(Html html) {
    html.open("section", "aria-labelledby", "h-made");
    html.element("h2", "How it was made", "id", "h-made");
    html.open("dl", "class", "facts");
    if (run.command() != null) {
      html.element("dt", "Command").open("dd");
      html.element("code", "sparkquant " + String.join(" ", quoted())).close();
    }
    fact(html, "Started", run.started());
    if (run.sparkquant() != null) {
      String commit = run.sparkquant().commit();
      fact(
          html,
          "sparkquant",
          run.sparkquant().version() + (commit == null ? "" : ", commit " + commit));
    }
    environment(html, run.environment());
    input(html, run.input());
    quantize(html, run.quantize());
    divergence(html, run.divergence());
    html.close();
    schemes(html);
    html.close();
  }

  private java.util.List<String> quoted() {
    return run.command().stream()
        .map(
            word ->
                word.matches("[\\w@%+=:,./\\\\-]+") ? word : "'" + word.replace("'", "'\\''") + "'")
        .toList();
  }

  private static void environment(Html html, RunRecord.Environment environment) {
    if (environment == null) {
      return;
    }
    fact(
        html,
        "Machine",
        environment.os()
            + ", "
            + environment.cpu()
            + ", "
            + environment.cores()
            + " cores, Spark master "
            + environment.master());
    fact(html, "Versions", "Java " + environment.java() + ", Spark " + environment.spark());
    fact(html, "Kernels", environment.kernels());
  }

  private static void input(Html html, RunRecord.Input input) {
    if (input == null) {
      return;
    }
    fact(html, "Original", Objects.toString(input.name(), "unnamed") + ", " + form(input));
    fact(html, "Size", Figures.whole(input.bytes()) + " bytes");
    for (RunRecord.InputFile file : input.files()) {
      html.element("dt", "File").open("dd");
      html.element("code", file.path()).text(", " + Figures.whole(file.bytes()) + " bytes");
      if (file.headerSha256() != null) {
        html.text(", sha256 of the header ").element("code", file.headerSha256());
      }
      html.close();
    }
  }

  /** What kind of model it is, as far as its metadata say. */
  static String form(RunRecord.Input input) {
    StringBuilder text = new StringBuilder(Figures.whole(input.parameters())).append(" weights");
    if (input.layers() != null) {
      text.append(", ").append(input.layers()).append(" layers");
    }
    return text.append(input.architecture() == null ? "" : ", " + input.architecture()).toString();
  }

  private static void quantize(Html html, RunRecord.Quantization quantize) {
    if (quantize != null) {
      fact(
          html,
          "Quantizing",
          Figures.whole(quantize.encodedWeights())
              + " weights encoded in "
              + Numbers.duration(quantize.encodeSeconds())
              + " of "
              + Numbers.duration(quantize.seconds())
              + (quantize.reusedWeights() > 0
                  ? ", " + Figures.whole(quantize.reusedWeights()) + " more were there already"
                  : ""));
    }
  }

  private static void divergence(Html html, RunRecord.Divergence divergence) {
    if (divergence == null) {
      return;
    }
    fact(
        html,
        "Divergence",
        "against "
            + divergence.base()
            + ", chunks of "
            + Figures.whole(divergence.context())
            + " tokens, in "
            + Numbers.duration(divergence.seconds()));
    for (RunRecord.CorpusText corpus : divergence.corpora()) {
      fact(
          html,
          "Text",
          corpus.path()
              + ": "
              + Figures.whole(corpus.chunks())
              + " chunks, "
              + Figures.whole(corpus.tokens())
              + " tokens");
    }
  }

  private void schemes(Html html) {
    if (run.outputs().isEmpty()) {
      return;
    }
    html.element("h3", "Schemes and files");
    for (RunRecord.Output output : run.outputs()) {
      html.open("details").element("summary", output.name()).open("dl", "class", "facts");
      fact(html, "Scheme", output.scheme());
      if (output.options() != null && !output.options().isEmpty()) {
        fact(html, "Options", String.join(" ", output.options()));
      }
      if (output.files() != null) {
        fact(html, "Files", output.files().stream().collect(Collectors.joining(", ")));
      }
      if (output.bytes() > 0) {
        fact(html, "Size", Figures.whole(output.bytes()) + " bytes");
      }
      fact(html, "Error", output.error());
      html.close();
      if (output.definition() == null) {
        html.element("p", "One of llama-quantize’s own mixtures.", "class", "note");
      } else {
        html.element("pre", output.definition());
      }
      html.close();
    }
  }

  private static void fact(Html html, String name, String text) {
    if (text != null) {
      html.element("dt", name).element("dd", text);
    }
  }
}
