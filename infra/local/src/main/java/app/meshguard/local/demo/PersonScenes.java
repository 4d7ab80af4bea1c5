package app.meshguard.local.demo;

import app.meshguard.local.demo.ClockedReplicas.ClockedReplica;
import java.util.List;
import java.util.Map;

/** A person's assistant: money, doors and the night are out of bounds. */
final class PersonScenes {
  private static final String POLICY = "personal-assistant-policy";

  private PersonScenes() {}

  /** Both replicas must stand within the lifetime of a token that is made now. */
  static void play(
      Play play,
      DemoTenant tenant,
      Gateway gateway,
      ClockedReplica lateEvening,
      ClockedReplica deepNight) {
    var agent = tenant.create("assistant", Map.of("tags", List.of("personal")));
    var assistant = Caller.withToken(tenant, gateway, agent);
    var readAnything = Verdict.allow(POLICY, "allow-read:*");
    var noMoney = Verdict.deny(POLICY, "deny-*:financial");

    play.check(assistant, Call.of("read:calendar"), readAnything);
    play.check(assistant, Call.of("read:financial"), noMoney);
    play.check(assistant, Call.of("read:financial.accounts"), noMoney);
    play.check(assistant, Call.of("read:financials"), readAnything);
    play.check(assistant, Call.of("write:calendar"), Verdict.denyByDefault(POLICY));

    var home = Call.of("write:smart_home");
    var notThatDevice = Verdict.deny(POLICY, "deny-write:smart_home");
    play.proxyCheck(
        assistant,
        home.with("device_type", "lights"),
        Verdict.allow(POLICY, "allow-write:smart_home"));
    play.proxyCheck(assistant, home.with("device_type", "door_lock"), notThatDevice);
    play.proxyCheck(assistant, home, notThatDevice);

    var message = Call.of("write:message");
    play.check(
        Caller.withToken(tenant, gateway.at(lateEvening.url()), agent),
        message.noted("at 23:30"),
        Verdict.allow(POLICY, "allow-write:message"));
    play.check(
        Caller.withToken(tenant, gateway.at(deepNight.url()), agent),
        message.noted("at 03:00"),
        Verdict.denyByDefault(POLICY));
  }
}
