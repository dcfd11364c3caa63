package dev.sparkquant.kernels.peer;

import com.sun.jna.Function;
import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.Structure;
import dev.sparkquant.gguf.GgmlType;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.EnumSet;
import java.util.Set;

/**
 * ggml's own encoders, decoders and checks: from the native library in the jar {@code
 * de.kherud:llama} (x86-64 Linux), or from another build of ggml that the system property {@code
 * ggml.library} names by its path.
 *
 * <p>The bytes of the jar's library are those of the current llama.cpp for every type it knows, but
 * for what {@link #isOld} tells. A library that does not load is an error of the tests, never a
 * reason to skip them.
 */
public final class GgmlPeer {
  private static final String RESOURCE = "/de/kherud/llama/Linux/x86_64/libjllama.so";

  private static final String OTHER_LIBRARY = System.getProperty("ggml.library");

  private static final Set<GgmlType> UNKNOWN =
      OTHER_LIBRARY == null
          ? EnumSet.of(GgmlType.MXFP4, GgmlType.NVFP4, GgmlType.Q1_0, GgmlType.Q2_0)
          : EnumSet.noneOf(GgmlType.class);

  /** Where {@code struct ggml_type_traits} holds its {@code to_float}: after five 8-byte fields. */
  private static final long TO_FLOAT = 40;

  private static final Ggml GGML = load();

  private GgmlPeer() {}

  /**
   * Whether this ggml is the jar's, which llama.cpp has since departed from in the encoding of
   * IQ1_M and, with importance, in two corners. Where all products of importance and elements are
   * zero, the old one divides zero by zero and stores NaN as a scale; today's is 0. Where all
   * scales are below 1e-15, today's are taken for zero; the old ones get levels to no effect, as
   * they are zero as half floats.
   */
  public static boolean isOld() {
    return OTHER_LIBRARY == null;
  }

  /** Whether this ggml has the type at all. */
  public static boolean knows(GgmlType type) {
    return !UNKNOWN.contains(type);
  }

  /**
   * Encodes with {@code ggml_quantize_chunk}.
   *
   * @param src at least {@code rows * rowLength} elements
   * @param importance {@code rowLength} values, or null
   */
  public static byte[] quantize(
      GgmlType type, float[] src, int rows, int rowLength, float[] importance) {
    requireKnown(type);
    if (importance == null && GGML.ggml_quantize_requires_imatrix(type.id()) != 0) {
      throw new IllegalArgumentException("ggml encodes " + type + " with importance only");
    }
    byte[] dst = new byte[Math.toIntExact(rows * type.bytes(rowLength))];
    long written = GGML.ggml_quantize_chunk(type.id(), src, dst, 0, rows, rowLength, importance);
    if (written != dst.length) {
      throw new IllegalStateException("ggml wrote " + written + " bytes, not " + dst.length);
    }
    return dst;
  }

  /** Decodes whole blocks with the type's {@code to_float}; F32 has none. */
  public static float[] dequantize(GgmlType type, byte[] blocks, int count) {
    requireKnown(type);
    Pointer toFloat = GGML.ggml_get_type_traits(type.id()).getPointer(TO_FLOAT);
    if (toFloat == null) {
      throw new IllegalArgumentException("ggml does not convert " + type + " to floats");
    }
    if (blocks.length < type.bytes(count)) {
      throw new IllegalArgumentException("Too few blocks for " + count + " elements");
    }
    float[] dst = new float[count];
    Function.getFunction(toFloat).invokeVoid(new Object[] {blocks, dst, (long) count});
    return dst;
  }

  /** The verdict of {@code ggml_validate_row_data}; its message on standard error is dropped. */
  public static boolean isValid(GgmlType type, byte[] blocks) {
    requireKnown(type);
    return MutedStandardError.call(
        () -> GGML.ggml_validate_row_data(type.id(), blocks, blocks.length) != 0);
  }

  private static void requireKnown(GgmlType type) {
    if (!knows(type)) {
      throw new IllegalArgumentException("This ggml does not know " + type);
    }
  }

  private static Ggml load() {
    Ggml ggml = Native.load(OTHER_LIBRARY == null ? unpack() : OTHER_LIBRARY, Ggml.class);
    // Fills the table of half floats, without which K-quants come out wrong.
    InitParams params = new InitParams();
    params.mem_size = 1 << 20;
    ggml.ggml_init(params);
    return ggml;
  }

  /** Copies the jar's library to a file and returns its path. */
  private static String unpack() {
    try (InputStream library = GgmlPeer.class.getResourceAsStream(RESOURCE)) {
      if (library == null) {
        throw new FileNotFoundException("No " + RESOURCE + " on the class path");
      }
      Path file = Files.createTempFile("ggml", ".so");
      file.toFile().deleteOnExit();
      Files.copy(library, file, StandardCopyOption.REPLACE_EXISTING);
      return file.toString();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot unpack ggml's native library", e);
    }
  }

  /** {@code struct ggml_init_params}. */
  @Structure.FieldOrder({"mem_size", "mem_buffer", "no_alloc"})
  public static final class InitParams extends Structure implements Structure.ByValue {
    public long mem_size;
    public Pointer mem_buffer;
    public boolean no_alloc;
  }

  /** The functions used, under their C names; C's bool is a byte. */
  interface Ggml extends Library {
    Pointer ggml_init(InitParams params);

    byte ggml_quantize_requires_imatrix(int type);

    long ggml_quantize_chunk(
        int type, float[] src, byte[] dst, long start, long rows, long rowLength, float[] imatrix);

    Pointer ggml_get_type_traits(int type);

    byte ggml_validate_row_data(int type, byte[] data, long bytes);
  }
}
