package dev.sparkquant.eval.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sparkquant.gguf.Metadata;
import dev.sparkquant.gguf.MetadataValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a tokenizer says of itself, and which vocabularies are refused with which words. */
class TokenizersTest {

  @ParameterizedTest
  @CsvSource({
    "ggml-vocab-gpt-2, 50257, 50256, 50256, false",
    "ggml-vocab-deepseek-coder, 32256, 32013, 32014, true",
    "ggml-vocab-starcoder, 49152, 0, 0, false",
    "ggml-vocab-llama-spm, 32000, 1, 2, true",
    "tiny-mistral-vocab, 2048, 1, 2, true"
  })
  void boundaryTokens(String vocabulary, int size, int bos, int eos, boolean addsBos) {
    Tokenizer tokenizer = TestVocabularies.tokenizer(vocabulary);
    assertThat(tokenizer.size()).isEqualTo(size);
    assertThat(tokenizer.boundaries())
        .isEqualTo(new BoundaryTokens(OptionalInt.of(bos), OptionalInt.of(eos), addsBos, false));
    int[] empty = addsBos ? new int[] {bos} : new int[0];
    assertThat(tokenizer.encode("", true, false)).isEqualTo(empty);
    assertThat(tokenizer.encode("", false, false)).isEmpty();
  }

  @Test
  void boundaryTokensWithoutMetadataDependOnThePreTokenizer() {
    assertThat(boundaries("qwen2").bos()).hasValue(11);
    assertThat(boundaries("glm4").bos()).isEmpty();
    assertThat(boundaries("llama-bpe").addsBos()).isTrue();
    assertThat(boundaries("dbrx").addsBos()).isFalse();
  }

  @Test
  void noPreTokenizerIsTheDefaultOne() {
    Metadata unnamed = TestVocabularies.metadata("synthetic-bpe").without("tokenizer.ggml.pre");
    String text = "a.b=1234 $x";
    assertThat(Tokenizers.from(unnamed).encode(text, true, true))
        .isEqualTo(Tokenizers.from(TestVocabularies.synthetic("default")).encode(text, true, true));
  }

  @Test
  void controlTokensAreTextUnlessParsed() {
    Tokenizer tokenizer = TestVocabularies.tokenizer("ggml-vocab-llama-spm");
    assertThat(tokenizer.encode("</s>", false, true)).containsExactly(2);
    assertThat(tokenizer.encode("</s>", false, false)).doesNotContain(2);
    assertThat(tokenizer.piece(2)).isEqualTo("</s>".getBytes(StandardCharsets.UTF_8));
    assertThat(tokenizer.piece(3 + 0xC3)).containsExactly(0xC3);
  }

  /** As llama.cpp does, silently: StarCoder has no token for 0xF1. */
  @Test
  void bytesWithoutATokenVanish() {
    Tokenizer tokenizer = TestVocabularies.tokenizer("ggml-vocab-starcoder");
    assertThat(tokenizer.encode("a" + Character.toString(0x40000) + "b", false, false))
        .containsExactly(102, 246, 246, 246, 103);
  }

  @Test
  void refusesOtherKindsOfVocabulary() {
    Metadata bert = withString(TestVocabularies.synthetic("default"), "model", "bert");
    assertThatThrownBy(() -> Tokenizers.from(bert))
        .isInstanceOf(TokenizerException.class)
        .hasMessage(
            "Cannot tokenize: tokenizer.ggml.model is 'bert', known are gpt2 (byte-level BPE) and"
                + " llama (SentencePiece); give the corpus as token ids instead");
  }

  @Test
  void namesUnknownPreTokenizersAndListsKnownOnes() {
    assertThatThrownBy(() -> Tokenizers.from(TestVocabularies.synthetic("klingon")))
        .isInstanceOf(TokenizerException.class)
        .hasMessageStartingWith(
            "Cannot tokenize: no pre-tokenizer 'klingon' (tokenizer.ggml.pre), known are")
        .hasMessageContaining("deepseek-coder, ")
        .hasMessageContaining("tekken, ");
  }

  @ParameterizedTest
  @CsvSource({"model", "tokens", "merges"})
  void namesMissingKeys(String key) {
    Metadata incomplete = TestVocabularies.synthetic("default").without("tokenizer.ggml." + key);
    assertThatThrownBy(() -> Tokenizers.from(incomplete))
        .isInstanceOf(TokenizerException.class)
        .hasMessage("Cannot tokenize: the model has no tokenizer.ggml." + key);
  }

