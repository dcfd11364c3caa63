package dev.sparkquant.kernels.block;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * The code books that define the IQ formats, read from the resource {@code iq-grids.txt}, whose
 * head describes its form.
 *
 * <p>Source: {@code iq1s_grid}, {@code iq2xxs_grid}, {@code iq2xs_grid}, {@code iq2s_grid}, {@code
 * iq3xxs_grid} and {@code iq3s_grid} in ggml.
 */
public final class IqGrids {
  private static final String RESOURCE = "iq-grids.txt";
  private static final Map<String, IqGrid> GRIDS = load();

  /** 2048 points of 8 coordinates: -1, 0 or 1. IQ1_M uses it too. */
  public static final IqGrid IQ1_S = GRIDS.get("IQ1_S");

  /** 256 points of 8 magnitudes: 8, 25 or 43. */
  public static final IqGrid IQ2_XXS = GRIDS.get("IQ2_XXS");

  /** 512 points of 8 magnitudes: 8, 25 or 43. */
  public static final IqGrid IQ2_XS = GRIDS.get("IQ2_XS");

  /** 1024 points of 8 magnitudes: 8, 25 or 43. */
  public static final IqGrid IQ2_S = GRIDS.get("IQ2_S");

  /** 256 points of 4 magnitudes: 4, 12, 20, 28, 36, 44, 52 or 62. */
  public static final IqGrid IQ3_XXS = GRIDS.get("IQ3_XXS");

  /** 512 points of 4 magnitudes: odd numbers from 1 to 15. */
  public static final IqGrid IQ3_S = GRIDS.get("IQ3_S");

  private IqGrids() {}

  private static Map<String, IqGrid> load() {
    try (InputStream stream = IqGrids.class.getResourceAsStream(RESOURCE)) {
      if (stream == null) {
        throw new IllegalStateException("Cannot find resource " + RESOURCE + " of the kernels");
      }
      return parse(new BufferedReader(new InputStreamReader(stream, StandardCharsets.US_ASCII)));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read resource " + RESOURCE + " of the kernels", e);
    }
  }

  private static Map<String, IqGrid> parse(BufferedReader reader) throws IOException {
    Map<String, IqGrid> grids = new HashMap<>();
    String line = reader.readLine();
    while (line != null) {
      if (line.startsWith("grid ")) {
        String[] head = line.split(" ");
        ByteArrayOutputStream coordinates = new ByteArrayOutputStream();
        line = readPoints(reader, levels(head), coordinates);
        grids.put(head[1], new IqGrid(coordinates.toByteArray(), Integer.parseInt(head[2])));
      } else {
        line = reader.readLine();
      }
    }
    return grids;
  }

  /** The levels in a grid's head, {@code grid NAME DIMENSIONS LEVEL LEVEL ...}. */
  private static byte[] levels(String[] head) {
    byte[] levels = new byte[head.length - 3];
    for (int i = 0; i < levels.length; i++) {
      levels[i] = Byte.parseByte(head[i + 3]);
    }
    return levels;
  }

  /** Reads points up to the next grid or the end, and returns the line that ended them. */
  private static String readPoints(
      BufferedReader reader, byte[] levels, ByteArrayOutputStream coordinates) throws IOException {
    String line = reader.readLine();
    while (line != null && !line.startsWith("grid ")) {
      for (int i = 0; i < line.length(); i++) {
        char digit = line.charAt(i);
        if (digit != ' ') {
          coordinates.write(levels[digit - '0']);
        }
      }
      line = reader.readLine();
    }
    return line;
  }
}
