"""Drives the MeshGuard client as published on the package index against a running stack.

Usage: published_client.py <base url>

Runs with the interpreter of an environment in which `meshguard==0.1.1` was installed by name. Signs
up a tenant of its own, starts an upstream on loopback for the proxied calls, and prints one line a
step; ends with 1 when one is not as it should be.
"""

import importlib.metadata
import json
import re
import sys
import threading
import time
import uuid
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx
from meshguard import (
    AuthenticationError,
    MeshGuardClient,
    MeshGuardError,
    PolicyDeniedError,
    RateLimitError,
)

RFC_3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)")

POLICY = """
name: published-client
appliesTo:
  tags: [published-client]
rules:
  - actions: ["read:contacts", "write:contacts", "delete:contacts"]
    effect: allow
  - actions: ["read:api/*", "write:api/*", "delete:api/*"]
    effect: allow
  - action: "read:secrets"
    effect: deny
    reason: "Secrets stay where they are"
  - action: "write:refund"
    effect: allow
    conditions: ["request.amount <= 50"]
  - action: "write:contract"
    effect: require_approval
    reason: "A lawyer reads it first"
  - action: "write:email"
    effect: allow
    conditions: ["rate_limit(2, '1h')"]
"""


class Echo(BaseHTTPRequestHandler):
    """Answers every call with what it received, as JSON."""

    protocol_version = "HTTP/1.1"
    received = 0

    def answer(self):
        Echo.received += 1
        length = int(self.headers.get("Content-Length") or 0)
        body = self.rfile.read(length).decode() if length else ""
        payload = json.dumps(
            {
                "method": self.command,
                "path": self.path,
                "headers": {name.lower(): value for name, value in self.headers.items()},
                "body": body,
            }
        ).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(payload)))
        self.end_headers()
        self.wfile.write(payload)

    do_GET = do_POST = do_PUT = do_DELETE = answer

    def log_message(self, *_):
        pass


class Failed(Exception):
    pass


def must(condition, what, seen=None):
    if not condition:
        raise Failed(what if seen is None else f"{what}, but saw {seen!r}")


def raises(kind, call):
    try:
        call()
    except kind as caught:
        return caught
    raise Failed(f"{kind.__name__} was not raised")


