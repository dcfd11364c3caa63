package dev.sparkquant.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sparkquant.gguf.io.SeekableInput;
import java.io.EOFException;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every class of damage: the byte it is reported at, and what is said of it. */
class MalformedHeaderTest {
  /** Bytes of magic, version and counts. */
  private static final int START = 24;

  static Stream<Arguments> starts() {
    return Stream.of(
        damage("empty file", raw(), 0, "0 bytes is too short"),
        damage("three bytes", raw().raw("GGU"), 0, "3 bytes is too short"),
        damage("other magic", raw().raw("GGML").zeros(60), 0, "starts with 'GGML', not 'GGUF'"),
        damage("control characters", raw().raw("\033[2J").zeros(60), 0, "starts with '?[2J'"),
        damage("zeros", raw().zeros(64), 0, "not written to its end"),
        damage("Git LFS", raw().raw("version https://git-lfs"), 0, "git lfs pull"),
        damage("GGJT", raw().raw("tjgg").zeros(60), 0, "before GGUF"),
        damage("zip", raw().raw("PK\3\4").zeros(60), 0, "zip or PyTorch"),
        damage(
            "no version", raw().raw("GGUF\3\0"), 4, "ends in the version: 4 bytes wanted, 2 left"),
        damage("version 0", raw().start(0, 0, 0), 4, "version is 0,"),
        damage("version 1", raw().start(1, 0, 0), 4, "version 1 is no longer supported"),
        damage("version 4", raw().start(4, 0, 0), 4, "version 4 is newer"),
        damage("big version 4", big().start(4, 0, 0), 4, "version 4 is newer"),
        damage("huge version", raw().start(0x00030003, 0, 0), 4, "version is 196611,"),
        damage("no counts", raw().raw("GGUF").u32(3), 8, "ends in the number of tensors"),
        damage("tensors < 0", raw().start(3, -1, 0), 8, "18446744073709551615 tensors"),
        damage("tensors huge", raw().start(3, 1L << 60, 0), 8, "at most 262144"),
        damage("tensors beyond file", raw().start(3, 9, 0), 8, "9 tensors, at least 25 bytes each"),
        damage("pairs < 0", raw().start(3, 0, Long.MIN_VALUE), 16, "9223372036854775808 metadata"),
        damage("pairs huge", raw().start(3, 0, 65537), 16, "at most 65536"),
        damage("pairs beyond file", raw().start(3, 0, 1), 16, "1 metadata pairs, at least 14"));
  }

  static Stream<Arguments> metadata() {
    return Stream.of(
        damage("empty key", pairs(1).u64(0).u32(4).zeros(9), START, "metadata key 0 is empty"),
        damage("long key", pairs(1).u64(65536).zeros(70000), START, "65536 bytes, but at most"),
        damage("key < 0", pairs(1).u64(-1).zeros(20), START, "18446744073709551615 bytes"),
        damage(
            "key beyond file", pairs(1).u64(50).zeros(20), START + 8, "50 bytes wanted, 20 left"),
        damage("key no UTF-8", pairs(1).u64(1).u8(0xFF).zeros(9), START + 8, "is not UTF-8"),
        damage("key with NUL", pairs(1).u64(2).raw("a\0").zeros(9), START + 8, "contains a NUL"),
        damage(
            "same key twice",
            pairs(2).key("k", MetadataType.UINT8).u8(1).key("k", MetadataType.INT8).u8(1),
            START + 14,
            "key 'k' occurs twice"),
        damage(
            "type 13",
            pairs(1).string("k").u32(13).zeros(9),
            START + 9,
            "type 13, which does not exist"),
        damage("type -1", pairs(1).string("k").u32(-1).zeros(9), START + 9, "type 4294967295"),
        damage("bool 2", pair(MetadataType.BOOL).u8(2), START + 13, "holds bool 2,"),
        damage("bool 255", pair(MetadataType.BOOL).u8(255), START + 13, "holds bool 255,"),
        damage(
            "cut number", pair(MetadataType.UINT64).u32(1), START + 13, "8 bytes wanted, 4 left"),
        damage(
            "string < 0", pair(MetadataType.STRING).u64(-1), START + 13, "string of 1844674407370"),
        damage(
            "cut string",
            pair(MetadataType.STRING).u64(4).raw("abc"),
            START + 13,
            "string of 4 bytes, at least 1 bytes each, but a header can have only 3 more"),
        damage(
            "array of type 99",
            pair(MetadataType.ARRAY).u32(99).u64(0),
            START + 13,
            "metadata 'k' has the value or element type 99"),
        damage(
            "array < 0",
            pair(MetadataType.ARRAY).array(MetadataType.UINT8, -1),
            START + 17,
            "array of 18446744073709551615 UINT8"),
        damage(
            "array beyond file",
            pair(MetadataType.ARRAY).array(MetadataType.UINT32, 3).u64(0),
            START + 17,
            "array of 3 UINT32 elements, at least 4 bytes each"),
        damage(
            "array whose size overflows",
            pair(MetadataType.ARRAY).array(MetadataType.UINT64, 1L << 61),
            START + 17,
            "array of 2305843009213693952 UINT64"),
        damage(
            "strings beyond file",
            pair(MetadataType.ARRAY).array(MetadataType.STRING, 2).u64(9).u64(0),
            START + 25,
            "string of 9 bytes"),
        damage(
            "bool 3 in array",
            pair(MetadataType.ARRAY).array(MetadataType.BOOL, 2).u8(1).u8(3),
            START + 26,
            "holds bool 3,"),
        damage("nine levels", nested(9), START + 13 + 8 * 12, "deeper than 8 levels"));
  }

