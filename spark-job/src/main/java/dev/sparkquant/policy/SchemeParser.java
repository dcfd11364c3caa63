package dev.sparkquant.policy;

import dev.sparkquant.gguf.GgmlType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.StringJoiner;
import org.yaml.snakeyaml.nodes.Node;

/**
 * Reads schemes from YAML.
 *
 * <pre>{@code
 * name: MY_MIX
 * description: one line for lists
 * base: Q4_K_M          # a type of llama-quantize, or: pure Q4_K (one type for all), or: COPY
 * rules:                # for tensors that would be quantized; the first that matches counts
 *   - role: [token_embedding, output]
 *     type: BF16
 *   - role: ffn_down    # all conditions of a rule have to hold
 *     layers: [first, 2-5, -3-last]
 *     name: 'blk\.\d+\.ffn_down\.weight'
 *     type: Q6_K
 * fallback: strict      # refuse where rows do not fit a type; default llama: substitute
 * file_type: Q4_K_M     # what the file records; default: that of the base
 * }</pre>
 */
public final class SchemeParser {
  private static final List<String> KEYS =
      List.of("name", "description", "base", "rules", "fallback", "file_type");
  private static final List<String> RULE_KEYS = List.of("role", "layers", "name", "type");
  private static final String PURE = "pure ";

  private final YamlDocument yaml;

  private SchemeParser(YamlDocument yaml) {
    this.yaml = yaml;
  }

  /**
   * Reads a scheme file.
   *
   * @throws PolicyException if it cannot be read or is wrong, with line and column
   */
  public static Scheme read(Path file) {
    try {
      if (Files.size(file) > YamlDocument.MAX_LENGTH) {
        throw new PolicyException(file + ": the file is too large for a scheme");
      }
      String text =
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
              .toString();
      return parse(file.toString(), text);
    } catch (NoSuchFileException e) {
      throw new PolicyException("Cannot read scheme " + file + ": there is no such file");
    } catch (CharacterCodingException e) {
      throw new PolicyException(file + ": the file is not UTF-8");
    } catch (IOException e) {
      throw new PolicyException("Cannot read scheme " + file + ": " + e.getMessage());
    }
  }

  /**
   * Reads a scheme from text.
   *
   * @param fileName for messages
   * @throws PolicyException if it is wrong, with line and column
   */
  public static Scheme parse(String fileName, String text) {
    return new SchemeParser(YamlDocument.parse(fileName, text)).scheme();
  }

  private Scheme scheme() {
    Node root = yaml.root();
    Map<String, Node> keys = yaml.mapping(root, "a scheme", KEYS);
    SchemeBase base = base(required(root, keys, "base", "a scheme"));
    return new Scheme(
        name(required(root, keys, "name", "a scheme")),
        keys.containsKey("description")
            ? yaml.word(keys.get("description"), "the description")
            : "",
        base,
        keys.containsKey("rules") ? rules(keys.get("rules")) : List.of(),
        keys.containsKey("fallback") ? fallback(keys.get("fallback")) : Fallback.LLAMA,
        keys.containsKey("file_type")
            ? OptionalInt.of(fileType(keys.get("file_type")).id())
            : recorded(base),
        true);
  }

  private String name(Node node) {
    String name = yaml.word(node, "the name");
    if (FileType.fromName(name).isPresent() || name.equalsIgnoreCase(Scheme.COPY.name())) {
      throw yaml.error(node, "the name " + name + " is taken by llama-quantize; choose another");
    }
    return name;
  }

  private SchemeBase base(Node node) {
    String text = yaml.word(node, "the base");
    if (text.regionMatches(true, 0, PURE, 0, PURE.length())) {
      return new SchemeBase.Pure(type(node, text.substring(PURE.length()).strip()));
    }
    if (text.equalsIgnoreCase(Scheme.COPY.name())) {
      return new SchemeBase.Copy();
    }
    FileType fileType = fileType(node);
    return located(node, () -> new SchemeBase.Mix(fileType));
  }