class Run:
    def __init__(self, base_url):
        self.base_url = base_url
        with httpx.Client(base_url=base_url, timeout=30) as http:
            signup = http.post(
                "/signup",
                json={
                    "name": "Published client " + uuid.uuid4().hex[:8],
                    "email": f"client-{uuid.uuid4().hex[:8]}@example.com",
                    "agentName": "first",
                },
            )
            must(signup.status_code == 201, "sign-up answers 201", signup.text)
            self.tenant = signup.json()
            admin = {"X-Admin-Token": self.tenant["adminToken"]}
            applied = http.post(
                "/admin/policies",
                headers={**admin, "Content-Type": "application/yaml"},
                content=POLICY,
            )
            must(applied.status_code < 300, "the policy is applied", applied.text)
            target = http.post(
                "/admin/targets",
                headers=admin,
                json={"name": "echo", "baseUrl": upstream_url(), "primary": True},
            )
            must(target.status_code < 300, "the target is stored", target.text)
        self.admin = MeshGuardClient(
            gateway_url=base_url, admin_token=self.tenant["adminToken"]
        )
        self.made = self.admin.create_agent("worker", tags=["published-client"])
        self.client = MeshGuardClient(
            gateway_url=base_url,
            agent_token=self.made["token"],
            trace_id="published-" + uuid.uuid4().hex,
        )

    # Each step is one promise of the client's own documentation.

    def health(self):
        must(self.client.is_healthy(), "is_healthy()")
        health = self.client.health()
        for key in ("status", "timestamp", "version", "mode"):
            must(key in health, f"health has {key}", health)

    def created_agent(self):
        must(self.made["id"].startswith("agent_"), "the agent has an id", self.made["id"])
        must(self.made["trustTier"] == "verified", "tier as asked", self.made)

    def list_agents(self):
        agents = {agent.name: agent for agent in self.admin.list_agents()}
        must(set(agents) == {"first", "worker"}, "both agents are listed", list(agents))
        worker = agents["worker"]
        must(worker.trust_tier == "verified", "trust tier", worker.trust_tier)
        must(worker.tags == ["published-client"], "tags", worker.tags)
        must(worker.org_id == self.tenant["orgId"], "organisation", worker.org_id)

    def list_policies(self):
        policies = self.admin.list_policies()
        must([p["name"] for p in policies] == ["published-client"], "one policy", policies)

    def check_allowed(self):
        decision = self.client.check("read:contacts")
        must(decision.allowed and decision.decision == "allow", "allowed", decision)
        must(decision.policy == "published-client", "the policy is named", decision)
        must(decision.trace_id == self.client.trace_id, "trace id", decision)

    def check_denied(self):
        decision = self.client.check("read:secrets", resource="vault/7")
        must(not decision.allowed and decision.decision == "deny", "denied", decision)
        must(decision.policy == "published-client", "the policy is named", decision)
        must(decision.rule == "deny-read:secrets", "the rule is named", decision)
        must(decision.reason == "Secrets stay where they are", "the reason", decision)

    def check_without_a_rule(self):
        decision = self.client.check("write:unknown")
        must(not decision.allowed and decision.reason, "denied with a message", decision)

    def check_without_context(self):
        # This client sends no context: what needs an amount is denied, never allowed.
        must(not self.client.check("write:refund").allowed, "denied without an amount")

    def check_needs_approval(self):
        # The client knows yes and no only: what a human must approve is not a yes.
        must(not self.client.check("write:contract").allowed, "not allowed before approval")

    def enforce(self):
        must(self.client.enforce("read:contacts").allowed, "enforce lets through")
        denied = raises(PolicyDeniedError, lambda: self.client.enforce("read:secrets"))
        must(denied.policy == "published-client", "policy on the exception", denied.policy)
        must(denied.rule == "deny-read:secrets", "rule on the exception", denied.rule)
        must("Secrets stay" in str(denied), "reason on the exception", str(denied))

    def govern(self):
        entered = []
        with self.client.govern("write:contacts") as decision:
            entered.append(decision.allowed)
        must(entered == [True], "the governed block ran")

        def denied_block():
            with self.client.govern("read:secrets"):
                entered.append("ran")

        raises(PolicyDeniedError, denied_block)
        must(entered == [True], "the denied block did not run")

    def rate_limit(self):
        must(self.client.check("write:email").allowed, "first")
        must(self.client.check("write:email").allowed, "second")
        raises(RateLimitError, lambda: self.client.check("write:email"))

    def proxy(self):
        calls = {
            "GET": lambda: self.client.get("/api/contacts?page=2", action="read:contacts"),
            "POST": lambda: self.client.post(
                "/api/contacts", action="write:contacts", json={"name": "Ann"}
            ),
            "PUT": lambda: self.client.put(
                "/api/contacts/1", action="write:contacts", json={"name": "Bob"}
            ),
            "DELETE": lambda: self.client.delete("/api/contacts/1", action="delete:contacts"),
        }
        for method, call in calls.items():
            echoed = call().json()
            must(echoed["method"] == method, "the method arrives", echoed)
            must(echoed["path"].startswith("/api/contacts"), "the path arrives", echoed)
            for header in ("authorization", "x-meshguard-api-key", "x-admin-token"):
                must(header not in echoed["headers"], f"no {header} upstream", echoed["headers"])
            if method == "GET":
                must(echoed["path"].endswith("?page=2"), "the query arrives", echoed)
            if method in ("POST", "PUT"):
                must("name" in json.loads(echoed["body"]), "the body arrives", echoed)

    def proxy_denied(self):
        before = Echo.received
        raises(PolicyDeniedError, lambda: self.client.get("/api/x", action="read:secrets"))
        # The path counts as well: an action that is allowed does not open another path.
        raises(PolicyDeniedError, lambda: self.client.get("/internal", action="read:contacts"))
        must(Echo.received == before, "nothing reached the upstream")

    def audit_log(self):
        deadline = time.monotonic() + 30
        wanted = {"read:contacts", "read:secrets", "write:email", "write:contract"}
        while True:
            entries = self.admin.get_audit_log(limit=100)
            mine = [e for e in entries if e["traceId"] == self.client.trace_id]
            if wanted <= {e["action"] for e in mine} or time.monotonic() > deadline:
                break
        must(wanted <= {e["action"] for e in mine}, "the calls are in the log", mine)
        denied = self.admin.get_audit_log(limit=100, decision="deny")
        must(denied and all(e["decision"] == "deny" for e in denied), "only denials", denied)
        entry = next(e for e in denied if e["action"] == "read:secrets")
        must(entry["agentName"] == "worker", "agent of the entry", entry)
        must(entry["policy"] == "published-client", "policy of the entry", entry)
        must(entry["rule"] == "deny-read:secrets", "rule of the entry", entry)
        must(len(self.admin.get_audit_log(limit=1)) == 1, "limit is kept")

    # The Go client sends more headers, and decodes into types: what it expects is asked by hand.

    def go_requests(self):
        made = httpx.post(
            self.base_url + "/admin/keys",
            headers={"X-Admin-Token": self.tenant["adminToken"]},
            json={"name": "backend", "agentTags": ["published-client"]},
        )
        must(made.status_code == 201, "a key for the agents with a tag", made.text)
        headers = {
            "Authorization": "Bearer " + made.json()["key"],
            "X-MeshGuard-Trace-ID": str(time.time_ns()),
            "X-MeshGuard-Action": "write:refund",
        }

        def status(agent, amount):
            named = {
                **headers,
                "X-MeshGuard-Agent-ID": agent,
                "X-MeshGuard-Meta": json.dumps({"amount": amount}),
            }
            return httpx.get(self.base_url + "/proxy/check", headers=named).status_code

        must(status("worker", 50) == 200, "key as bearer, agent by name, context in the header")
        must(status("worker", 50.01) == 403, "the context counts")
        must(status(self.made["id"], 50) == 200, "agent by id")
        must(status("nobody", 50) in (401, 403), "an agent that is not there")
        must(status("first", 50) in (401, 403), "an agent without the key's tag")
        token = {
            "Authorization": "Bearer " + self.made["token"],
            "X-MeshGuard-Agent-ID": self.made["id"],
            "X-MeshGuard-Action": "read:contacts",
        }
        own = httpx.get(self.base_url + "/proxy/check", headers=token)
        must(own.status_code == 200, "a token's own agent may be named beside it", own.text)

    def go_types(self):
        admin = {"X-Admin-Token": self.tenant["adminToken"]}

        def listed(path, field):
            answer = httpx.get(self.base_url + path, headers=admin)
            must(answer.status_code == 200, path, answer.text)
            return answer.json()[field]

        def typed(item, **types):
            for field, kind in types.items():
                value = item.get(field)
                if value is None:
                    continue
                if kind == "time":
                    must(
                        isinstance(value, str) and RFC_3339.fullmatch(value),
                        f"{field} is an RFC 3339 time",
                        value,
                    )
                elif kind == "texts":
                    must(
                        isinstance(value, list) and all(isinstance(v, str) for v in value),
                        f"{field} is a list of texts",
                        value,
                    )
                else:
                    must(isinstance(value, kind), f"{field} is a {kind.__name__}", value)

        for agent in listed("/admin/agents", "agents"):
            typed(agent, id=str, name=str, trustTier=str, tags="texts", capabilities="texts")
            typed(agent, orgId=str, createdAt="time")
        for policy in listed("/admin/policies", "policies"):
            typed(policy, id=str, name=str, description=str, createdAt="time", updatedAt="time")
            must(isinstance(policy.get("rules"), list), "rules are a list", policy)
            for rule in policy["rules"]:
                typed(rule, id=str, name=str, action=str, effect=str)
        check = {
            "action": "read:contacts",
            "resource": {"id": "c-1", "type": "contact"},
            "traceId": "typed-" + uuid.uuid4().hex,
        }
        asked = httpx.post(
            self.base_url + "/v1/check",
            headers={"Authorization": "Bearer " + self.made["token"]},
            json=check,
        )
        must(asked.status_code == 200, "a resource that is an object", asked.text)
        path = "/admin/audit?limit=100&traceId=" + check["traceId"]
        deadline = time.monotonic() + 30
        while not listed(path, "entries") and time.monotonic() < deadline:
            time.sleep(0.05)
        must(listed(path, "entries"), "the call is in the log")
        for entry in listed("/admin/audit?limit=100", "entries"):
            typed(entry, id=str, timestamp="time", action=str, decision=str, agentId=str)
            typed(entry, policy=str, rule=str, reason=str, resource=str, meta=dict)

    def wrong_credentials(self):
        stranger = MeshGuardClient(gateway_url=self.base_url, agent_token="not-a-token")
        raises(AuthenticationError, lambda: stranger.check("read:contacts"))
        nobody = MeshGuardClient(gateway_url=self.base_url, admin_token="not-a-token")
        raises(AuthenticationError, nobody.list_agents)

    def revoke_agent(self):
        other = self.admin.create_agent("short-lived", tags=["published-client"])
        client = MeshGuardClient(gateway_url=self.base_url, agent_token=other["token"])
        must(client.check("read:contacts").allowed, "the new agent's first call works")
        must(self.admin.revoke_agent(other["id"]) is None, "revoke answers")
        raises(AuthenticationError, lambda: client.check("read:contacts"))
        raises(MeshGuardError, lambda: self.admin.revoke_agent("agent_doesnotexist0000"))


