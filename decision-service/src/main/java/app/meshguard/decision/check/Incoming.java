package app.meshguard.decision.check;

import app.meshguard.decision.credential.Caller;
import app.meshguard.decision.credential.Credentials;
import app.meshguard.decision.credential.Identification.Identified;
import app.meshguard.decision.credential.Identification.Rejected;
import app.meshguard.decision.credential.Identification.Unknown;
import app.meshguard.decision.credential.PresentedCredential;
import app.meshguard.decision.json.InvalidJson;
import app.meshguard.decision.json.JsonReading;
import app.meshguard.decision.platform.Problems;
import app.meshguard.wire.ProblemCode;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.impl.ContextInternal;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What all surfaces read of a request in the same way. */
public final class Incoming {
  private Incoming() {}

  public static PresentedCredential credential(MultiMap headers) {
    return new PresentedCredential(
        headers.get("Authorization"),
        headers.get("X-MeshGuard-API-Key"),
        name(headers, "X-MeshGuard-Agent"),
        name(headers, "X-MeshGuard-Agent-ID"));
  }

  /** An empty header names nobody. */
  private static @Nullable String name(MultiMap headers, String header) {
    String name = text(headers, header);
    return name == null || name.isBlank() ? null : name.strip();
  }

  /** The event loop that serves this request. */
  public static Executor home() {
    ContextInternal context = ContextInternal.current();
    if (context == null) {
      throw new IllegalStateException("not on an event loop");
    }
    return context.nettyEventLoop();
  }

  /** A header as text: its bytes are UTF-8, though they come as single characters. */
  public static @Nullable String text(MultiMap headers, String name) {
    String value = headers.get(name);
    if (value == null) {
      return null;
    }
    for (int i = 0; i < value.length(); i++) {
      if (value.charAt(i) >= 0x80) {
        return new String(value.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
      }
    }
    return value;
  }

  /** The action that the agent names, or null. */
  public static @Nullable String action(MultiMap headers) {
    String action = text(headers, "X-MeshGuard-Action");
    if (action != null && !CheckRequest.isAction(action)) {
      throw new InvalidJson(
          "X-MeshGuard-Action must be a text of at most 512 characters without control characters");
    }
    return action;
  }

  /** The resource that the agent names, or null. */
  public static @Nullable String resource(MultiMap headers) {
    String resource = text(headers, "X-MeshGuard-Resource");
    if (resource != null && !CheckRequest.isResource(resource)) {
      throw new InvalidJson("X-MeshGuard-Resource must be a text of at most 2,048 characters");
    }
    return resource;
  }

  /** Whether a receipt is asked for. */
  public static boolean receipt(MultiMap headers) {
    String text = headers.get("X-MeshGuard-Receipt");
    if (text == null || text.equals("false")) {
      return false;
    }
    if (text.equals("true")) {
      return true;
    }
    throw new InvalidJson("X-MeshGuard-Receipt must be true or false");
  }

  /** The context in {@code X-MeshGuard-Meta}, or null. */
  public static @Nullable Map<String, Object> meta(MultiMap headers) {
    String text = headers.get("X-MeshGuard-Meta");
    if (text == null) {
      return null;
    }
    return CheckRequest.own(
        JsonReading.object(text.getBytes(StandardCharsets.ISO_8859_1)), "X-MeshGuard-Meta");
  }

  /** Reads a body of JSON; answers by itself when there is none that can be read. */
  public static void json(HttpServerRequest request, int max, Consumer<byte[]> action) {
    String type = request.getHeader("Content-Type");
    if (type != null && !type.contains("json")) {
      Problems.answer(
          request.response(), ProblemCode.UNSUPPORTED_MEDIA_TYPE, "Send application/json.");
      return;
    }
    if (request.query() != null) {
      Problems.answer(
          request.response(),
          ProblemCode.INVALID_REQUEST,
          "This path takes no query parameters; leave out ?" + request.query() + ".");
      return;
    }
    body(
        request,
        max,
        body -> guarded(request, body, action),
        () ->
            Problems.answer(
                request.response(),
                ProblemCode.PAYLOAD_TOO_LARGE,
                "A body has at most " + max / 1024 + " KiB."));
  }

  private static void guarded(HttpServerRequest request, byte[] body, Consumer<byte[]> action) {
    try {
      action.accept(body);
    } catch (InvalidJson e) {
      String message = e.getMessage();
      Problems.answer(
          request.response(),
          ProblemCode.INVALID_REQUEST,
          message == null ? "The body is not valid." : message);
    } catch (RuntimeException e) {
      Problems.unknown(request.response(), e);
    }
  }

  /** Who calls; answers 401 and returns null when that is not known, or not good any more. */
  public static @Nullable Caller caller(Credentials credentials, HttpServerRequest request) {
    return switch (credentials.identify(credential(request.headers()))) {
      case Identified(Caller caller) -> caller;
      case Rejected rejected -> {
        Problems.answer(request.response(), ProblemCode.UNAUTHORIZED, rejected.message());
        yield null;
      }
      case Unknown(String message) -> {
        Problems.answer(request.response(), ProblemCode.UNAUTHORIZED, message);
        yield null;
      }
    };
  }

  /** Reads a body that has an upper bound; {@code tooLarge} is run when it is beyond. */
  static void body(HttpServerRequest request, int max, Consumer<byte[]> whole, Runnable tooLarge) {
    String length = request.getHeader("Content-Length");
    if (length != null && length.length() > 9) {
      tooLarge.run();
      return;
    }
    request.handler(new Gathering(request, max, whole, tooLarge)::part);
  }

  /** Collects the parts; most bodies are one. */
  private static final class Gathering {
    private final HttpServerRequest request;
    private final int max;
    private final Runnable tooLarge;
    private Buffer all = Buffer.buffer(0);
    private boolean refused;

    Gathering(HttpServerRequest request, int max, Consumer<byte[]> whole, Runnable tooLarge) {
      this.request = request;
      this.max = max;
      this.tooLarge = tooLarge;
      request.endHandler(
          end -> {
            if (!refused) {
              whole.accept(all.getBytes());
            }
          });
    }

    void part(Buffer part) {
      if (refused) {
        return;
      }
      if (all.length() + part.length() > max) {
        refused = true;
        if (request.version() != HttpVersion.HTTP_2) {
          // HTTP/2 ends the stream instead, and takes the header for an error.
          request.response().putHeader("Connection", "close");
        }
        tooLarge.run();
        return;
      }
      all = all.length() == 0 ? part : all.appendBuffer(part);
    }
  }
}
