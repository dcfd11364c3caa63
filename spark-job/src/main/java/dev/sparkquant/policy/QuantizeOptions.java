package dev.sparkquant.policy;

import dev.sparkquant.gguf.GgmlType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The options of {@code llama-quantize} that decide what is written, under its names.
 *
 * @param pure the default type everywhere instead of a mixture
 * @param leaveOutputTensor keep {@code output.weight} as it is
 * @param allowRequantize convert from types that are quantized already
 * @param keepSplit write as many shards as were read
 * @param imatrix whether there is an importance matrix with at least one entry in use
 * @param outputTensorType of {@code output.weight}
 * @param tokenEmbeddingType of {@code token_embd.weight}
 * @param tensorTypes by name, the first match counts
 * @param metadataOverrides in the order given
 * @param pruneLayers layers to leave out
 */
public record QuantizeOptions(
    boolean pure,
    boolean leaveOutputTensor,
    boolean allowRequantize,
    boolean keepSplit,
    boolean imatrix,
    Optional<GgmlType> outputTensorType,
    Optional<GgmlType> tokenEmbeddingType,
    List<TypeOverride> tensorTypes,
    List<MetadataOverride> metadataOverrides,
    SortedSet<Integer> pruneLayers) {

  /** Nothing asked for. */
  public static final QuantizeOptions DEFAULTS = new Builder().build();

  public QuantizeOptions {
    tensorTypes = List.copyOf(tensorTypes);
    metadataOverrides = List.copyOf(metadataOverrides);
    pruneLayers = Collections.unmodifiableSortedSet(new TreeSet<>(pruneLayers));
  }

  public static Builder builder() {
    return new Builder();
  }

  /** Collects options; every setter may be left out. */
  public static final class Builder {
    private boolean pure;
    private boolean leaveOutputTensor;
    private boolean allowRequantize;
    private boolean keepSplit;
    private boolean imatrix;
    private Optional<GgmlType> outputTensorType = Optional.empty();
    private Optional<GgmlType> tokenEmbeddingType = Optional.empty();
    private final List<TypeOverride> tensorTypes = new ArrayList<>();
    private final List<MetadataOverride> metadataOverrides = new ArrayList<>();
    private final SortedSet<Integer> pruneLayers = new TreeSet<>();

    private Builder() {}

    public Builder pure(boolean value) {
      pure = value;
      return this;
    }

    public Builder leaveOutputTensor(boolean value) {
      leaveOutputTensor = value;
      return this;
    }

    public Builder allowRequantize(boolean value) {
      allowRequantize = value;
      return this;
    }

    public Builder keepSplit(boolean value) {
      keepSplit = value;
      return this;
    }

    public Builder imatrix(boolean value) {
      imatrix = value;
      return this;
    }

    /** Reads {@code --output-tensor-type}. */
    public Builder outputTensorType(String name) {
      outputTensorType = Optional.of(typeOption("--output-tensor-type", name));
      return this;
    }

    /** Reads {@code --token-embedding-type}. */
    public Builder tokenEmbeddingType(String name) {
      tokenEmbeddingType = Optional.of(typeOption("--token-embedding-type", name));
      return this;
    }

    /** Reads one {@code --tensor-type}. */
    public Builder tensorType(String argument) {
      tensorTypes.add(TypeOverride.parse(argument));
      return this;
    }

    /** Reads the text of a {@code --tensor-type-file}. */
    public Builder tensorTypeFile(String fileName, String text) {
      tensorTypes.addAll(TypeOverride.parseFile(fileName, text));
      return this;
    }

    /** Reads one {@code --override-kv}. */
    public Builder overrideKv(String argument) {
      metadataOverrides.add(MetadataOverride.parse(argument));
      return this;
    }

    /** Reads one {@code --prune-layers}: layer numbers between commas. */
    public Builder pruneLayers(String argument) {
      for (String number : argument.split(",", -1)) {
        if (!number.strip().matches("[0-9]{1,9}")) {
          throw new PolicyException(
              "Cannot use --prune-layers '"
                  + argument
                  + "': '"
                  + number
                  + "' is no layer number; it has to be L0,L1,L2");
        }
        pruneLayers.add(Integer.parseInt(number.strip()));
      }
      return this;
    }

    public QuantizeOptions build() {
      return new QuantizeOptions(
          pure,
          leaveOutputTensor,
          allowRequantize,
          keepSplit,
          imatrix,
          outputTensorType,
          tokenEmbeddingType,
          tensorTypes,
          metadataOverrides,
          pruneLayers);
    }

    private static GgmlType typeOption(String option, String name) {
      return EncodableTypes.parse(name, "Cannot use " + option + " '" + name + "'");
    }
  }
}