STEPS = [
    Run.health,
    Run.created_agent,
    Run.list_agents,
    Run.list_policies,
    Run.check_allowed,
    Run.check_denied,
    Run.check_without_a_rule,
    Run.check_without_context,
    Run.check_needs_approval,
    Run.enforce,
    Run.govern,
    Run.rate_limit,
    Run.proxy,
    Run.proxy_denied,
    Run.audit_log,
    Run.go_requests,
    Run.go_types,
    Run.wrong_credentials,
    Run.revoke_agent,
]

upstream = ThreadingHTTPServer(("127.0.0.1", 0), Echo)


def upstream_url():
    return f"http://127.0.0.1:{upstream.server_port}"


def main():
    version = importlib.metadata.version("meshguard")
    must(version == "0.1.1", "the published version is installed", version)
    threading.Thread(target=upstream.serve_forever, daemon=True).start()
    run = Run(sys.argv[1].rstrip("/"))
    failed = 0
    for step in STEPS:
        name = step.__name__.replace("_", " ")
        try:
            step(run)
            print(f"ok      {name}", flush=True)
        except Exception as problem:  # every step is reported, whatever went wrong in it
            failed += 1
            print(f"FAILED  {name}: {type(problem).__name__}: {problem}", flush=True)
    print(f"{len(STEPS) - failed} of {len(STEPS)} steps as they should be")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
