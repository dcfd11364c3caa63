package dev.sparkquant.policy;

import dev.sparkquant.gguf.GgmlType;
import dev.sparkquant.gguf.Metadata;
import dev.sparkquant.gguf.MetadataValue;
import dev.sparkquant.gguf.TensorInfo;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The file type recorded when a file is copied: what the input says, else a guess from its tensors.
 *
 * <p>Source: the constructor of {@code llama_model_loader} in llama.cpp.
 */
final class CopiedFileType {
  /** Marks a guess: {@code LLAMA_FTYPE_GUESSED}. */
  private static final int GUESSED = 1024;

  private CopiedFileType() {}

  /**
   * @param metadata of the input
   * @param tensors of the input in the order of {@link dev.sparkquant.gguf.TensorOrder}
   */
  static long of(Metadata metadata, List<TensorInfo> tensors) {
    Optional<MetadataValue> stated =
        metadata.get("general.file_type").filter(value -> value.type().isInteger());
    return stated.isPresent()
        ? stated.get().asLong()
        : GUESSED | mostly(mostFrequentType(tensors)).id();
  }

  /** The type that reaches the highest count first. */
  private static GgmlType mostFrequentType(List<TensorInfo> tensors) {
    Map<GgmlType, Integer> counts = new EnumMap<>(GgmlType.class);
    GgmlType most = GgmlType.F32;
    int highest = 0;
    for (TensorInfo tensor : tensors) {
      int count = counts.merge(tensor.type(), 1, Integer::sum);
      if (count > highest) {
        highest = count;
        most = tensor.type();
      }
    }
    return most;
  }

  /** The file type of a file of which most tensors have that type. */
  static FileType mostly(GgmlType type) {
    return switch (type) {
      case F16 -> FileType.F16;
      case BF16 -> FileType.BF16;
      case Q4_0 -> FileType.Q4_0;
      case Q4_1 -> FileType.Q4_1;
      case Q5_0 -> FileType.Q5_0;
      case Q5_1 -> FileType.Q5_1;
      case Q8_0 -> FileType.Q8_0;
      case Q2_K -> FileType.Q2_K;
      case Q3_K -> FileType.Q3_K_M;
      case Q4_K -> FileType.Q4_K_M;
      case Q5_K -> FileType.Q5_K_M;
      case Q6_K -> FileType.Q6_K;
      case TQ1_0 -> FileType.TQ1_0;
      case TQ2_0 -> FileType.TQ2_0;
      case IQ2_XXS -> FileType.IQ2_XXS;
      case IQ2_XS -> FileType.IQ2_XS;
      case IQ2_S -> FileType.IQ2_S;
      case IQ3_XXS -> FileType.IQ3_XXS;
      case IQ1_S -> FileType.IQ1_S;
      case IQ1_M -> FileType.IQ1_M;
      case IQ4_NL -> FileType.IQ4_NL;
      case IQ4_XS -> FileType.IQ4_XS;
      case IQ3_S -> FileType.IQ3_S;
      case NVFP4 -> FileType.NVFP4;
      case Q1_0 -> FileType.Q1_0;
      case Q2_0 -> FileType.Q2_0;
      case F32, MXFP4, I8, I16, I32, I64, F64 -> FileType.F32;
    };
  }
}
