package dev.sparkquant.gguf;

import dev.sparkquant.gguf.io.InputOpener;
import dev.sparkquant.gguf.io.SeekableInput;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Finds the shards of a model and checks that they belong together, as {@code llama_model_loader}
 * does.
 */
final class ModelLoader {
  private static final String SPLIT_NO = "split.no";
  private static final String SPLIT_COUNT = "split.count";
  private static final String SPLIT_TENSORS_COUNT = "split.tensors.count";

  private final InputOpener opener;
  private final List<ModelShard> shards = new ArrayList<>();
  private final List<ModelTensor> tensors = new ArrayList<>();

  /** Which shard holds the tensor of that name. */
  private final Map<String, Integer> shardOfTensor = new HashMap<>();

  ModelLoader(InputOpener opener) {
    this.opener = opener;
  }

  GgufModel load(String name) throws IOException {
    OpenedShard first = open(name);
    add(first);
    long count = first.number(SPLIT_COUNT).orElse(1);
    // Merged models may keep a count of 0.
    if (count != 0 && count != 1) {
      loadOthers(first, shardName(first, count));
    }
    return new GgufModel(first.header().metadata(), shards, tensors);
  }

  private void loadOthers(OpenedShard first, ShardName firstName) throws IOException {
    long claimed = first.requiredNumber(SPLIT_TENSORS_COUNT);
    for (int i = 1; i < firstName.count(); i++) {
      OpenedShard shard = openSibling(first, firstName.sibling(i));
      checkPlace(shard, i, firstName.count());
      add(shard);
    }
    if (claimed != tensors.size()) {
      throw first.damaged(
          SPLIT_TENSORS_COUNT,
          SPLIT_TENSORS_COUNT + " is " + claimed + ", but the shards hold " + tensors.size());
    }
  }

  /** The first shard's name, if it really is the first and is named as the others need it. */
  private static ShardName shardName(OpenedShard first, long count) throws GgufException {
    if (count < 0 || count > ShardName.MOST) {
      throw first.damaged(
          SPLIT_COUNT, SPLIT_COUNT + " is " + count + ", but must be from 0 to " + ShardName.MOST);
    }
    Optional<ShardName> name =
        ShardName.parse(first.name()).filter(parsed -> parsed.count() == count);
    long number = first.requiredNumber(SPLIT_NO);
    if (number != 0) {
      throw first.damaged(
          SPLIT_NO,
          String.format(
              "this is shard %d of %d: open the first one, %s",
              number + 1,
              count,
              name.map(parsed -> parsed.sibling(0).format())
                  .orElseGet(
                      () -> String.format("whose name ends in -00001-of-%05d.gguf", count))));
    }
    return name.filter(parsed -> parsed.index() == 0)
        .orElseThrow(
            () ->
                first.damaged(
                    SPLIT_COUNT,
                    String.format(
                        "this is the first of %d shards, but the others cannot be found, as its"
                            + " name does not end in -00001-of-%05d.gguf: rename it",
                        count, count)));
  }

  private OpenedShard openSibling(OpenedShard first, ShardName name) throws IOException {
    try {
      return open(name.format());
    } catch (NoSuchFileException | FileNotFoundException e) {
      GgufException missing =
          first.damaged(
              SPLIT_COUNT,
              String.format(
                  "model has %d shards, but number %d, %s, is missing: put it beside the first",
                  name.count(), name.index() + 1, name.format()));
      missing.initCause(e);
      throw missing;
    }
  }

  private static void checkPlace(OpenedShard shard, int index, int count) throws GgufException {
    long number = shard.requiredNumber(SPLIT_NO);
    if (number != index) {
      throw shard.damaged(
          SPLIT_NO,
          SPLIT_NO + " is " + number + ", but the file's name says " + index + " (counted from 0)");
    }
    OptionalLong otherCount = shard.number(SPLIT_COUNT);
    if (otherCount.isPresent() && otherCount.getAsLong() != count) {
      throw shard.damaged(
          SPLIT_COUNT,
          SPLIT_COUNT + " is " + otherCount.getAsLong() + ", but the first shard says " + count);
    }
  }

  private void add(OpenedShard shard) throws GgufException {
    int index = shards.size();
    GgufHeader header = shard.header();
    for (int i = 0; i < header.tensors().size(); i++) {
      TensorInfo info = header.tensors().get(i);
      Integer other = shardOfTensor.putIfAbsent(info.name(), index);
      if (other != null) {
        throw new GgufException(
            shard.name(),
            shard.positions().tensorPosition(i),
            String.format(
                "tensor %s is also in %s",
                GgufException.quote(info.name()), shards.get(other).name()));
      }
      tensors.add(new ModelTensor(info, index, header.dataOffset() + info.offset()));
    }
    shards.add(new ModelShard(shard.name(), header));
  }

  private OpenedShard open(String name) throws IOException {
    try (SeekableInput input = opener.open(name)) {
      HeaderParser parser = new HeaderParser(input);
      return new OpenedShard(name, parser.parse(), parser);
    }
  }

  /** A header and where its parts stand in the file. */
  private record OpenedShard(String name, GgufHeader header, HeaderParser positions) {

    OptionalLong number(String key) throws GgufException {
      MetadataValue value = header.metadata().get(key).orElse(null);
      if (value == null) {
        return OptionalLong.empty();
      }
      if (!value.type().isInteger()) {
        throw damaged(key, key + " has type " + value.type() + ", but must be an integer");
      }
      return OptionalLong.of(value.asLong());
    }

    long requiredNumber(String key) throws GgufException {
      return number(key)
          .orElseThrow(() -> damaged(key, key + " is missing, which every shard must state"));
    }

    /** The error to throw for a metadata pair; at the file's start if it is missing. */
    GgufException damaged(String key, String reason) {
      return new GgufException(name, positions.pairPositions().getOrDefault(key, 0L), reason);
    }
  }
}
