package dev.sparkquant.policy;

import java.io.StringReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * A small YAML file as a tree whose nodes know their line and column.
 *
 * <p>Nothing is constructed from the tree: it is read node by node, as mappings, lists and words
 * only. Anchors, aliases and tags are refused, so that a file can neither name classes nor grow
 * when read.
 */
final class YamlDocument {
  /** Longer than any sensible scheme, in characters. */
  static final int MAX_LENGTH = 1 << 20;

  private static final int MAX_DEPTH = 20;
  private static final Set<Tag> PLAIN_TAGS =
      Set.of(Tag.STR, Tag.INT, Tag.FLOAT, Tag.BOOL, Tag.NULL, Tag.MAP, Tag.SEQ, Tag.TIMESTAMP);

  private final String fileName;
  private final Node root;

  private YamlDocument(String fileName, Node root) {
    this.fileName = fileName;
    this.root = root;
  }

  /**
   * @param fileName for messages
   * @throws PolicyException if the text is empty or no YAML
   */
  static YamlDocument parse(String fileName, String text) {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(MAX_LENGTH);
    options.setNestingDepthLimit(MAX_DEPTH);
    options.setMaxAliasesForCollections(0);
    Node root;
    try {
      StreamReader reader = new StreamReader(new StringReader(text));
      root = new Composer(new ParserImpl(reader, options), new Resolver(), options).getSingleNode();
    } catch (MarkedYAMLException e) {
      throw new PolicyException(place(fileName, e.getProblemMark()) + ": " + e.getProblem());
    } catch (YAMLException e) {
      throw new PolicyException(fileName + ": " + firstLine(e.getMessage()));
    }
    if (root == null) {
      throw new PolicyException(fileName + ": the file is empty");
    }
    return new YamlDocument(fileName, root);
  }

  Node root() {
    return root;
  }

  /**
   * The values of a mapping by key, in order.
   *
   * @param what the mapping is, for messages
   * @param keys that it may have
   */
  Map<String, Node> mapping(Node node, String what, List<String> keys) {
    checkPlain(node);
    if (!(node instanceof MappingNode mapping)) {
      throw error(node, what + " has to be a mapping of " + String.join(", ", keys));
    }
    Map<String, Node> values = new LinkedHashMap<>();
    for (NodeTuple tuple : mapping.getValue()) {
      String key = word(tuple.getKeyNode(), "a key");
      if (!keys.contains(key)) {
        throw error(
            tuple.getKeyNode(),
            "there is no key '"
                + key
                + "' in "
                + what
                + "; the keys are "
                + String.join(", ", keys)
                + NearestNames.hint(key, keys));
      }
      if (values.put(key, tuple.getValueNode()) != null) {
        throw error(tuple.getKeyNode(), "the key '" + key + "' is given twice");
      }
    }
    return values;
  }

  /** The items of a list. */
  List<Node> list(Node node, String what) {
    checkPlain(node);
    if (!(node instanceof SequenceNode sequence)) {
      throw error(node, what + " has to be a list");
    }
    return sequence.getValue();
  }

  /** The items of a list, or the one thing that stands in its place. */
  List<Node> oneOrMore(Node node, String what) {
    if (!(node instanceof SequenceNode)) {
      return List.of(node);
    }
    List<Node> items = list(node, what);
    if (items.isEmpty()) {
      throw error(node, what + " is an empty list");
    }
    return items;
  }

  /** The text of a scalar as written, whatever YAML takes it for. */
  String word(Node node, String what) {
    checkPlain(node);
    if (!(node instanceof ScalarNode scalar)) {
      throw error(node, what + " has to be a single word or number");
    }
    String text = scalar.getValue().strip();
    if (text.isEmpty()) {
      throw error(node, what + " has no value");
    }
    return text;
  }

  PolicyException error(Node node, String reason) {
    return new PolicyException(place(node) + ": " + reason);
  }

  /** {@code file:line:column}, counted from 1. */
  String place(Node node) {
    return place(fileName, node.getStartMark());
  }

  private void checkPlain(Node node) {
    if (node.getAnchor() != null) {
      throw error(node, "anchors and aliases are not supported; write the value out");
    }
    if (!PLAIN_TAGS.contains(node.getTag())) {
      throw error(node, "the tag " + node.getTag() + " is not supported");
    }
  }

  private static String place(String fileName, Mark mark) {
    return mark == null
        ? fileName
        : fileName + ":" + (mark.getLine() + 1) + ":" + (mark.getColumn() + 1);
  }

  private static String firstLine(String message) {
    return message == null ? "it is no YAML" : message.lines().findFirst().orElse("it is no YAML");
  }
}
