package app.meshguard.local.demo;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/** A shop's support agent: exact amounts, and a limit that holds. */
final class ShopScenes {
  private static final String POLICY = "small-biz-support-policy";
  private static final int EMAILS_AN_HOUR = 50;

  private ShopScenes() {}

  static void play(Play play, DemoTenant tenant, Gateway gateway) {
    var agent = tenant.create("support-bot", Map.of("tags", List.of("support")));
    var support = Caller.withToken(tenant, gateway, agent);
    var backend = Caller.withApiKey(tenant, gateway, agent, tenant.keyForAgents("support"));

    play.check(support, Call.of("read:orders"), Verdict.allow(POLICY, "allow-read:orders"));
    play.check(
        backend,
        Call.of("read:customers").noted("by API key"),
        Verdict.allow(POLICY, "allow-read:customers"));
    play.check(support, Call.of("read:accounting"), Verdict.deny(POLICY, "deny-read:accounting"));
    play.check(support, Call.of("delete:customers"), Verdict.denyByDefault(POLICY));

    var refund = Call.of("write:refund");
    var askTheOwner = Verdict.deny(POLICY, "deny-write:refund");
    play.check(
        support,
        refund.with("amount", new BigDecimal("50")),
        Verdict.allow(POLICY, "allow-write:refund"));
    play.check(support, refund.with("amount", new BigDecimal("50.01")), askTheOwner);
    play.check(support, refund.noted("no amount"), askTheOwner);
    play.check(support, refund.with("amount", "50").noted("as text"), askTheOwner);

    var email = Call.of("write:email");
    play.check(
        support,
        email.noted("the first " + EMAILS_AN_HOUR),
        EMAILS_AN_HOUR,
        Verdict.allow(POLICY, "allow-write:email"));
    play.check(
        support,
        email.noted("number " + (EMAILS_AN_HOUR + 1)),
        Verdict.deny(POLICY, "allow-write:email"));
  }
}
