package dev.sparkquant.job;

import com.esotericsoftware.kryo.Kryo;
import dev.sparkquant.encode.SliceResult;
import dev.sparkquant.encode.TargetResult;
import dev.sparkquant.eval.divergence.ChunkScores;
import dev.sparkquant.gguf.GgmlType;
import dev.sparkquant.gguf.io.PartRange;
import dev.sparkquant.plan.Destination;
import dev.sparkquant.plan.Slice;
import dev.sparkquant.plan.SourceTensor;
import dev.sparkquant.plan.Target;
import dev.sparkquant.store.StoredPart;
import dev.sparkquant.store.UnpublishedFile;
import java.util.HashMap;
import java.util.List;
import org.apache.spark.serializer.KryoRegistrator;

/** Registers the classes that travel between driver and executors; Kryo accepts no others. */
public final class SparkquantRegistrator implements KryoRegistrator {
  private static final List<Class<? extends Record>> RECORDS =
      List.of(
          Destination.class,
          Target.class,
          Slice.class,
          SourceTensor.class,
          TargetResult.class,
          SliceResult.class,
          PartRange.class,
          UnpublishedFile.class,
          StoredPart.class,
          WorkOrder.class,
          TaskGroup.class,
          TaskOutcome.class,
          DivergenceOrder.class,
          ChunkGroup.class,
          ChunkOutcome.class,
          DivergenceOutcome.class);

  @Override
  public void registerClasses(Kryo kryo) {
    for (Class<? extends Record> record : RECORDS) {
      register(kryo, record);
    }
    kryo.register(GgmlType.class);
    kryo.register(HashMap.class);
    kryo.register(float[].class);
    kryo.register(byte[].class);
    kryo.register(byte[][].class);
    kryo.register(TaskGroup[].class);
    kryo.register(TaskOutcome[].class);
    kryo.register(ChunkScores.class, new ChunkScoresSerializer());
    kryo.register(TokenizedCorpus.class, new TokenizedCorpus.InKryo());
    kryo.register(ChunkGroup[].class);
    kryo.register(DivergenceOutcome[].class);
  }

  private static <T extends Record> void register(Kryo kryo, Class<T> type) {
    kryo.register(type, new RecordSerializer<>(type));
  }
}
