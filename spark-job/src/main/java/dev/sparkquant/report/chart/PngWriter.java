package dev.sparkquant.report.chart;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.font.GlyphVector;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import javax.imageio.ImageIO;

/** Writes pictures as PNG on light paper, two pixels for one. Needs no screen, but fonts. */
public final class PngWriter {
  private static final int PIXELS = 2;

  private PngWriter() {}

  /**
   * Writes a picture.
   *
   * @throws PictureException if this machine cannot draw: it has no fonts, or its Java no graphics
   */
  public static void write(Picture picture, OutputStream out) throws IOException, PictureException {
    BufferedImage image;
    try {
      image = draw(picture);
    } catch (RuntimeException | LinkageError | InternalError | java.awt.AWTError e) {
      // Java without fonts or without its graphics libraries fails in any of these ways.
      throw new PictureException(
          "Cannot draw PNG pictures: this machine's Java has no fonts or no graphics ("
              + e.getClass().getSimpleName()
              + "); install fontconfig and a font, or use the SVG files",
          e);
    }
    ImageIO.write(image, "png", out);
  }

  private static BufferedImage draw(Picture picture) {
    int width = (int) Math.ceil((picture.width() + 2 * Picture.RIM) * PIXELS);
    int height = (int) Math.ceil((picture.height() + 2 * Picture.RIM) * PIXELS);
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    try {
      graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
      graphics.setRenderingHint(
          RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
      graphics.scale(PIXELS, PIXELS);
      graphics.setColor(color(Ink.PAPER));
      graphics.fillRect(0, 0, width, height);
      graphics.translate(Picture.RIM, Picture.RIM);
      picture.shapes().forEach(shape -> draw(graphics, shape));
    } finally {
      graphics.dispose();
    }
    return image;
  }

  private static void draw(Graphics2D graphics, Shape shape) {
    if (shape instanceof Shape.Box box) {
      Rect r = box.place();
      graphics.setColor(color(box.fill()));
      graphics.fill(
          new RoundRectangle2D.Double(
              r.x(), r.y(), r.width(), r.height(), 2 * box.radius(), 2 * box.radius()));
    } else if (shape instanceof Shape.Line line) {
      graphics.setColor(color(line.ink()));
      graphics.setStroke(stroke(line));
      graphics.draw(path(line.points(), false));
    } else if (shape instanceof Shape.Mark mark) {
      draw(graphics, mark);
    } else if (shape instanceof Shape.Label label) {
      draw(graphics, label);
    }
  }

  private static void draw(Graphics2D graphics, Shape.Mark mark) {
    if (MarkerOutline.isOpen(mark.marker())) {
      graphics.setColor(color(mark.ink()));
      graphics.setStroke(new BasicStroke(2));
      MarkerOutline.of(mark).forEach(points -> graphics.draw(path(points, false)));
      return;
    }
    java.awt.Shape outline =
        mark.marker() == Marker.CIRCLE
            ? new Ellipse2D.Double(
                mark.at().x() - mark.size(),
                mark.at().y() - mark.size(),
                2 * mark.size(),
                2 * mark.size())
            : path(MarkerOutline.of(mark).get(0), true);
    graphics.setColor(color(mark.filled() ? mark.ink() : Ink.PAPER));
    graphics.fill(outline);
    graphics.setColor(color(mark.filled() ? Ink.PAPER : mark.ink()));
    graphics.setStroke(new BasicStroke(mark.filled() ? 1f : 1.8f));
    graphics.draw(outline);
  }

  private static void draw(Graphics2D graphics, Shape.Label label) {
    Font font =
        new Font(Font.SANS_SERIF, label.bold() ? Font.BOLD : Font.PLAIN, 1)
            .deriveFont((float) label.size());
    GlyphVector glyphs = font.createGlyphVector(graphics.getFontRenderContext(), label.text());
    double width = glyphs.getLogicalBounds().getWidth();
    // Another font than expected may run wide: it is narrowed, so that nothing collides.
    double narrowing = Math.min(1, label.place().width() / Math.max(width, 1));
    double shift =
        switch (label.anchor()) {
          case START -> 0;
          case MIDDLE -> -width * narrowing / 2;
          case END -> -width * narrowing;
        };
    AffineTransform place =
        AffineTransform.getTranslateInstance(label.at().x() + shift, label.at().y());
    place.scale(narrowing, 1);
    java.awt.Shape outline = place.createTransformedShape(glyphs.getOutline());
    if (label.halo()) {
      graphics.setColor(color(Ink.PAPER));
      graphics.setStroke(new BasicStroke(3, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
      graphics.draw(outline);
    }
    graphics.setColor(color(label.ink()));
    graphics.fill(outline);
  }

  private static BasicStroke stroke(Shape.Line line) {
    if (line.dashes().isEmpty()) {
      return new BasicStroke((float) line.width(), BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND);
    }
    float[] dashes = new float[line.dashes().size()];
    for (int i = 0; i < dashes.length; i++) {
      dashes[i] = line.dashes().get(i).floatValue();
    }
    return new BasicStroke(
        (float) line.width(), BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, dashes, 0);
  }

  private static Path2D path(List<Point> points, boolean closed) {
    Path2D path = new Path2D.Double();
    path.moveTo(points.get(0).x(), points.get(0).y());
    points.stream().skip(1).forEach(point -> path.lineTo(point.x(), point.y()));
    if (closed) {
      path.closePath();
    }
    return path;
  }

  private static Color color(Ink ink) {
    return Color.decode(ink.light());
  }
}
