package app.meshguard.endtoend;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The commands of a Markdown file that its readers are promised to work as pasted.
 *
 * <p>A comment before a fenced bash block marks it: {@code <!-- runnable -->} must succeed, {@code
 * <!-- runnable: text -->} must also print the text, {@code <!-- runnable until: text -->} is
 * repeated until it does.
 */
record RunnableBlocks(String source, List<Block> blocks) {
  private static final Pattern MARKED =
      Pattern.compile(
          "<!-- runnable(?<until> until)?(?:: (?<text>.+?))? -->\\s*\\n```bash\\n(?<commands>.*?)```",
          Pattern.DOTALL);

  private static final String PRELUDE =
      """
      set -euo pipefail
      output=$(mktemp)
      exec 3>&1
      failed() { echo "block $block failed:"; cat "$output"; exit 1; } >&3
      trap failed ERR
      """;

  private static final String ONCE =
      """
      block=%1$d
      {
      %2$s} > "$output" 2>&1
      [[ $(<"$output") == *%3$s* ]] || { echo "not printed: "%3$s; failed; }
      """;

  private static final String UNTIL =
      """
      block=%1$d
      for attempt in $(seq 300); do
      {
      %2$s} > "$output" 2>&1
      if [[ $(<"$output") == *%3$s* ]]; then break; fi
      sleep 0.1
      done
      [[ $(<"$output") == *%3$s* ]] || { echo "not printed in time: "%3$s; failed; }
      """;

  /**
   * One marked block.
   *
   * @param prints what its output must hold; empty when nothing is said
   */
  record Block(String commands, String prints, boolean repeated) {}

  static RunnableBlocks of(Path markdown) throws IOException {
    return parse(markdown.getFileName().toString(), Files.readString(markdown));
  }

  static RunnableBlocks parse(String source, String markdown) {
    var blocks = new ArrayList<Block>();
    var marked = MARKED.matcher(markdown);
    while (marked.find()) {
      var text = marked.group("text");
      blocks.add(
          new Block(
              marked.group("commands"), text == null ? "" : text, marked.group("until") != null));
    }
    return new RunnableBlocks(source, List.copyOf(blocks));
  }

  /** One bash script that runs the blocks in order in one shell, as a reader's terminal would. */
  String script() {
    var script = new StringBuilder(PRELUDE);
    for (var index = 0; index < blocks.size(); index++) {
      var block = blocks.get(index);
      script.append(
          (block.repeated() ? UNTIL : ONCE)
              .formatted(index + 1, block.commands(), quoted(block.prints())));
    }
    return script.append("echo \"all blocks done\"\n").toString();
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }
}