  private FileType fileType(Node node) {
    String text = yaml.word(node, "a file type");
    return FileType.fromName(text)
        .orElseThrow(
            () ->
                yaml.error(
                    node,
                    "'"
                        + text
                        + "' is no type of llama-quantize"
                        + NearestNames.hint(text, SchemeCatalog.standardNames())));
  }

  /** What a file records whose base is one type: what llama.cpp would guess. */
  private static OptionalInt recorded(SchemeBase base) {
    if (base instanceof SchemeBase.Mix mix) {
      return OptionalInt.of(mix.fileType().id());
    }
    if (base instanceof SchemeBase.Pure pure) {
      FileType fileType =
          pure.type() == GgmlType.MXFP4 ? FileType.MXFP4_MOE : CopiedFileType.mostly(pure.type());
      return OptionalInt.of(fileType.id());
    }
    return OptionalInt.empty();
  }

  private Fallback fallback(Node node) {
    String text = yaml.word(node, "fallback");
    return switch (text) {
      case "llama" -> Fallback.LLAMA;
      case "strict" -> Fallback.STRICT;
      default -> throw yaml.error(node, "fallback is llama or strict, not '" + text + "'");
    };
  }

  private List<SchemeRule> rules(Node node) {
    List<SchemeRule> rules = new ArrayList<>();
    for (Node item : yaml.list(node, "rules")) {
      rules.add(rule(item));
    }
    return rules;
  }

  private SchemeRule rule(Node node) {
    Map<String, Node> keys = yaml.mapping(node, "a rule", RULE_KEYS);
    GgmlType type = type(required(node, keys, "type", "a rule"));
    if (keys.size() == 1) {
      throw yaml.error(node, "a rule needs role, layers or name; for all tensors, set the base");
    }
    StringJoiner text = new StringJoiner(", ");
    Set<TensorRole> roles = EnumSet.noneOf(TensorRole.class);
    List<LayerRange> layers = new ArrayList<>();
    Optional<NamePattern> name = Optional.empty();
    if (keys.containsKey("role")) {
      text.add("role " + words(keys.get("role"), "role"));
      for (Node item : yaml.oneOrMore(keys.get("role"), "role")) {
        roles.addAll(role(item));
      }
    }
    if (keys.containsKey("layers")) {
      text.add("layers " + words(keys.get("layers"), "layers"));
      for (Node item : yaml.oneOrMore(keys.get("layers"), "layers")) {
        layers.add(layerRange(item));
      }
    }
    if (keys.containsKey("name")) {
      text.add("name " + words(keys.get("name"), "name"));
      name = Optional.of(pattern(keys.get("name")));
    }
    return new SchemeRule(roles, layers, name, type, text.toString(), yaml.place(node));
  }

  private String words(Node node, String what) {
    return String.join(
        " ", yaml.oneOrMore(node, what).stream().map(item -> yaml.word(item, what)).toList());
  }

  private Set<TensorRole> role(Node node) {
    String text = yaml.word(node, "role");
    return RoleGroup.find(text)
        .orElseThrow(
            () ->
                yaml.error(
                    node,
                    "there is no role '"
                        + text
                        + "'; the roles are "
                        + String.join(", ", RoleGroup.labels())));
  }

  private LayerRange layerRange(Node node) {
    String text = yaml.word(node, "layers");
    return located(node, () -> LayerRange.parse(text));
  }

  private NamePattern pattern(Node node) {
    String text = yaml.word(node, "name");
    return located(node, () -> NamePattern.compile(text));
  }

  private GgmlType type(Node node) {
    return type(node, yaml.word(node, "type"));
  }

  private GgmlType type(Node node, String name) {
    return located(node, () -> EncodableTypes.parse(name, "bad type"));
  }

  private Node required(Node parent, Map<String, Node> keys, String key, String what) {
    Node node = keys.get(key);
    if (node == null) {
      throw yaml.error(parent, what + " needs the key '" + key + "'");
    }
    return node;
  }

  /** Runs a step whose errors know no place, and gives them one. */
  private <T> T located(Node node, Step<T> step) {
    try {
      return step.run();
    } catch (PolicyException e) {
      throw yaml.error(node, e.getMessage());
    }
  }

  @FunctionalInterface
  private interface Step<T> {
    T run();
  }
}
