package app.meshguard.local.demo;

import app.meshguard.local.demo.Gateway.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Plays the calls one after the other and keeps what was expected and what came. */
final class Play {
  private final String run = "demo-" + UUID.randomUUID().toString().substring(0, 8);
  private final List<Scene> scenes = new ArrayList<>();

  /**
   * One line of the table.
   *
   * @param times how often the call was made, each time with the same trace id
   */
  record Scene(
      Caller caller,
      Call call,
      int times,
      String traceId,
      Verdict expected,
      Verdict got,
      @Nullable String reason) {
    boolean asExpected() {
      return expected.equals(got);
    }
  }

  List<Scene> scenes() {
    return List.copyOf(scenes);
  }

  /** Asks {@code /v1/check}. */
  void check(Caller caller, Call call, Verdict expected) {
    check(caller, call, 1, expected);
  }

  /** Asks {@code /v1/check} several times; the first answer that differs is what is kept. */
  void check(Caller caller, Call call, int times, Verdict expected) {
    play(
        caller,
        call,
        times,
        expected,
        traceId -> caller.check(call.action(), call.context(), traceId),
        Verdict::ofCheck);
  }

  /** Asks {@code /proxy/check}, as the published clients do. */
  void proxyCheck(Caller caller, Call call, Verdict expected) {
    play(
        caller,
        call,
        1,
        expected,
        traceId -> caller.proxyCheck(call.action(), call.context(), traceId),
        Verdict::ofProxy);
  }

  private void play(
      Caller caller,
      Call call,
      int times,
      Verdict expected,
      Function<String, Answer> ask,
      Function<Answer, Verdict> read) {
    var traceId = run + "-" + (scenes.size() + 1);
    Answer answer;
    Verdict got;
    var asked = 0;
    do {
      answer = ask.apply(traceId);
      got = read.apply(answer);
      asked++;
    } while (asked < times && got.equals(expected));
    scenes.add(new Scene(caller, call, asked, traceId, expected, got, reasonOf(answer)));
  }

  private static @Nullable String reasonOf(Answer answer) {
    var body = answer.body();
    for (var field : List.of("reason", "message", "detail")) {
      if (body.path(field).isTextual()) {
        return body.path(field).textValue();
      }
    }
    return null;
  }
}
