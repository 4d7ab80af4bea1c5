package app.meshguard.bench.engine;

import app.meshguard.bench.claims.ClaimsCall;
import app.meshguard.bench.engine.EngineState.Asked;
import app.meshguard.policy.Effect;
import com.cedarpolicy.BasicAuthorizationEngine;
import com.cedarpolicy.model.AuthorizationRequest;
import com.cedarpolicy.model.AuthorizationResponse;
import com.cedarpolicy.model.entity.Entities;
import com.cedarpolicy.model.entity.Entity;
import com.cedarpolicy.model.exception.AuthException;
import com.cedarpolicy.model.policy.PolicySet;
import com.cedarpolicy.value.CedarList;
import com.cedarpolicy.value.Decimal;
import com.cedarpolicy.value.EntityUID;
import com.cedarpolicy.value.PrimLong;
import com.cedarpolicy.value.PrimString;
import com.cedarpolicy.value.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The same rules and calls as Cedar says them: the verb is the action, the resource an entity. It
 * has no regular expressions, so a {@code like} stands for each, which is less work. The policies
 * are parsed once and kept by the binding, its best.
 */
final class CedarState {
  private static final String CLAIMS =
      """
      permit(principal, action == Action::"read", resource == Kind::"claims")
        when { context has department && context.department == principal.department };
      permit(principal, action == Action::"write", resource == Kind::"claim_approval")
        when { context.amount <= 1000 && context.risk_score.lessThan(decimal("0.5")) };
      forbid(principal, action == Action::"write", resource == Kind::"claim_approval")
        when { context.amount > 1000 && context.amount <= 10000 };
      forbid(principal, action == Action::"write", resource == Kind::"claim_approval")
        when { context.amount > 10000 };
      """;

  /** Calls in a round; each has its own request, as a service would make one. */
  private static final int OTHERS = 16;

  private final BasicAuthorizationEngine engine = new BasicAuthorizationEngine();
  private final PolicySet policies;
  private final List<Question> questions = new ArrayList<>();

  private record Question(AuthorizationRequest request, Entities entities, boolean allowed) {}

  CedarState(int rules) throws Exception {
    StringBuilder text = new StringBuilder(CLAIMS);
    for (int n = 0; n < rules; n++) {
      write(text, ManyRules.rule(n));
    }
    policies = PolicySet.parsePolicies(text.toString());
    policies.cache();
    for (int i = 0; i < OTHERS; i++) {
      int last = ClaimsCall.MIX.size() - (rules == 0 ? 0 : 1);
      ClaimsCall.MIX
          .subList(0, last)
          .forEach(call -> questions.add(question(EngineState.asked(call))));
      if (rules > 0) {
        questions.add(question(Scenes.other(i, rules)));
      }
    }
  }

  private static void write(StringBuilder text, ManyRules.Rule rule) {
    text.append(rule.allows() ? "permit(principal, action" : "forbid(principal, action");
    text.append(rule.verb().equals("*") ? "" : " == Action::\"" + rule.verb() + "\"");
    text.append(
        rule.resource().contains("*")
            ? ", resource"
            : ", resource == Kind::\"" + rule.resource() + "\"");
    List<String> conditions = new ArrayList<>();
    if (rule.resource().contains("*")) {
      conditions.add("resource.name like \"" + rule.resource() + "\"");
    }
    if (rule.allows()) {
      conditions.add("context.amount <= " + (rule.number() + 1_000));
    }
    if (rule.matchesNote()) {
      conditions.add("context.note like \"INV-*\"");
    }
    text.append(")");
    if (!conditions.isEmpty()) {
      text.append(" when { ").append(String.join(" && ", conditions)).append(" }");
    }
    text.append(";\n");
  }

  private static Question question(Asked asked) {
    String[] action = asked.call().action().split(":", 2);
    EntityUID principal = uid("Agent", "claims-bot");
    EntityUID resource = uid("Kind", action[1]);
    Map<String, Value> context = new HashMap<>();
    asked.call().context().forEach((key, value) -> context.put(key, value(value)));
    Set<Entity> entities =
        Set.of(
            new Entity(
                principal, Map.of("department", new PrimString(ClaimsCall.DEPARTMENT)), Set.of()),
            new Entity(resource, Map.of("name", new PrimString(action[1])), Set.of()));
    return new Question(
        new AuthorizationRequest(principal, uid("Action", action[0]), resource, context),
        new Entities(entities),
        asked.expected() == Effect.ALLOW);
  }

  private static EntityUID uid(String type, String id) {
    return EntityUID.parse(type + "::\"" + id + "\"").orElseThrow();
  }

  private static Value value(Object value) {
    return switch (value) {
      case BigDecimal number when number.scale() > 0 -> new Decimal(number.toPlainString());
      case BigDecimal number -> new PrimLong(number.longValueExact());
      case List<?> list -> new CedarList(list.stream().map(item -> value((Object) item)).toList());
      default -> new PrimString(value.toString());
    };
  }

  int size() {
    return questions.size();
  }

  /** Asks Cedar; throws when it does not decide as it must. */
  boolean ask(int index) throws AuthException {
    Question question = questions.get(index);
    AuthorizationResponse response =
        engine.isAuthorized(question.request(), policies, question.entities());
    boolean allowed = response.success.map(success -> success.isAllowed()).orElseThrow();
    if (allowed != question.allowed()) {
      throw new IllegalStateException(
          "Cedar decides " + question.request() + " otherwise: " + allowed);
    }
    return allowed;
  }
}
