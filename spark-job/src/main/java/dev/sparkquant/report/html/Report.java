package dev.sparkquant.report.html;

import dev.sparkquant.report.chart.Picture;
import dev.sparkquant.report.chart.PictureException;
import dev.sparkquant.report.chart.PngWriter;
import dev.sparkquant.report.chart.SvgWriter;
import dev.sparkquant.report.data.ReportData;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * Writes the report of a run: {@code report/index.html} in the run's folder, and beside it each of
 * its pictures as SVG and PNG.
 *
 * @param page the page
 * @param problem why there are no PNG pictures, if this machine cannot draw them
 */
public record Report(Path page, Optional<String> problem) {

  /**
   * Reads a run's record and tables and writes its report, replacing a former one.
   *
   * @param runDir a folder with {@code run.json}
   * @throws IOException if the folder holds no run, or a file cannot be read or written
   */
  public static Report write(Path runDir) throws IOException {
    ReportPage page = ReportPage.of(ReportData.read(runDir));
    Path folder = Files.createDirectories(runDir.resolve("report"));
    Optional<String> problem = Optional.empty();
    for (Picture picture : page.pictures()) {
      Files.writeString(folder.resolve(picture.name() + ".svg"), SvgWriter.file(picture));
      if (problem.isEmpty()) {
        problem = writePng(folder.resolve(picture.name() + ".png"), picture);
      }
    }
    Path unfinished = folder.resolve("index.html.unfinished");
    Files.writeString(unfinished, page.html());
    Path file = folder.resolve("index.html");
    Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING);
    return new Report(file, problem);
  }

  /** The page of a run, given its folder's path or URI. */
  public static String page(String runDir) {
    return runDir + "/report/index.html";
  }

  private static Optional<String> writePng(Path file, Picture picture) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      PngWriter.write(picture, out);
      return Optional.empty();
    } catch (PictureException e) {
      Files.deleteIfExists(file);
      return Optional.of(e.getMessage());
    }
  }
}
