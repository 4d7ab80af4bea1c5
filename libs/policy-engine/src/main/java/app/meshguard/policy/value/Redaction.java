package app.meshguard.policy.value;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.regex.Pattern;

/**
 * Takes secrets out of what is recorded: values under names such as {@code password}, card numbers,
 * bearer tokens and our own keys. What has none is returned as it is, without a copy.
 */
public final class Redaction {
  public static final String REDACTED = "[redacted]";

  private static final Set<String> WHOLE =
      Set.of("pan", "pin", "auth", "jwt", "bearer", "session", "sessionid", "cc");
  private static final List<String> ENDINGS =
      List.of(
          "password",
          "passwd",
          "passphrase",
          "pwd",
          "secret",
          "token",
          "authorization",
          "apikey",
          "privatekey",
          "accesskey",
          "secretkey",
          "cookie",
          "cvv",
          "cvc",
          "cvv2",
          "ssn",
          "socialsecuritynumber",
          "cardnumber",
          "creditcard",
          "credential",
          "credentials");
  private static final Pattern TOKENS =
      Pattern.compile(
          "(?:msk|msat)_[0-9A-Za-z_]{20,}"
              + "|eyJ[0-9A-Za-z_-]{8,}\\.[0-9A-Za-z_-]{8,}\\.[0-9A-Za-z_-]+"
              + "|(?i:bearer|basic) [0-9A-Za-z._~+/-]{16,}=*"
              + "|-----BEGIN [A-Z ]*PRIVATE KEY-----");
  private static final Pattern CARD =
      Pattern.compile("(?<![0-9])[2-6](?:[ -]?[0-9]){12,18}(?![0-9])");

  private static final int MAX_KNOWN = 4096;
  private static final ConcurrentMap<String, Boolean> KNOWN = new ConcurrentHashMap<>();

  private Redaction() {}

  /** The value without secrets. */
  public static Object of(Object value) {
    return switch (value) {
      case String text -> of(text);
      case BigDecimal number -> isCard(number) ? REDACTED : number;
      case Map<?, ?> map -> ofMap(map);
      case List<?> list -> ofList(list);
      default -> value;
    };
  }

  /** The text without secrets. */
  public static String of(String text) {
    if (text.length() < 13) {
      return text;
    }
    String clean = text;
    if (mayHoldToken(text)) {
      clean = TOKENS.matcher(clean).replaceAll("[redacted]");
    }
    if (digitsIn(text) >= 13) {
      clean =
          CARD.matcher(clean).replaceAll(found -> isCard(found.group()) ? REDACTED : found.group());
    }
    return clean;
  }

  /** Whether a value under this name is never recorded. */
  private static boolean hides(String name) {
    Boolean known = KNOWN.get(name);
    if (known == null) {
      known = isSecretName(name);
      if (KNOWN.size() < MAX_KNOWN && name.length() < 64) {
        KNOWN.put(name, known);
      }
    }
    return known;
  }

  private static boolean isSecretName(String name) {
    StringBuilder plain = new StringBuilder(name.length());
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (Character.isLetterOrDigit(c)) {
        plain.append(c);
      }
    }
    String word = plain.toString().toLowerCase(Locale.ROOT);
    if (WHOLE.contains(word)) {
      return true;
    }
    for (String ending : ENDINGS) {
      if (word.endsWith(ending)) {
        return true;
      }
    }
    return false;
  }

  private static Object ofMap(Map<?, ?> map) {
    Map<String, Object> changed = null;
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      String key = (String) entry.getKey();
      Object before = entry.getValue();
      Object after = hides(key) ? REDACTED : of(before);
      if (after != before) {
        if (changed == null) {
          changed = copy(map);
        }
        changed.put(key, after);
      }
    }
    return changed == null ? map : changed;
  }

  private static Map<String, Object> copy(Map<?, ?> map) {
    Map<String, Object> copy = new LinkedHashMap<>();
    map.forEach((key, value) -> copy.put((String) key, value));
    return copy;
  }

  private static Object ofList(List<?> list) {
    List<Object> changed = null;
    for (int i = 0; i < list.size(); i++) {
      Object before = list.get(i);
      Object after = of(before);
      if (after != before) {
        if (changed == null) {
          changed = new ArrayList<>(list);
        }
        changed.set(i, after);
      }
    }
    return changed == null ? list : changed;
  }

  private static boolean mayHoldToken(String text) {
    return text.contains("msk_")
        || text.contains("msat_")
        || text.contains("eyJ")
        || text.contains("earer ")
        || text.contains("asic ")
        || text.contains("PRIVATE KEY");
  }

  private static int digitsIn(String text) {
    int digits = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= '0' && c <= '9') {
        digits++;
      }
    }
    return digits;
  }

  private static boolean isCard(BigDecimal number) {
    if (number.signum() <= 0 || number.precision() - number.scale() < 13) {
      return false;
    }
    return number.scale() <= 0 && number.precision() < 20 && isCard(number.toPlainString());
  }

  /** The check digit of payment cards (Luhn), and the first digit of one. */
  private static boolean isCard(String text) {
    int sum = 0;
    int digits = 0;
    for (int i = text.length() - 1; i >= 0; i--) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        continue;
      }
      int weighted = digits % 2 == 0 ? digit : digit * 2;
      sum += weighted > 9 ? weighted - 9 : weighted;
      digits++;
    }
    char first = text.charAt(0);
    return digits >= 13 && digits <= 19 && first >= '2' && first <= '6' && sum % 10 == 0;
  }
}
