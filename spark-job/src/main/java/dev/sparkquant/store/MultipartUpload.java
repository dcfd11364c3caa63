package dev.sparkquant.store;

import dev.sparkquant.gguf.io.PartRange;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.BBPartHandle;
import org.apache.hadoop.fs.BBUploadHandle;
import org.apache.hadoop.fs.MultipartUploader;
import org.apache.hadoop.fs.PartHandle;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.UploadHandle;
import org.apache.hadoop.util.functional.FutureIO;

/** An upload in parts that is under way, seen from any machine. */
final class MultipartUpload implements Closeable {
  /** Numbers that each part has, for as many attempts at it. */
  static final int ATTEMPTS = 4;

  private final UnpublishedFile file;
  private final Path path;
  private final UploadHandle handle;
  private final MultipartUploader uploader;

  private MultipartUpload(UnpublishedFile file, UploadHandle handle, MultipartUploader uploader) {
    this.file = file;
    this.path = new Path(file.path());
    this.handle = handle;
    this.uploader = uploader;
  }

  /** Begins an upload to a path. */
  static MultipartUpload start(String output, Path path, long length, Configuration configuration)
      throws IOException {
    MultipartUploader uploader = uploader(path, configuration);
    UploadHandle handle = FutureIO.awaitFuture(uploader.startUpload(path));
    String text = Base64.getEncoder().encodeToString(handle.toByteArray());
    return new MultipartUpload(
        new UnpublishedFile(output, path.toString(), length, text), handle, uploader);
  }

  /** Goes on with an upload that was begun elsewhere. */
  static MultipartUpload of(UnpublishedFile file, Configuration configuration) throws IOException {
    UploadHandle handle =
        BBUploadHandle.from(ByteBuffer.wrap(Base64.getDecoder().decode(file.upload())));
    return new MultipartUpload(file, handle, uploader(new Path(file.path()), configuration));
  }

  private static MultipartUploader uploader(Path path, Configuration configuration)
      throws IOException {
    return FileSystems.of(path, configuration).createMultipartUploader(path).build();
  }

  UnpublishedFile file() {
    return file;
  }

  StoredPart put(ScratchPart part, int attempt) throws IOException {
    PartRange range = part.range();
    int number = 1 + range.part() * ATTEMPTS + attempt % ATTEMPTS;
    boolean last = range.end() == file.length();
    PartHandle stored =
        FutureIO.awaitFuture(
            uploader.putPart(handle, number, last, path, part.read(), range.length()));
    return new StoredPart(
        range.output(),
        range.start(),
        range.length(),
        number,
        Base64.getEncoder().encodeToString(stored.toByteArray()));
  }

  /** Joins the parts: the file then stands at its path. */
  void complete(List<StoredPart> parts) throws IOException {
    Map<Integer, PartHandle> handles = new HashMap<>();
    for (StoredPart part : parts) {
      handles.put(
          part.number(),
          BBPartHandle.from(ByteBuffer.wrap(Base64.getDecoder().decode(part.handle()))));
    }
    FutureIO.awaitFuture(uploader.complete(handle, path, handles));
  }

  /** Gives up the upload and all its parts. */
  void abort() throws IOException {
    FutureIO.awaitFuture(uploader.abort(handle, path));
  }

  @Override
  public void close() throws IOException {
    uploader.close();
  }
}
