package dev.sparkquant.policy;

import dev.sparkquant.gguf.GgmlType;
import dev.sparkquant.gguf.Metadata;
import dev.sparkquant.gguf.TensorInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Gives every tensor of a model its type, by a scheme and options.
 *
 * <p>What decides, first to last: tensors that are never quantized keep their type; {@code
 * --token-embedding-type}; {@code --output-tensor-type}; the first {@code --tensor-type} whose
 * pattern is found; the first rule of the scheme that matches; the scheme's base. A type that does
 * not fit a tensor's rows is then substituted or refused.
 *
 * <p>Source: {@code llama_tensor_get_type} and {@code llama_model_quantize_impl} in llama.cpp.
 */
public final class TypeAssigner {
  private final Scheme scheme;
  private final QuantizeOptions options;

  public TypeAssigner(Scheme scheme, QuantizeOptions options) {
    this.scheme = scheme;
    this.options = options;
  }

  /**
   * Assigns types.
   *
   * @param metadata of the input; read only for the file type that a copy keeps
   * @param traits of the model after pruning
   * @param tensors that the output gets, under their new names, in the order in which it holds them
   * @throws PolicyException if the scheme or the options cannot be applied to this model
   */
  public Assignments assign(Metadata metadata, ModelTraits traits, List<TensorInfo> tensors) {
    RuleBook rules = new RuleBook(scheme.rules(), traits, tensors);
    BaseTypes base = new BaseTypes(scheme.base(), options, traits, tensors);
    List<Assignment> assignments = new ArrayList<>(tensors.size());
    for (TensorInfo tensor : tensors) {
      Choice choice = choose(tensor, rules, base);
      Assignment assignment = fit(tensor, choice);
      checkConvertible(assignment);
      assignments.add(assignment);
    }
    List<String> warnings = new ArrayList<>(new OptionWarnings(options, traits, tensors).list());
    if (ignoresTensorTypes() && !options.tensorTypes().isEmpty()) {
      warnings.add(
          "--tensor-type has no effect on "
              + scheme.name()
              + ", as in llama-quantize; a scheme file can combine it with other types");
    }
    warnings.addAll(rules.warnings());
    return new Assignments(assignments, fileType(metadata, tensors), warnings);
  }

  private Choice choose(TensorInfo tensor, RuleBook rules, BaseTypes base) {
    if (copiesAll()) {
      return Choice.keep(tensor, Reason.Kind.COPY);
    }
    if (!QuantizableTensor.test(tensor)) {
      return Choice.keep(tensor, Reason.Kind.NOT_QUANTIZABLE);
    }
    TensorCategory category = TensorCategory.of(tensor.name());
    if (options.leaveOutputTensor() && category == TensorCategory.OUTPUT) {
      return Choice.keep(tensor, Reason.Kind.LEAVE_OUTPUT_TENSOR);
    }
    if (category == TensorCategory.TOKEN_EMBEDDING && options.tokenEmbeddingType().isPresent()) {
      return Choice.exactly(
          options.tokenEmbeddingType().get(), Reason.of(Reason.Kind.TOKEN_EMBEDDING_TYPE));
    }
    if (category == TensorCategory.OUTPUT && options.outputTensorType().isPresent()) {
      return Choice.exactly(
          options.outputTensorType().get(), Reason.of(Reason.Kind.OUTPUT_TENSOR_TYPE));
    }
    return overridden(tensor)
        .or(() -> rules.find(tensor.name()))
        .orElseGet(() -> base.next(tensor));
  }

  /** llama-quantize's COPY heeds nothing else; a scheme file based on it has rules to heed. */
  private boolean copiesAll() {
    return scheme.base() instanceof SchemeBase.Copy && !scheme.fromFile();
  }

  private Optional<Choice> overridden(TensorInfo tensor) {
    if (ignoresTensorTypes()) {
      return Optional.empty();
    }
    for (TypeOverride override : options.tensorTypes()) {
      if (override.pattern().matches(tensor.name())) {
        return Optional.of(
            Choice.preferably(
                override.type(),
                new Reason(Reason.Kind.TENSOR_TYPE, override.pattern().toString())));
      }
    }
    return Optional.empty();
  }

  /** llama-quantize heeds {@code --tensor-type} only where it quantizes. */
  private boolean ignoresTensorTypes() {
    return !scheme.fromFile()
        && (!(scheme.base() instanceof SchemeBase.Mix mix)
            || !mix.fileType().defaultType().isQuantized());
  }

  private Assignment fit(TensorInfo tensor, Choice choice) {
    GgmlType type = choice.type();
    if (type == tensor.type() || ShapeFallback.fits(type, tensor.rowLength())) {
      return assignment(tensor, type, choice.reason(), Optional.empty());
    }
    Optional<GgmlType> substitute =
        choice.mayFallBack() && scheme.fallback() == Fallback.LLAMA
            ? ShapeFallback.substitute(type, tensor.rowLength())
            : Optional.empty();
    if (substitute.isEmpty()) {
      throw new PolicyException(
          "Cannot store "
              + tensor.name()
              + " as "
              + type
              + " ("
              + choice.reason()
              + "): its rows have "
              + tensor.rowLength()
              + " elements and blocks hold "
              + type.blockLength()
              + "; choose another type for it");
    }
    return assignment(tensor, substitute.get(), choice.reason(), Optional.of(type));
  }

  private Assignment assignment(
      TensorInfo tensor, GgmlType type, Reason reason, Optional<GgmlType> fallbackFrom) {
    boolean requiresImatrix = type != tensor.type() && requiresImatrix(tensor.name(), type);
    return new Assignment(tensor, type, reason, fallbackFrom, requiresImatrix);
  }

  /** Source: {@code tensor_requires_imatrix} in llama.cpp, for types that can be encoded. */
  private boolean requiresImatrix(String name, GgmlType type) {
    boolean smallFile =
        scheme.fileType().isPresent() && scheme.fileType().getAsInt() == FileType.Q2_K_S.id();
    return type == GgmlType.Q2_K
        && smallFile
        && switch (TensorCategory.of(name)) {
          case TOKEN_EMBEDDING, OUTPUT -> false;
          default -> true;
        };
  }

  private void checkConvertible(Assignment assignment) {
    TensorInfo tensor = assignment.tensor();
    if (!assignment.isConverted()) {
      return;
    }
    if (!EncodableTypes.isDecodable(tensor.type())) {
      throw new PolicyException(
          "Cannot convert "
              + tensor.name()
              + " from "
              + tensor.type()
              + " to "
              + assignment.type()
              + ": "
              + tensor.type()
              + " holds no weights");
    }
    if (tensor.type().isQuantized() && !options.allowRequantize()) {
      throw new PolicyException(
          "Cannot convert "
              + tensor.name()
              + " from "
              + tensor.type()
              + " to "
              + assignment.type()
              + ": it is quantized already; start from the F16, BF16 or F32 model, or accept the"
              + " loss with --allow-requantize");
    }
  }

  private long fileType(Metadata metadata, List<TensorInfo> tensors) {
    return scheme.fileType().isPresent()
        ? scheme.fileType().getAsInt()
        : CopiedFileType.of(metadata, tensors);
  }
}
