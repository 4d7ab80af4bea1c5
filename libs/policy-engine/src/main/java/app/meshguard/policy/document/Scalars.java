package app.meshguard.policy.document;

import app.meshguard.policy.value.JsonNull;
import java.math.BigDecimal;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * The value of a plain scalar as YAML 1.2 has it: {@code yes}, {@code on} and {@code 1:30} are
 * texts.
 */
public final class Scalars {
  private static final Pattern NUMBER =
      Pattern.compile("[-+]?[0-9]{1,40}(\\.[0-9]{1,40})?([eE][-+]?[0-9]{1,4})?");

  private Scalars() {}

  public static Object valueOf(ScalarNode node) {
    String text = node.getValue();
    if (node.getScalarStyle() != ScalarStyle.PLAIN) {
      return text;
    }
    return switch (text) {
      case "true", "True", "TRUE" -> Boolean.TRUE;
      case "false", "False", "FALSE" -> Boolean.FALSE;
      case "null", "Null", "NULL", "~", "" -> JsonNull.NULL;
      default -> NUMBER.matcher(text).matches() ? new BigDecimal(text) : text;
    };
  }
}
