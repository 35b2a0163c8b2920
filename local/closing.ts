/** What must be ended, in the reverse order of how it was begun. */
export class Closing {
  private readonly steps: (() => unknown)[] = [];
  private running: Promise<void> | undefined;

  /** What is begun while everything is being ended is ended at once. */
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
        // What cannot be ended must not keep the rest from ending.
      }
    }
  }
}
