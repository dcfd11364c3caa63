package dev.sparkquant.kernels.peer;

import com.sun.jna.Function;
import com.sun.jna.Library;
import com.sun.jna.Memory;
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
import java.util.Map;
import java.util.Set;

/**
 * A build of ggml: its encoders, decoders and checks. Several builds may be open at once.
 *
 * <p>A library that does not load is an error, never a reason to skip a test.
 */
public final class GgmlLibrary {
  private static final String RESOURCE = "/de/kherud/llama/Linux/x86_64/libjllama.so";

  /**
   * {@code RTLD_LAZY | RTLD_DEEPBIND} of the dynamic linker: each build calls its own functions,
   * though others of the same names are loaded.
   */
  private static final int OPEN_FLAGS = 0x1 | 0x8;

  /** Where {@code struct ggml_type_traits} holds its {@code to_float}: after five 8-byte fields. */
  private static final long TO_FLOAT = 40;

  private final Ggml ggml;
  private final Set<GgmlType> unknown;

  private GgmlLibrary(String path, Set<GgmlType> unknown) {
    this.ggml = Native.load(path, Ggml.class, Map.of(Library.OPTION_OPEN_FLAGS, OPEN_FLAGS));
    this.unknown = unknown;
    // Fills the table of half floats, without which K-quants come out wrong.
    InitParams params = new InitParams();
    params.mem_size = 1 << 20;
    ggml.ggml_init(params);
  }

  /** The build in the jar {@code de.kherud:llama}, for x86-64 Linux. */
  public static GgmlLibrary ofJar() {
    return new GgmlLibrary(
        unpack(), EnumSet.of(GgmlType.MXFP4, GgmlType.NVFP4, GgmlType.Q1_0, GgmlType.Q2_0));
  }

  /** A current build: the path of its {@code libggml-base.so}. */
  public static GgmlLibrary at(String path) {
    return new GgmlLibrary(path, EnumSet.noneOf(GgmlType.class));
  }

  /** Whether this ggml has the type at all. */
  public boolean knows(GgmlType type) {
    return !unknown.contains(type);
  }

  /**
   * Encodes with {@code ggml_quantize_chunk}.
   *
   * @param src at least {@code rows * rowLength} elements
   * @param importance {@code rowLength} values, or null
   */
  public byte[] quantize(GgmlType type, float[] src, int rows, int rowLength, float[] importance) {
    requireKnown(type);
    if (importance == null && ggml.ggml_quantize_requires_imatrix(type.id()) != 0) {
      throw new IllegalArgumentException("ggml encodes " + type + " with importance only");
    }
    byte[] dst = new byte[Math.toIntExact(rows * type.bytes(rowLength))];
    long written = ggml.ggml_quantize_chunk(type.id(), src, dst, 0, rows, rowLength, importance);
    if (written != dst.length) {
      throw new IllegalStateException("ggml wrote " + written + " bytes, not " + dst.length);
    }
    return dst;
  }

  /**
   * Encoding with {@code ggml_quantize_chunk}, to be run again and again for its time: from and to
   * memory of ggml's own, with nothing copied.
   *
   * @param src {@code rows * rowLength} elements
   * @param importance {@code rowLength} values, or null
   */
  public Runnable encoding(
      GgmlType type, float[] src, int rows, int rowLength, float[] importance) {
    requireKnown(type);
    Memory from = copy(src);
    Memory weights = importance == null ? null : copy(importance);
    Memory to = new Memory(type.bytes(src.length));
    return () -> ggml.ggml_quantize_chunk(type.id(), from, to, 0, rows, rowLength, weights);
  }

  /**
   * Decoding with {@code to_float}, to be run again and again for its time, like {@link #encoding}.
   *
   * @param blocks whole blocks
   * @param count how many elements they hold
   */
  public Runnable decoding(GgmlType type, byte[] blocks, long count) {
    requireKnown(type);
    Pointer toFloat = ggml.ggml_get_type_traits(type.id()).getPointer(TO_FLOAT);
    Function function = Function.getFunction(toFloat);
    Memory from = new Memory(blocks.length);
    from.write(0, blocks, 0, blocks.length);
    Memory to = new Memory(count * Float.BYTES);
    return () -> function.invokeVoid(new Object[] {from, to, count});
  }

  private static Memory copy(float[] numbers) {
    Memory memory = new Memory((long) numbers.length * Float.BYTES);
    memory.write(0, numbers, 0, numbers.length);
    return memory;
  }

  /** Decodes whole blocks with the type's {@code to_float}; F32 has none. */
  public float[] dequantize(GgmlType type, byte[] blocks, int count) {
    requireKnown(type);
    Pointer toFloat = ggml.ggml_get_type_traits(type.id()).getPointer(TO_FLOAT);
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
  public boolean isValid(GgmlType type, byte[] blocks) {
    requireKnown(type);
    return MutedStandardError.call(
        () -> ggml.ggml_validate_row_data(type.id(), blocks, blocks.length) != 0);
  }

  private void requireKnown(GgmlType type) {
    if (!knows(type)) {
      throw new IllegalArgumentException("This ggml does not know " + type);
    }
  }

  /** Copies the jar's library to a file and returns its path. */
  private static String unpack() {
    try (InputStream library = GgmlLibrary.class.getResourceAsStream(RESOURCE)) {
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

    long ggml_quantize_chunk(
        int type, Pointer src, Pointer dst, long start, long rows, long rowLength, Pointer imatrix);

    Pointer ggml_get_type_traits(int type);

    byte ggml_validate_row_data(int type, byte[] data, long bytes);
  }
}
