import { setTimeout as pause } from 'node:timers/promises';
import { seedOf } from './chances';
import type { StackProcess } from './stack/process';

/** Fault rules that are set. */
export interface Broken {
  readonly ids: readonly number[];
  readonly rules: readonly unknown[];
}

/** Sets fault rules with separate seeds, and removes them again. */
export class FaultRules {
  /** Rules that hit nothing: their fault did not happen. */
  readonly unused: string[] = [];
  private set = 0;

  constructor(
    private readonly stack: StackProcess,
    private readonly seed: number,
  ) {}

  async break(rules: readonly unknown[]): Promise<Broken> {
    const seeded = rules.map((rule) => ({ seed: seedOf(this.seed, 'fault', this.set++), ...Object(rule) }));
    return { rules, ids: await this.stack.control.addFaults(seeded) };
  }

  /** Waits until each rule has hit something, at most so many seconds: a quick load leaves much of its work to the time after it. */
  async waitForHits({ ids }: Broken, seconds: number): Promise<void> {
    for (const deadline = Date.now() + seconds * 1000; Date.now() < deadline; await pause(200)) {
      const hits = await this.stack.control.faultHits();
      if (ids.every((id) => hits.get(id) !== 0)) return;
    }
  }

  async heal({ ids, rules }: Broken): Promise<void> {
    const hits = await this.stack.control.faultHits();
    ids.forEach((id, at) => {
      if (hits.get(id) === 0) this.unused.push(JSON.stringify(rules[at]));
    });
    for (const id of ids) await this.stack.control.removeFault(id);
  }
}
