import { readdirSync, readFileSync } from 'node:fs';

/** The resources that the processes of a stack have used since they began. On Linux; elsewhere there is nothing to read it from. */
export interface ProcessCost {
  /** Milliseconds of one core, of this process too, which sends the load. */
  readonly cpu: Readonly<Record<Part, number>>;
  /** `read` and `write` calls of the process that all requests pass. */
  readonly runnerReads: number;
  readonly runnerWrites: number;
  /** Resident memory of the stack, in MB. */
  readonly memory: number;
}

/** `counting` are the functions that count and report to sources, `functions` all others. */
export const parts = ['runner', 'functions', 'counting', 'storage', 'client'] as const;
export type Part = (typeof parts)[number];

/** `USER_HZ`, which Linux has fixed for programs. */
const millisecondsPerTick = 10;
const bytesPerPage = 4096;
const countingNames = /AWS_LAMBDA_FUNCTION_NAME=[^\0]*(?:Count|Compact|Dispatch|Deliver)/;

/** Adds up what the processes of a stack use. One that has ended keeps what it had used when it was last read. */
export class ProcessMeter {
  private readonly used = new Map<number, { readonly part: Part; readonly milliseconds: number }>();

  /** @param runner the ID of the process that all requests pass */
  constructor(private readonly runner: number) {}

  /** @returns `undefined` where the system has no `/proc` */
  read(): ProcessCost | undefined {
    let ids: number[];
    try {
      ids = readdirSync('/proc').map(Number).filter(Number.isInteger);
    } catch {
      return undefined;
    }
    const ours = ids
      .flatMap((id) => statOf(id) ?? [])
      .filter(({ id, parent }) => id === this.runner || parent === this.runner);
    for (const { id, command, milliseconds } of ours) {
      const part = this.used.get(id)?.part ?? this.partOf(id, command);
      this.used.set(id, { part, milliseconds });
    }
    const cpu: Record<Part, number> = { runner: 0, functions: 0, counting: 0, storage: 0, client: cpuOfThisProcess() };
    for (const { part, milliseconds } of this.used.values()) cpu[part] += milliseconds;
    const calls = read(`/proc/${this.runner}/io`);
    return {
      cpu,
      runnerReads: Number(/syscr: (\d+)/.exec(calls)?.[1] ?? 0),
      runnerWrites: Number(/syscw: (\d+)/.exec(calls)?.[1] ?? 0),
      memory: Math.round(ours.reduce((sum, { memory }) => sum + memory, 0)),
    };
  }

  private partOf(id: number, command: string): Part {
    if (id === this.runner) return 'runner';
    if (command.includes('dynoxide')) return 'storage';
    return countingNames.test(read(`/proc/${id}/environ`)) ? 'counting' : 'functions';
  }
}

function statOf(
  id: number,
): { id: number; parent: number; command: string; milliseconds: number; memory: number } | undefined {
  const text = read(`/proc/${id}/stat`);
  // The name is in brackets and may hold anything, brackets too.
  const fields = text
    .slice(text.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number);
  const [, parent, , , , , , , , , , user, system, , , , , , , , , pages] = fields;
  if (parent === undefined || user === undefined || system === undefined || pages === undefined) return undefined;
  return {
    id,
    parent,
    command: read(`/proc/${id}/cmdline`),
    milliseconds: (user + system) * millisecondsPerTick,
    memory: (pages * bytesPerPage) / 1_000_000,
  };
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    // It has ended meanwhile.
    return '';
  }
}

function cpuOfThisProcess(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