  @Test
  void kimiNeedsNoMerges() {
    Metadata withoutMerges = TestVocabularies.synthetic("kimi-k2").without("tokenizer.ggml.merges");
    assertThat(Tokenizers.from(withoutMerges).encode("ab", false, false)).hasSize(2);
  }

  @Test
  void namesKeysOfAnotherType() {
    Metadata good = TestVocabularies.synthetic("default");
    assertThatThrownBy(() -> Tokenizers.from(withString(good, "tokens", "all of them")))
        .hasMessage("Cannot tokenize: tokenizer.ggml.tokens is STRING, not ARRAY");
    assertThatThrownBy(() -> Tokenizers.from(withString(good, "bos_token_id", "1")))
        .hasMessage("Cannot tokenize: tokenizer.ggml.bos_token_id is STRING, not an integer");
    MetadataValue strings = MetadataValue.ofStrings(List.of("3"));
    assertThatThrownBy(() -> Tokenizers.from(good.with("tokenizer.ggml.token_type", strings)))
        .hasMessage(
            "Cannot tokenize: tokenizer.ggml.token_type is an array of STRING, not an array of"
                + " integers");
  }

  @Test
  void namesTokensThatAreTheSame() {
    Metadata good = TestVocabularies.synthetic("default");
    List<String> tokens =
        new ArrayList<>(good.get("tokenizer.ggml.tokens").orElseThrow().asStrings());
    tokens.set(700, tokens.get(3));
    MetadataValue twice = MetadataValue.ofStrings(tokens);
    assertThatThrownBy(() -> Tokenizers.from(good.with("tokenizer.ggml.tokens", twice)))
        .isInstanceOf(TokenizerException.class)
        .hasMessage("Cannot tokenize: tokens 3 and 700 are both '" + tokens.get(3) + "'");
  }

  @Test
  void namesListsThatAreTooShort() {
    Metadata good = TestVocabularies.metadata("synthetic-spm");
    int size = good.get("tokenizer.ggml.tokens").orElseThrow().count();
    List<String> tokens =
        new ArrayList<>(good.get("tokenizer.ggml.tokens").orElseThrow().asStrings());
    tokens.add("one more");
    Metadata longer = good.with("tokenizer.ggml.tokens", MetadataValue.ofStrings(tokens));
    assertThatThrownBy(() -> Tokenizers.from(longer))
        .hasMessage(
            "Cannot tokenize: tokenizer.ggml.token_type has %d entries for %d tokens"
                .formatted(size, size + 1));
    assertThatThrownBy(() -> Tokenizers.from(longer.without("tokenizer.ggml.token_type")))
        .hasMessage(
            "Cannot tokenize: tokenizer.ggml.scores has %d entries for %d tokens"
                .formatted(size, size + 1));
  }

  @Test
  void refusesToAddTokensThatThereAreNot() {
    Metadata noBos =
        TestVocabularies.synthetic("glm4")
            .with("tokenizer.ggml.add_bos_token", MetadataValue.ofBool(true));
    assertThatThrownBy(() -> Tokenizers.from(noBos))
        .isInstanceOf(TokenizerException.class)
        .hasMessage(
            "Cannot tokenize: tokenizer.ggml.add_bos_token is true, but there is no"
                + " tokenizer.ggml.bos_token_id");
  }

  @Test
  void namesBytesThatHaveNoToken() {
    Metadata good = TestVocabularies.metadata("synthetic-spm");
    List<String> tokens =
        new ArrayList<>(good.get("tokenizer.ggml.tokens").orElseThrow().asStrings());
    tokens.set(tokens.indexOf("<0xF3>"), "no byte");
    Tokenizer tokenizer =
        Tokenizers.from(good.with("tokenizer.ggml.tokens", MetadataValue.ofStrings(tokens)));
    String text = Character.toString(0xC0000);
    assertThatThrownBy(() -> tokenizer.encode(text, false, false))
        .isInstanceOf(TokenizerException.class)
        .hasMessage("Cannot tokenize: the vocabulary has no token for the byte 0xF3");
  }

  private static BoundaryTokens boundaries(String preTokenizer) {
    return Tokenizers.from(TestVocabularies.synthetic(preTokenizer)).boundaries();
  }

  private static Metadata withString(Metadata metadata, String key, String value) {
    return metadata.with("tokenizer.ggml." + key, MetadataValue.ofString(value));
  }
}
