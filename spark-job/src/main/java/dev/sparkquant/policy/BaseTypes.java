package dev.sparkquant.policy;

import dev.sparkquant.gguf.GgmlType;
import dev.sparkquant.gguf.TensorInfo;
import java.util.List;

/** What a scheme's base gives tensors for which nothing else decides, in processing order. */
final class BaseTypes {
  private final SchemeBase base;
  private final QuantizeOptions options;
  private final ModelTraits traits;
  private final List<TensorInfo> tensors;
  private MixturePicker picker;

  BaseTypes(
      SchemeBase base, QuantizeOptions options, ModelTraits traits, List<TensorInfo> tensors) {
    this.base = base;
    this.options = options;
    this.traits = traits;
    this.tensors = tensors;
  }

  Choice next(TensorInfo tensor) {
    if (base instanceof SchemeBase.Mix mix) {
      GgmlType defaultType = mix.fileType().defaultType();
      return options.pure() || !defaultType.isQuantized()
          ? pure(defaultType)
          : mixed(mix.fileType(), tensor);
    }
    if (base instanceof SchemeBase.Pure single) {
      return pure(single.type());
    }
    return Choice.keep(tensor, Reason.Kind.COPY);
  }

  private static Choice pure(GgmlType type) {
    return Choice.preferably(type, new Reason(Reason.Kind.PURE, type.name()));
  }

  /** Where token embeddings serve as output, the option for the output is theirs. */
  private Choice mixed(FileType fileType, TensorInfo tensor) {
    boolean output =
        traits.tiedEmbeddings()
            && TensorCategory.of(tensor.name()) == TensorCategory.TOKEN_EMBEDDING;
    if (output && options.outputTensorType().isPresent()) {
      return Choice.preferably(
          options.outputTensorType().get(), Reason.of(Reason.Kind.OUTPUT_TENSOR_TYPE));
    }
    return Choice.preferably(
        picker(fileType).pick(tensor), new Reason(Reason.Kind.MIXTURE, fileType.name()));
  }

  private MixturePicker picker(FileType fileType) {
    if (picker == null) {
      long attentionV =
          tensors.stream()
              .filter(t -> TensorCategory.of(t.name()) == TensorCategory.ATTENTION_V)
              .count();
      picker = new MixturePicker(fileType, traits, (int) attentionV, options.imatrix());
    }
    return picker;
  }
}