  static Stream<Arguments> alignments() {
    return Stream.of(
        damage("0", alignment(0), START, "general.alignment is 0,"),
        damage("3", alignment(3), START, "general.alignment is 3, but must be a power of two"),
        damage("2^31", alignment(1 << 31), START, "general.alignment is 2147483648,"),
        damage(
            "u64",
            pairs(1).key("general.alignment", MetadataType.UINT64).u64(32),
            START,
            "has type UINT64, but must be UINT32"),
        damage(
            "i32",
            pairs(1).key("general.alignment", MetadataType.INT32).u32(32),
            START,
            "has type INT32, but must be UINT32"));
  }

  static Stream<Arguments> tensors() {
    int dims = START + 8 + 1;
    int type = dims + 4 + 8;
    return Stream.of(
        damage("empty name", tensors(1).u64(0).zeros(40), START, "name of tensor 0 is empty"),
        damage(
            "64 bytes of name",
            tensors(1).tensor("x".repeat(64), 0, 0, 1).zeros(40),
            START,
            "length of 64 bytes, but at most 63"),
        damage(
            "same name twice",
            tensors(2).tensor("x", 0, 0, 1).tensor("x", 0, 32, 1).padTo(32).zeros(64),
            START + 33,
            "tensor 'x' occurs twice"),
        damage("five dimensions", tensor(0, 1, 1, 1, 1, 1), dims, "5 dimensions, but at most 4"),
        damage(
            "-1 dimensions",
            tensors(1).string("x").u32(-1).zeros(40),
            dims,
            "4294967295 dimensions"),
        damage("dimension 0", tensor(0, 0), dims + 4, "dimension 0 of 0, less than 1"),
        damage("dimension < 0", tensor(0, 4, -4), dims + 12, "dimension 1 of -4, less than 1"),
        damage("type 4", tensor(4, 32), type, "type 4, one of Q4_2 and Q4_3, which ggml removed"),
        damage("type 9", tensor(9, 32), type, "Q8_1, which ggml uses in computations only"),
        damage("type 15", tensor(15, 256), type, "Q8_K, which ggml uses in computations only"),
        damage("type 31", tensor(31, 32), type, "repacked Q4_0"),
        damage("type 38", tensor(38, 32), type, "repacked IQ4_NL"),
        damage("type 43", tensor(43, 32), type, "type 43, which no ggml type has"),
        damage("type < 0", tensor(-1, 32), type, "type 4294967295, which no ggml type has"),
        damage("odd row", tensor(GgmlType.Q4_K.id(), 255), dims, "Q4_K stores blocks of 256"),
        damage("elements overflow", tensor(0, 1L << 32, 1L << 31), dims, "exceeds 2^63 bytes"),
        damage("bytes overflow", tensor(0, 1L << 61), dims, "exceeds 2^63 bytes"));
  }

