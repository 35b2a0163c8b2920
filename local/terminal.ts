/** The output for the operator, one line per fact; the functions' output goes to log files. */
export interface Terminal {
  line(text?: string): void;
  /** Reports a problem while the stack keeps running. */
  problem(text: string): void;
  /** Runs one step of start-up and prints its name, its detail and how long it took. */
  step<Result>(name: string, run: () => Promise<Result>, detail?: (result: Result) => string): Promise<Result>;
}

export function createTerminal(write: (text: string) => void = (text) => process.stdout.write(text)): Terminal {
  const colour = process.stdout.isTTY && process.env['NO_COLOR'] === undefined;
  const dim = (text: string): string => (colour ? `\u001b[2m${text}\u001b[22m` : text);
  const red = (text: string): string => (colour ? `\u001b[31m${text}\u001b[39m` : text);
  return {
    line: (text = '') => write(`${text}\n`),
    problem: (text) => write(`${red('!')} ${text}\n`),
    async step(name, run, detail) {
      const startedAt = performance.now();
      const result = await run();
      const took = `${Math.round(performance.now() - startedAt)} ms`;
      write(`  ${name.padEnd(15)} ${(detail?.(result) ?? '').padEnd(54)} ${dim(took.padStart(8))}\n`);
      return result;
    },
  };
}

/** A silent terminal for tests. */
export const silentTerminal: Terminal = {
  line: () => undefined,
  problem: () => undefined,
  step: (_name, run) => run(),
};

/** `1 queue`, `2 queues`. */
export function counted(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
