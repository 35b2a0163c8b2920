/** The steps that end the stack, run in the reverse order of their registration. */
export class Closing {
  private readonly steps: (() => unknown)[] = [];
  private running: Promise<void> | undefined;

  /** Registers a step; after `run` has begun, the step runs immediately. */
  add(step: () => unknown): void {
    if (this.running === undefined) this.steps.push(step);
    else
      void Promise.resolve()
        .then(step)
        .catch(() => undefined);
  }

  /** Runs every step once, also where one of them fails. */
  run(): Promise<void> {
    this.running ??= this.runAll();
    return this.running;
  }

  private async runAll(): Promise<void> {
    for (const step of this.steps.reverse()) {
      try {
        await step();
      } catch {
        // A failing step must not keep the others from running.
      }
    }
  }
}
