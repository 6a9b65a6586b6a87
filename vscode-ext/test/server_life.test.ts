import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { ServerLife } from "../src/server_life";
import type { Limits, Session } from "../src/server_life";

type Start = "comes up" | "fails" | "hangs";

// A server that does as it is told, and writes down what is done to it.
class Stub implements Session {
  static all: Stub[] = [];
  readonly name = Stub.all.push(this);
  constructor(
    readonly startsAs: Start,
    readonly hangsAtStop: boolean,
    readonly ended: () => void,
  ) {}

  async start(): Promise<void> {
    happened.push(`start ${this.name}`);
    if (this.startsAs === "hangs") await new Promise(() => {});
    await pause();
    if (this.startsAs === "fails") throw new Error("no such program");
  }
  async stop(): Promise<void> {
    happened.push(`stop ${this.name}`);
    if (this.startsAs !== "comes up") throw new Error("a client that does not run cannot be stopped");
    if (this.hangsAtStop) await new Promise(() => {});
    await pause();
  }
  kill(): void {
    happened.push(`kill ${this.name}`);
  }
}

let happened: string[] = [];
const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 2));

// Servers that start as it is said here, one after another, the last one for ever.
function lifeOf(starts: Start[], limits: Partial<Limits> = {}, hangsAtStop = false): ServerLife<Stub> {
  const make = (ended: () => void): Stub => new Stub(starts.length > 1 ? starts.shift()! : starts[0]!, hangsAtStop, ended);
  const told = (state: string, why?: unknown): void => {
    happened.push(why instanceof Error ? `${state}: ${why.message}` : state);
  };
  return new ServerLife(make, told, { start: 500, stop: 20, ...limits });
}

beforeEach(() => {
  happened = [];
  Stub.all = [];
});

test("a start", async () => {
  const life = lifeOf(["comes up"]);
  assert.equal(life.running, undefined);
  await life.restart();
  assert.equal(life.running, Stub.all[0]);
  assert.deepEqual(happened, ["starting", "start 1", "running"]);
});

test("a restart: the old server is gone before the new one comes", async () => {
  const life = lifeOf(["comes up"]);
  await life.restart();
  await life.restart();
  assert.equal(life.running, Stub.all[1]);
  assert.deepEqual(happened.slice(3), ["starting", "stop 1", "kill 1", "start 2", "running"]);
});

test("after a start that failed, the next one is as good as the first", async () => {
  const life = lifeOf(["fails", "comes up"]);
  await life.restart();
  assert.equal(life.running, undefined);
  assert.deepEqual(happened, ["starting", "start 1", "stop 1", "kill 1", "failed: no such program"]);
  await life.restart();
  assert.equal(life.running, Stub.all[1]);
});

test("a session that cannot even be made is a start that failed", async () => {
  const life = new ServerLife<Stub>(
    () => {
      throw new Error("no editor of this age");
    },
    (state, why) => happened.push(`${state} ${why instanceof Error ? why.message : ""}`.trim()),
  );
  await life.restart();
  assert.deepEqual(happened, ["starting", "failed no editor of this age"]);
});

test("a restart while a server starts ends that start, even if it hangs", async () => {
  const life = lifeOf(["hangs", "comes up"]);
  const first = life.restart();
  await pause();
  await life.restart();
  await first;
  assert.equal(life.running, Stub.all[1]);
  assert.deepEqual(happened, ["starting", "start 1", "starting", "stop 1", "kill 1", "start 2", "running"]);
});

test("many restarts at once are one", async () => {
  const life = lifeOf(["comes up"]);
  await life.restart();
  await Promise.all([life.restart(), life.restart(), life.restart(), life.restart()]);
  assert.equal(Stub.all.length, 2);
  assert.equal(life.running, Stub.all[1]);
});

test("a server that hangs when it is to end is killed, and the next one comes", async () => {
  const life = lifeOf(["comes up"], {}, true);
  await life.restart();
  await life.restart();
  assert.equal(life.running, Stub.all[1]);
  assert.deepEqual(happened.slice(3), ["starting", "stop 1", "kill 1", "start 2", "running"]);
});

test("a server that never answers is given up", async () => {
  const life = lifeOf(["hangs"], { start: 10 });
  await life.restart();
  assert.equal(happened.at(-1), "failed: the server did not answer within 0.01 s");
  assert.ok(happened.includes("kill 1"));
});

test("a server that goes by itself comes again, but not for ever", async () => {
  const life = lifeOf(["comes up"], { crashes: 2 });
  const crash = async (): Promise<number | undefined> => {
    life.running?.ended();
    await life.settled();
    return life.running?.name;
  };
  await life.restart();
  assert.equal(await crash(), 2);
  assert.equal(await crash(), 3);
  assert.equal(await crash(), undefined);
  assert.equal(happened.at(-1), "stopped: the server ended by itself 3 times in a short while");
  // Who asks for it gets it, with as many chances as before.
  await life.restart();
  assert.equal(await crash(), 5);
});

test("an old server that goes late changes nothing", async () => {
  const life = lifeOf(["comes up"]);
  await life.restart();
  await life.restart();
  Stub.all[0]!.ended();
  await life.settled();
  assert.equal(life.running, Stub.all[1]);
});

test("at the end nothing is left, whatever was going on", async () => {
  const life = lifeOf(["hangs"]);
  const start = life.restart();
  await pause();
  await life.dispose();
  await start;
  assert.deepEqual(happened, ["starting", "start 1", "stop 1", "kill 1"]);
  await life.restart();
  assert.equal(Stub.all.length, 1);
});

test("a server that is stopped stays so until it is started, and nobody is told of an error", async () => {
  const life = lifeOf(["comes up"]);
  await life.restart();
  await life.stop();
  assert.equal(life.running, undefined);
  assert.deepEqual(happened.slice(3), ["stop 1", "kill 1", "stopped"]);
  await life.restart();
  assert.equal(life.running, Stub.all[1]);
});

test("the last wish counts", async () => {
  const life = lifeOf(["comes up"]);
  void life.restart();
  await life.stop();
  assert.equal(life.running, undefined);
  assert.equal(happened.at(-1), "stopped");
  void life.stop();
  await life.restart();
  assert.equal(happened.at(-1), "running");
});
