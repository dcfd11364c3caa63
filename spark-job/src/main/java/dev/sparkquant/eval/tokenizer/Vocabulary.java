package dev.sparkquant.eval.tokenizer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The tokens of a model: texts, kinds, scores. Immutable. */
final class Vocabulary {
  /** What {@link #id} returns for a text that is no token. */
  static final int NONE = -1;

  private final List<String> texts;
  private final Map<String, Integer> ids;
  private final TokenKinds kinds;

  private Vocabulary(List<String> texts, Map<String, Integer> ids, TokenKinds kinds) {
    this.texts = texts;
    this.ids = ids;
    this.kinds = kinds;
  }

  /**
   * Source: {@code llama_vocab::impl::load} in llama.cpp.
   *
   * @throws TokenizerException if there are no tokens, or two of the same text
   */
  static Vocabulary from(VocabularyMetadata source) {
    List<String> texts = new ArrayList<>(source.strings("tokens"));
    Map<String, Integer> ids = new HashMap<>(2 * texts.size());
    for (int id = 0; id < texts.size(); id++) {
      if (texts.get(id).isEmpty()) {
        texts.set(id, "[EMPTY_" + id + "]");
      }
      Integer first = ids.putIfAbsent(texts.get(id), id);
      if (first != null) {
        throw new TokenizerException(
            "Cannot tokenize: tokens "
                + first
                + " and "
                + id
                + " are both '"
                + texts.get(id)
                + "'");
      }
    }
    return new Vocabulary(List.copyOf(texts), ids, TokenKinds.from(source, texts, ids));
  }

  int size() {
    return texts.size();
  }

  /** The text of a token as the file has it. */
  String text(int id) {
    return texts.get(id);
  }

  /** The token with that text, or {@link #NONE}. */
  int id(String text) {
    return ids.getOrDefault(text, NONE);
  }

  TokenKinds kinds() {
    return kinds;
  }
}
