package dev.sparkquant.eval.divergence;

import dev.sparkquant.gguf.GgufModel;
import dev.sparkquant.gguf.GgufWriter;
import dev.sparkquant.gguf.ModelTensor;
import dev.sparkquant.gguf.TensorInfo;
import dev.sparkquant.gguf.TensorLayout;
import dev.sparkquant.gguf.TensorOrder;
import dev.sparkquant.gguf.io.LocalFileInput;
import dev.sparkquant.gguf.io.LocalFileOutput;
import dev.sparkquant.kernels.Kernels;
import dev.sparkquant.policy.Assignment;
import dev.sparkquant.policy.FileType;
import dev.sparkquant.policy.ModelTraits;
import dev.sparkquant.policy.QuantizeOptions;
import dev.sparkquant.policy.Scheme;
import dev.sparkquant.policy.TypeAssigner;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A small model quantized in memory, tensor by tensor. */
final class QuantizedCopy {
  private QuantizedCopy() {}

  static Path write(Path source, String mixture, Path file) throws IOException {
    GgufModel model = GgufModel.open(source);
    List<ModelTensor> tensors = new ArrayList<>(model.tensors());
    tensors.sort(Comparator.comparing(ModelTensor::name, new TensorOrder()));
    List<Assignment> types = types(model, tensors, mixture);
    TensorLayout layout =
        TensorLayout.of(
            types.stream().map(type -> type.tensor().stored(type.type(), 0)).toList(), 32);
    byte[] header = GgufWriter.header(model.metadata(), layout.tensors());
    try (LocalFileInput input = LocalFileInput.open(source);
        LocalFileOutput output = LocalFileOutput.create(file)) {
      output.write(0, header, 0, header.length);
      for (int i = 0; i < tensors.size(); i++) {
        TensorInfo target = layout.tensors().get(i);
        byte[] bytes = encode(tensors.get(i), target, input);
        output.write(header.length + target.offset(), bytes, 0, bytes.length);
      }
    }
    return file;
  }

  private static List<Assignment> types(
      GgufModel model, List<ModelTensor> tensors, String mixture) {
    Scheme scheme = Scheme.of(FileType.fromName(mixture).orElseThrow());
    QuantizeOptions options = QuantizeOptions.builder().build();
    List<TensorInfo> infos = tensors.stream().map(ModelTensor::info).toList();
    ModelTraits traits =
        ModelTraits.of(
            model.metadata(),
            options.metadataOverrides(),
            infos.stream().map(TensorInfo::name).toList());
    return new TypeAssigner(scheme, options).assign(model.metadata(), traits, infos).tensors();
  }

  private static byte[] encode(ModelTensor tensor, TensorInfo target, LocalFileInput input)
      throws IOException {
    byte[] source = new byte[(int) tensor.bytes()];
    input.readFully(tensor.position(), source, 0, source.length);
    if (target.type() == tensor.info().type()) {
      return source;
    }
    int rows = (int) target.rows();
    int rowLength = (int) target.rowLength();
    float[] elements = new float[rows * rowLength];
    Kernels.decoder(tensor.info().type()).decode(source, 0, elements.length, elements, 0);
    byte[] bytes = new byte[(int) target.bytes()];
    Kernels.encoder(target.type()).encode(elements, 0, rows, rowLength, null, 0, bytes, 0);
    return bytes;
  }
}
