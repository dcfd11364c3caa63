package dev.sparkquant.cli;

import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.s3a.S3AFileSystem;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import org.gaul.s3proxy.blobstore.S3Exceptions;
import org.gaul.s3proxy.blobstore.domain.MultipartUpload;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/** An S3 server in this process, and Spark's settings to reach it with S3A. */
final class S3Server {
  private static final String BUCKET = "models";

  private final S3Proxy proxy;
  private final Map<String, String> settings;

  /** Parts that are still to be refused. */
  final AtomicInteger failures = new AtomicInteger();

  /** Parts put so far. */
  final AtomicInteger parts = new AtomicInteger();

  S3Server(Path folder) throws Exception {
    Files.createDirectories(folder.resolve(BUCKET));
    proxy =
        S3Proxy.builder()
            .blobStore(new FlakyStore(new FilesystemNio2BlobStore(folder.toString())))
            .endpoint(URI.create("http://127.0.0.1:0"))
            .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, "user", "secret")
            .build();
    proxy.start();
    settings =
        Map.of(
            "fs.s3a.endpoint", "http://127.0.0.1:" + proxy.getPort(),
            "fs.s3a.endpoint.region", "us-east-1",
            "fs.s3a.path.style.access", "true",
            "fs.s3a.access.key", "user",
            "fs.s3a.secret.key", "secret",
            // The smallest parts that S3 takes, and failures that reach Spark.
            "fs.s3a.multipart.size", "5M",
            "fs.s3a.attempts.maximum", "1",
            "fs.s3a.retry.limit", "0");
    settings.forEach((key, value) -> System.setProperty("spark.hadoop." + key, value));
  }

  /** Refuses parts as a server in trouble does. */
  private final class FlakyStore extends ForwardingBlobStore {
    FlakyStore(BlobStore store) {
      super(store);
    }

    @Override
    public UploadPartResponse uploadMultipartPart(
        MultipartUpload upload, UploadPartRequest request, InputStream content) {
      if (failures.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
        throw S3Exceptions.fromStatusCode(500);
      }
      parts.incrementAndGet();
      return super.uploadMultipartPart(upload, request, content);
    }
  }

  FileSystem fileSystem() throws Exception {
    Configuration configuration = new Configuration();
    settings.forEach(configuration::set);
    return FileSystem.get(URI.create(uri("")), configuration);
  }

  /** Keys of the uploads that were begun and neither completed nor aborted. */
  List<String> pendingUploads() throws Exception {
    List<String> keys = new ArrayList<>();
    ((S3AFileSystem) fileSystem()).listMultipartUploads("").forEach(u -> keys.add(u.key()));
    return keys;
  }

  /** The URI of a path that starts with a slash. */
  String uri(String path) {
    return "s3a://" + BUCKET + path;
  }

  void stop() throws Exception {
    settings.keySet().forEach(key -> System.clearProperty("spark.hadoop." + key));
    proxy.stop();
  }
}
