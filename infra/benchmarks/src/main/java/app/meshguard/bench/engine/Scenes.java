package app.meshguard.bench.engine;

import app.meshguard.bench.claims.ClaimsCall;
import app.meshguard.bench.claims.ClaimsPolicy;
import app.meshguard.bench.engine.EngineState.Asked;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What is measured, by name: policies and calls that the tables of the report speak of. */
final class Scenes {
  private static final Set<String> TAGS =
      Set.of("personal", "support", "small-business", "claims-processing", "enterprise");

  /** Calls of other actions in a round: so many that no memory of past actions helps. */
  private static final int OTHERS = 2_048;

  private Scenes() {}

  static EngineState named(String scene) {
    String[] parts = scene.split(":", 2);
    EngineState state =
        switch (parts[0]) {
          case "seed" -> seed(parts[1]);
          case "rules" -> grown(Integer.parseInt(parts[1]), 0);
          case "policies" -> grown(2_000, Integer.parseInt(parts[1]));
          case "allow", "deny-by-default", "deep-condition" -> one(parts[0]);
          default -> throw new IllegalArgumentException(scene);
        };
    return state.verified();
  }

  private static EngineState seed(String name) {
    List<Asked> calls =
        switch (name) {
          case "enterprise-claims" -> ClaimsCall.MIX.stream().map(EngineState::asked).toList();
          case "personal-assistant" ->
              List.of(
                  asked("read:calendar", Map.of(), true),
                  asked("read:financial.accounts", Map.of(), false),
                  asked("write:message", Map.of("to", "ann"), true),
                  asked("write:smart_home", Map.of("device_type", "lights"), true),
                  asked("write:smart_home", Map.of("device_type", "door_lock"), false));
          case "small-business-support" ->
              List.of(
                  asked("read:orders", Map.of(), true),
                  asked("write:refund", Map.of("amount", 50), true),
                  asked("write:refund", Map.of("amount", 50.01), false),
                  asked("write:email", Map.of("to", "ann"), true),
                  asked("read:accounting", Map.of(), false));
          case "customer-support-access" ->
              List.of(
                  asked("tool:customer-lookup", Map.of(), true),
                  asked("tool:ticket-update", Map.of("ticket", "t-1"), true),
                  asked("tool:code-execute", Map.of(), false),
                  asked("tool:unknown", Map.of(), false),
                  asked("read:orders", Map.of(), false));
          case "tiered-guardrails" ->
              List.of(
                  asked("read_customer_info", Map.of(), true),
                  asked("tool:schedule_callback", Map.of("at", "noon"), true),
                  asked("modify_billing", Map.of(), false),
                  asked("write:export_customer_list", Map.of(), false),
                  asked("write:unknown", Map.of(), false));
          default -> throw new IllegalArgumentException(name);
        };
    return new EngineState(EngineState.compile(List.of(ClaimsPolicy.text(name)), TAGS), calls);
  }

  private static Asked asked(String action, Map<String, Object> context, boolean allowed) {
    return EngineState.asked(action, context, allowed);
  }

  /** The claims policy among so many more rules; every fifth call is of another action. */
  private static EngineState grown(int rules, int policies) {
    List<Asked> calls = new ArrayList<>();
    for (int i = 0; i < OTHERS; i++) {
      for (int turn = 0; turn < ClaimsCall.MIX.size() - 1; turn++) {
        calls.add(EngineState.asked(ClaimsCall.MIX.get(turn)));
      }
      calls.add(other(i, rules));
    }
    return new EngineState(EngineState.compile(grownTexts(rules, policies), TAGS), calls);
  }

  static List<String> grownTexts(int rules, int policies) {
    List<String> texts = new ArrayList<>(ManyRules.documents(rules, policies));
    texts.add(ClaimsPolicy.text());
    return texts;
  }

  /** Half of the other actions are known to a rule of the many, half to none. */
  static Asked other(int i, int rules) {
    Map<String, Object> context = Map.of("amount", 999, "note", ManyRules.NOTE);
    int number = i / 2 * 7 % rules;
    return i % 2 == 0
        ? asked(ManyRules.actionOf(number), context, ManyRules.rule(number).allows())
        : asked("read:unknown_" + i, context, false);
  }

  private static EngineState one(String kind) {
    List<String> texts = new ArrayList<>(ManyRules.documents(1_000, 0));
    texts.add(
        """
        name: deep
        rules:
          - action: "pay:*"
            effect: allow
            conditions:
              - "request.amount * 1.19 + request.fee <= 1000 AND NOT (request.amount < 0)"
              - "request.currency IN ['EUR', 'USD', 'GBP'] OR (request.vip == true AND len(request.note) > 3)"
              - any:
                  - "request.customer.country == 'DE' AND request.customer.age_days >= 30"
                  - all: ["request.customer.tier MATCHES 'gold*'", {not: "exists(request.customer.blocked)"}]
              - context: {note: {startsWith: [INV, PO], notMatches: ["*<*"]}, amount: {gt: 0, lte: 5000}}
              - "((((((((request.amount > 1 OR request.amount > 2) AND request.fee < 9) OR request.vip == true) AND time.hour >= 8) OR request.vip == false) AND time.weekday <= 5) OR request.vip == true) AND request.note STARTS_WITH 'INV')"
        """);
    List<Asked> calls =
        switch (kind) {
          case "allow" -> List.of(asked(ManyRules.actionOf(41), Map.of("amount", 5), true));
          case "deny-by-default" -> List.of(asked("read:nothing", Map.of("amount", 5), false));
          default ->
              List.of(
                  asked(
                      "pay:supplier",
                      Map.of(
                          "amount",
                          99.5,
                          "fee",
                          1.25,
                          "currency",
                          "EUR",
                          "vip",
                          false,
                          "note",
                          ManyRules.NOTE,
                          "customer",
                          Map.of("country", "AT", "tier", "gold-2")),
                      true));
        };
    return new EngineState(EngineState.compile(texts, TAGS), calls);
  }
}
