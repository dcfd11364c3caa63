package dev.sparkquant.policy;

import dev.sparkquant.gguf.TensorInfo;
import java.util.ArrayList;
import java.util.List;

/** What {@code llama-quantize} accepts in silence although it does not do what it seems to. */
final class OptionWarnings {
  private final QuantizeOptions options;
  private final ModelTraits traits;
  private final List<TensorInfo> tensors;

  OptionWarnings(QuantizeOptions options, ModelTraits traits, List<TensorInfo> tensors) {
    this.options = options;
    this.traits = traits;
    this.tensors = tensors;
  }

  List<String> list() {
    List<String> warnings = new ArrayList<>();
    for (TypeOverride override : options.tensorTypes()) {
      if (override.loweredEscape()) {
        warnings.add(
            "--tensor-type '"
                + override.pattern()
                + "' was given with an upper-case escape; patterns are lower-cased, as in"
                + " llama-quantize, so its meaning changed");
      }
      if (tensors.stream()
          .filter(QuantizableTensor::test)
          .noneMatch(tensor -> override.pattern().matches(tensor.name()))) {
        warnings.add(
            "--tensor-type '" + override.pattern() + "' matches no tensor that can be quantized");
      }
    }
    for (MetadataOverride override : options.metadataOverrides()) {
      if (override.negative()) {
        warnings.add(
            "--override-kv "
                + override.key()
                + " is recorded as "
                + override.value()
                + ", without its sign, as in llama-quantize");
      }
    }
    if (traits.tiedEmbeddings() && options.leaveOutputTensor()) {
      warnings.add("--leave-output-tensor has no effect: the model has no output tensor");
    }
    return warnings;
  }
}
