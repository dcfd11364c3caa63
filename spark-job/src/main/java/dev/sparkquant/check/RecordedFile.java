package dev.sparkquant.check;

import java.util.Map;

/**
 * What the run that wrote a file has recorded of it.
 *
 * @param run where that record lies, for messages
 * @param headerCrc32c of all bytes before the data section, as eight hexadecimal digits
 * @param tensors CRC-32C of each tensor's data, likewise, by name
 */
public record RecordedFile(String run, String headerCrc32c, Map<String, String> tensors) {

  public RecordedFile {
    tensors = Map.copyOf(tensors);
  }
}
