// One server after another: every start is a session of its own, so that nothing of a server that failed, hangs or crashed
// stands in the way of the next one. Knows neither VS Code nor the protocol.
import { late, within } from "./limits";

export type ServerState = "starting" | "running" | "stopped" | "failed";

// One server, from its start to its end.
export interface Session {
  start(): Promise<void>; // done when it answers
  stop(): Promise<void>; // as the protocol has it, which a server that hangs never gets through
  kill(): void; // at once, in whatever state it is
}

export interface Limits {
  start: number; // milliseconds until a server must answer
  stop: number; // milliseconds that it may take to end
  crashes: number; // so many are followed by another start …
  crashSpan: number; // … within so many milliseconds
}
const usualLimits: Limits = { start: 60_000, stop: 2_000, crashes: 4, crashSpan: 180_000 };

export class ServerLife<S extends Session> {
  readonly #make: (ended: () => void) => S;
  readonly #told: (state: ServerState, why?: unknown) => void;
  readonly #limits: Limits;
  #session: S | undefined;
  #state: ServerState = "stopped";
  #wish: "start" | "stop" | undefined;
  #isOver = false;
  #working: Promise<void> | undefined;
  #interrupt = (): void => {};
  #crashes: number[] = [];

  // `make` prepares a session, which says `ended` when its server went by itself. `told` hears each state, and with the states
  // that nobody asked for the error that led there.
  constructor(make: (ended: () => void) => S, told: (state: ServerState, why?: unknown) => void, limits?: Partial<Limits>) {
    this.#make = make;
    this.#told = told;
    this.#limits = { ...usualLimits, ...limits };
  }

  // The session that can be asked now.
  get running(): S | undefined {
    return this.#state === "running" ? this.#session : undefined;
  }

  // The first start as well. However often it is asked for while one server ends and another starts, one more follows, and a
  // start that is under way is given up for it. Done when the last one runs or failed; never rejected.
  restart(): Promise<void> {
    this.#crashes = [];
    return this.#work("start");
  }

  // Until somebody restarts it, and with no error: it was wished for.
  stop(): Promise<void> {
    return this.#work("stop");
  }

  // Done when nothing is starting or ending.
  async settled(): Promise<void> {
    while (this.#working) await this.#working;
  }

  async dispose(): Promise<void> {
    this.#isOver = true;
    this.#interrupt();
    await this.settled();
    this.#state = "stopped";
    await this.#endSession();
  }

  // The last wish counts.
  #work(wish: "start" | "stop"): Promise<void> {
    if (this.#isOver) return this.settled();
    this.#wish = wish;
    this.#interrupt();
    this.#working ??= this.#fulfil();
    return this.#working;
  }

  async #fulfil(): Promise<void> {
    while (this.#wish && !this.#isOver) {
      const wish = this.#wish;
      this.#wish = undefined;
      if (wish === "start") this.#enter("starting");
      await this.#endSession();
      if (this.#wish || this.#isOver) continue;
      if (wish === "start") await this.#beginSession();
      else this.#enter("stopped");
    }
    this.#working = undefined; // in one step with the question above: nothing is asked for in between
  }

  async #beginSession(): Promise<void> {
    const interrupted = new Promise<"interrupted">((resolve) => {
      this.#interrupt = () => resolve("interrupted");
    });
    try {
      const session = this.#make(() => this.#ended(session));
      this.#session = session;
      const outcome = await Promise.race([within(this.#limits.start, session.start()), interrupted]);
      if (outcome === "interrupted") return;
      if (outcome === late) throw new Error(`the server did not answer within ${this.#limits.start / 1000} s`);
      this.#enter("running");
    } catch (error) {
      await this.#endSession();
      if (!this.#wish && !this.#isOver) this.#enter("failed", error);
    } finally {
      this.#interrupt = () => {};
    }
  }

  async #endSession(): Promise<void> {
    const session = this.#session;
    this.#session = undefined;
    if (!session) return;
    // What never came up cannot be stopped, only killed.
    await within(this.#limits.stop, session.stop()).catch(() => {});
    session.kill();
  }

  #ended(session: S): void {
    if (session !== this.running) return;
    const now = Date.now();
    this.#crashes = [...this.#crashes.filter((time) => now - time < this.#limits.crashSpan), now];
    if (this.#crashes.length <= this.#limits.crashes) {
      void this.#work("start");
      return;
    }
    this.#session = undefined;
    session.kill();
    this.#enter("stopped", new Error(`the server ended by itself ${this.#crashes.length} times in a short while`));
  }

  #enter(state: ServerState, why?: unknown): void {
    this.#state = state;
    this.#told(state, why);
  }
}