  static Stream<Arguments> data() {
    int secondOffset = START + 33 + 25;
    return Stream.of(
        damage("first not at 0", tensors(1).tensor("x", 0, 32, 1), START + 25, "must have 0"),
        damage("misaligned", two(4), secondOffset, "'y' has offset 4, but must have 32"),
        damage("overlap", two(0), secondOffset, "'y' has offset 0, but must have 32"),
        damage("gap", two(64), secondOffset, "'y' has offset 64, but must have 32"),
        damage("huge offset", two(-32), secondOffset, "offset 18446744073709551584"),
        damage(
            "sum overflows",
            tensors(2)
                .tensor("x", 24, 0, Long.MAX_VALUE - 63)
                .tensor("y", 24, Long.MAX_VALUE - 63, 100),
            secondOffset,
            "'y' ends beyond 2^63 bytes"),
        damage(
            "padding overflows",
            tensors(1).tensor("x", 24, 0, Long.MAX_VALUE),
            START + 25,
            "'x' ends beyond 2^63 bytes"),
        damage("no padding", two(32), START + 66, "ends 42 bytes too early"),
        damage(
            "one byte missing",
            two(32).padTo(32).zeros(35),
            96 + 35,
            "ends 1 bytes too early, in or before the data of tensor 'y'; 1 of 2 tensors"),
        damage(
            "all data missing",
            two(32).padTo(32),
            96,
            "ends 36 bytes too early, in or before the data of tensor 'x'; 2 of 2 tensors"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource({"starts", "metadata", "alignments", "tensors", "data"})
  void isRefused(String damage, byte[] file, long offset, String reason) {
    GgufException error = refusal(file);

    assertThat(error)
        .hasMessageStartingWith(MemoryInput.NAME + ": at byte " + offset + ": ")
        .hasMessageContaining(reason);
    assertThat(error.file()).isEqualTo(MemoryInput.NAME);
    assertThat(error.offset()).isEqualTo(offset);
  }

  @Test
  void everyTruncationIsRefused() {
    for (ByteOrder order : new ByteOrder[] {ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN}) {
      byte[] whole = RichFile.bytes(order, 3);
      for (int size = 0; size < whole.length; size++) {
        assertThat(refusal(Arrays.copyOf(whole, size)).offset())
            .as("%s, first %d bytes", order, size)
            .isBetween(0L, (long) size);
      }
    }
  }

  @Test
  void fileThatShrinksWhileItIsReadIsRefused() {
    SeekableInput shrinking =
        new SeekableInput() {
          @Override
          public String name() {
            return "shrinking";
          }

          @Override
          public long length() {
            return 1000;
          }

          @Override
          public void readFully(long position, byte[] buffer, int offset, int length)
              throws EOFException {
            throw new EOFException();
          }

          @Override
          public void close() {}
        };

    assertThatThrownBy(() -> GgufReader.read(shrinking))
        .isInstanceOf(GgufException.class)
        .hasMessage(
            "shrinking: at byte 0: file ended while it was read: it was 1000 bytes long before");
  }

  @Test
  void longNamesAreCutInMessages() {
    String key = "k".repeat(60_000);

    GgufException error = refusal(pairs(1).string(key).u32(13).zeros(9).bytes());

    assertThat(error).hasMessageContaining("'" + "k".repeat(100) + "...'");
  }

  private static GgufException refusal(byte[] file) {
    GgufException error =
        catchThrowableOfType(GgufException.class, () -> GgufReader.read(new MemoryInput(file)));
    assertThat(error).as("refusal of %d bytes", file.length).isNotNull();
    return error;
  }

  private static Arguments damage(String name, GgufBytes file, long offset, String reason) {
    return Arguments.of(name, file.bytes(), offset, reason);
  }

  private static GgufBytes raw() {
    return GgufBytes.littleEndian();
  }

  private static GgufBytes big() {
    return new GgufBytes(ByteOrder.BIG_ENDIAN);
  }

  private static GgufBytes pairs(int count) {
    return raw().start(3, 0, count);
  }

  /** One pair with key "k"; its value, which starts at byte 37, is to be appended. */
  private static GgufBytes pair(MetadataType type) {
    return pairs(1).key("k", type);
  }

  private static GgufBytes alignment(int value) {
    return pairs(1).key("general.alignment", MetadataType.UINT32).u32(value);
  }

  private static GgufBytes nested(int levels) {
    GgufBytes out = pair(MetadataType.ARRAY);
    for (int i = 1; i < levels; i++) {
      out.array(MetadataType.ARRAY, 1);
    }
    return out.array(MetadataType.UINT8, 0);
  }

  private static GgufBytes tensors(int count) {
    return raw().start(3, count, 0);
  }

  private static GgufBytes tensor(int type, long... dimensions) {
    return tensors(1).tensor("x", type, 0, dimensions).padTo(32).zeros(64);
  }

  /** Two tensors of one F32, the second at the offset given; the data are to be appended. */
  private static GgufBytes two(long secondOffset) {
    return tensors(2).tensor("x", 0, 0, 1).tensor("y", 0, secondOffset, 1);
  }
}
