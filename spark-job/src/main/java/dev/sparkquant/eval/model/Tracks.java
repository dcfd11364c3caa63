package dev.sparkquant.eval.model;

import dev.sparkquant.kernels.linalg.RopeTable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** All models as tracks: at first one for all that begin with the same states. */
final class Tracks {
  private final List<LanguageModel> models;
  private final TensorClasses classes;
  private List<Track> all = new ArrayList<>();

  private Tracks(List<LanguageModel> models, TensorClasses classes) {
    this.models = models;
    this.classes = classes;
  }

  /** Starts with the embeddings of tokens. */
  static Tracks start(
      List<LanguageModel> models, TokenEmbedding embedding, TokenGroup group, TensorClasses classes)
      throws IOException {
    Tracks tracks = new Tracks(models, classes);
    List<float[]> factors = new ArrayList<>();
    for (int i = 0; i < models.size(); i++) {
      tracks.add(i, embedding.of(models.get(i)), group, factors);
    }
    return tracks;
  }

  private void add(int member, float[] states, TokenGroup group, List<float[]> factorsOfTracks) {
    LanguageModel model = models.get(member);
    float[] factors = model.ropeFactors().map(Weights::decode).orElse(null);
    for (int i = 0; i < all.size(); i++) {
      if (Arrays.equals(factors, factorsOfTracks.get(i)) && all.get(i).holds(states)) {
        all.get(i).add(member);
        return;
      }
    }
    HyperParameters parameters = model.parameters();
    RopeTable rope =
        new RopeTable(
            parameters.ropeDimensions(), group.length(), parameters.ropeScaling(), factors);
    all.add(new Track(List.of(member), model, rope, states, group.tokens()));
    factorsOfTracks.add(factors);
  }

  List<Track> all() {
    return List.copyOf(all);
  }

  /** Splits tracks whose models differ in some of these tensors. */
  void split(Function<LanguageModel, List<TensorRows>> tensors) {
    List<Track> split = new ArrayList<>();
    for (Track track : all) {
      List<List<Integer>> parts =
          parts(track.members(), member -> tensors.apply(models.get(member)));
      for (List<Integer> part : parts) {
        // The first part has the first member and goes on with the track's own states.
        split.add(part == parts.get(0) ? track : track.fork(part, models.get(part.get(0))));
      }
      track.retain(parts.get(0));
    }
    all = split;
  }

  /** The members in sets that hold the same tensors; the first member is in the first set. */
  private List<List<Integer>> parts(
      List<Integer> members, Function<Integer, List<TensorRows>> tensors) {
    if (members.size() == 1) {
      return List.of(members);
    }
    List<List<Integer>> parts =
        grouped(members, member -> tensors.apply(member).stream().map(TensorRows::name).toList());
    int most = members.stream().mapToInt(member -> tensors.apply(member).size()).max().orElse(0);
    for (int i = 0; i < most; i++) {
      int index = i;
      parts =
          parts.stream()
              .flatMap(
                  part ->
                      index < tensors.apply(part.get(0)).size()
                          ? same(part, member -> tensors.apply(member).get(index)).stream()
                          : List.of(part).stream())
              .toList();
    }
    return parts;
  }

  private List<List<Integer>> same(List<Integer> members, Function<Integer, TensorRows> tensor) {
    return members.size() == 1
        ? List.of(members)
        : grouped(members, member -> classes.representative(tensor.apply(member)));
  }

  private static <K> List<List<Integer>> grouped(List<Integer> members, Function<Integer, K> key) {
    return List.copyOf(
        members.stream()
            .collect(Collectors.groupingBy(key, LinkedHashMap::new, Collectors.toList()))
            .values());
  }
}
