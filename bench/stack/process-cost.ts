import { readdirSync, readFileSync } from 'node:fs';

/** What the processes of a stack have used since they began. On Linux; elsewhere there is nothing to read it from. */
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

/** @returns `undefined` where the system has no `/proc` */
export function costOf(runner: number): ProcessCost | undefined {
  let ids: number[];
  try {
    ids = readdirSync('/proc').map(Number).filter(Number.isInteger);
  } catch {
    return undefined;
  }
  const stats = ids.flatMap((id) => statOf(id) ?? []);
  const ours = stats.filter(({ id, parent }) => id === runner || parent === runner);
  const cpu: Record<Part, number> = { runner: 0, functions: 0, counting: 0, storage: 0, client: cpuOfThisProcess() };
  for (const { id, command, milliseconds } of ours) {
    if (id === runner) cpu.runner += milliseconds;
    else if (command.includes('dynoxide')) cpu.storage += milliseconds;
    else if (countingNames.test(read(`/proc/${id}/environ`))) cpu.counting += milliseconds;
    else cpu.functions += milliseconds;
  }
  const calls = read(`/proc/${runner}/io`);
  return {
    cpu,
    runnerReads: Number(/syscr: (\d+)/.exec(calls)?.[1] ?? 0),
    runnerWrites: Number(/syscw: (\d+)/.exec(calls)?.[1] ?? 0),
    memory: Math.round(ours.reduce((sum, { memory }) => sum + memory, 0)),
  };
}

function statOf(
  id: number,
): { id: number; parent: number; command: string; milliseconds: number; memory: number } | undefined {
  const text = read(`/proc/${id}/stat`);
  // The name stands in brackets and may hold anything, brackets too.
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
