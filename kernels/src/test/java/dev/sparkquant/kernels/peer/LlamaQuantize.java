package dev.sparkquant.kernels.peer;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.Structure;
import dev.sparkquant.gguf.GgufHeader;
import dev.sparkquant.gguf.GgufReader;
import dev.sparkquant.gguf.io.LocalFileInput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;

/**
 * Quantizes a file with {@code llama_model_quantize} of a llama.cpp release, and prints how many
 * seconds that took.
 *
 * <p>Arguments: the folder of the release's libraries, the input, the output, a file whose {@code
 * general.file_type} is the mixture wanted, and the number of threads.
 */
public final class LlamaQuantize {
  private LlamaQuantize() {}

  public static void main(String[] arguments) throws IOException {
    Path libraries = Path.of(arguments[0]);
    open(libraries, "libggml-base.so*", Library.class);
    Ggml ggml = open(libraries, "libggml.*so*", Ggml.class);
    ggml.ggml_backend_load_all_from_path(libraries.toString());
    Llama llama = open(libraries, "libllama.*so*", Llama.class);
    llama.llama_backend_init();
    Parameters parameters = llama.llama_model_quantize_default_params();
    parameters.nthread = Integer.parseInt(arguments[4]);
    parameters.ftype = fileType(Path.of(arguments[3]));
    long start = System.nanoTime();
    boolean done =
        MutedStandardError.call(
            () -> llama.llama_model_quantize(arguments[1], arguments[2], parameters) == 0);
    double seconds = (System.nanoTime() - start) / 1e9;
    if (!done) {
      throw new IllegalStateException("llama_model_quantize cannot quantize " + arguments[1]);
    }
    System.out.println(seconds);
  }

  private static int fileType(Path file) throws IOException {
    try (LocalFileInput in = LocalFileInput.open(file)) {
      GgufHeader header = GgufReader.read(in);
      return (int) header.metadata().get("general.file_type").orElseThrow().asLong();
    }
  }

  /** Opens the first library of that name for all that are loaded later. */
  private static <T extends Library> T open(Path folder, String name, Class<T> functions) {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, name)) {
      for (Path file : files) {
        return Native.load(file.toString(), functions, Map.of());
      }
      throw new NoSuchFileException(folder.resolve(name).toString());
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot load llama.cpp", e);
    }
  }

  /** {@code struct llama_model_quantize_params}. */
  @Structure.FieldOrder({
    "nthread",
    "ftype",
    "output_tensor_type",
    "token_embedding_type",
    "allow_requantize",
    "quantize_output_tensor",
    "only_copy",
    "pure",
    "keep_split",
    "dry_run",
    "imatrix",
    "kv_overrides",
    "tt_overrides",
    "prune_layers",
    "reserve"
  })
  public static class Parameters extends Structure {
    public int nthread;
    public int ftype;
    public int output_tensor_type;
    public int token_embedding_type;
    public byte allow_requantize;
    public byte quantize_output_tensor;
    public byte only_copy;
    public byte pure;
    public byte keep_split;
    public byte dry_run;
    public Pointer imatrix;
    public Pointer kv_overrides;
    public Pointer tt_overrides;
    public Pointer prune_layers;

    /** Beyond what the release knows: room in case a later one returns more. */
    public long[] reserve = new long[4];

    /** The structure as a function returns it. */
    public static final class Returned extends Parameters implements Structure.ByValue {}
  }

  interface Ggml extends Library {
    void ggml_backend_load_all_from_path(String folder);
  }

  interface Llama extends Library {
    void llama_backend_init();

    Parameters.Returned llama_model_quantize_default_params();

    int llama_model_quantize(String input, String output, Parameters parameters);
  }
}
