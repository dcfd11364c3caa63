package dev.sparkquant.policy;

import dev.sparkquant.gguf.GgmlType;
import dev.sparkquant.gguf.TensorInfo;
import dev.sparkquant.gguf.TensorOrder;

/**
 * Picks types as one of {@code llama-quantize}'s mixtures does, for the tensors of one model in
 * processing order.
 *
 * <p>Stateful: in models without experts the layer of an attention or feed-forward tensor is the
 * number of such tensors picked before, so a tensor that gets its type otherwise must not be asked
 * for, and shifts all later ones.
 *
 * <p>Source: {@code llama_tensor_get_type_impl} in llama.cpp.
 */
final class MixturePicker {
  private final FileType fileType;
  private final Mixture mixture;
  private final ModelTraits model;
  private final int attentionVCount;
  private final boolean imatrix;

  private int attentionVPicked;
  private int ffnDownPicked;

  /**
   * @param attentionVCount tensors of {@link TensorCategory#ATTENTION_V} in the model
   * @param imatrix whether there is an importance matrix
   */
  MixturePicker(FileType fileType, ModelTraits model, int attentionVCount, boolean imatrix) {
    this.fileType = fileType;
    this.mixture = Mixture.of(fileType);
    this.model = model;
    this.attentionVCount = attentionVCount;
    this.imatrix = imatrix;
  }

  /**
   * The type for the next tensor, whether its shape allows it or not.
   *
   * @throws PolicyException if the model has experts and the tensor's layer cannot be told
   */
  GgmlType pick(TensorInfo tensor) {
    TensorCategory category = TensorCategory.of(tensor.name());
    if (category == TensorCategory.OUTPUT
        || (category == TensorCategory.TOKEN_EMBEDDING && model.tiedEmbeddings())) {
      return output(tensor);
    }
    if (fileType == FileType.MXFP4_MOE) {
      return isExperts(tensor, category) ? GgmlType.MXFP4 : GgmlType.Q8_0;
    }
    return switch (category) {
      case TOKEN_EMBEDDING -> mixture.tokenEmbedding();
      case ATTENTION_V -> attentionV();
      case ATTENTION_K -> model.hasEightExperts() ? GgmlType.Q8_0 : mixture.base();
      case ATTENTION_OUTPUT -> mixture.attentionOutput().apply(model);
      case FFN_DOWN -> mixture.ffnDown().choose(ffnDownLayer(tensor.name()), model, imatrix);
      case OUTPUT, ATTENTION_Q, FFN_UP, FFN_GATE, OTHER -> mixture.base();
    };
  }

  private GgmlType output(TensorInfo tensor) {
    GgmlType base = mixture.base();
    boolean eightBits =
        fileType == FileType.MXFP4_MOE
            || base == GgmlType.Q8_0
            || model.isFalcon()
            || !ShapeFallback.fits(base, tensor.rowLength());
    return eightBits ? GgmlType.Q8_0 : GgmlType.Q6_K;
  }

  /** The projections of latent attention have three dimensions too; one architecture tells. */
  private boolean isExperts(TensorInfo tensor, TensorCategory category) {
    return tensor.dimension(2) > 1
        && switch (category) {
          case FFN_UP, FFN_GATE, FFN_DOWN -> true;
          default -> !model.architecture().equals("bailingmoe3");
        };
  }

  private GgmlType attentionV() {
    Layer layer = new Layer(attentionVPicked++, attentionVCount);
    if (model.hasEightExperts()) {
      return GgmlType.Q8_0;
    }
    GgmlType type = mixture.attentionV().choose(layer, model, imatrix);
    boolean fewBits = type == GgmlType.Q3_K || type == GgmlType.Q4_K;
    return model.is70B() && fewBits ? GgmlType.Q5_K : type;
  }

  private Layer ffnDownLayer(String name) {
    int counted = ffnDownPicked++;
    if (!model.hasExperts()) {
      return new Layer(counted, model.blockCount());
    }
    int named = TensorOrder.layer(name);
    if (named < 0 || named >= model.blockCount()) {
      throw new PolicyException(
          "Cannot apply "
              + fileType
              + " to "
              + name
              + ": the model has experts, and no layer from 0 to "
              + (model.blockCount() - 1)
              + " is in the name; give the tensor a type with --tensor-type");
    }
    return new Layer(named, model.blockCount());
  }
}
