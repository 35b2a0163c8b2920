import { randomUUID } from 'node:crypto';
import { parseJson } from '../json';
import type { FunctionPool } from '../lambda/function-pool';
import type { ScheduleModel } from '../template/model';
import type { Terminal } from '../terminal';
import { readSchedule } from './expression';

/** The outcome of one run of a schedule. */
export interface ScheduledCall {
  readonly function: string;
  readonly failed: boolean;
  /** The function's answer or error, or the reason for which it was not called. */
  readonly answer: string;
}

/** Timers are limited to some weeks, and a machine that slept catches up within this interval. */
const longestWaitMilliseconds = 60 * 60_000;

/** Acts as EventBridge does for schedules: calls their functions when due. A failed run is not retried. */
export class Schedules {
  private readonly timers = new Map<string, NodeJS.Timeout>();
  private readonly dueAt = new Map<string, number>();

  constructor(
    private readonly all: readonly ScheduleModel[],
    private readonly pools: ReadonlyMap<string, Pick<FunctionPool, 'invoke'>>,
    private readonly terminal: Terminal,
  ) {}

  start(): void {
    for (const one of this.all) this.arm(one, readSchedule(one.expression).next(Date.now()));
  }

  stop(): void {
    this.timers.forEach((timer) => clearTimeout(timer));
    this.timers.clear();
    this.dueAt.clear();
  }

  list(): readonly { schedule: string; name: string; expression: string; nextAt: string | undefined }[] {
    return this.all.map(({ logicalId, label, name, expression }) => {
      const dueAt = this.dueAt.get(logicalId);
      return {
        schedule: label,
        name,
        expression,
        nextAt: dueAt === undefined ? undefined : new Date(dueAt).toISOString(),
      };
    });
  }

  /** Finds the schedule by short name, logical ID or physical name. */
  find(asked: string): ScheduleModel | undefined {
    return this.all.find(({ label, logicalId, name }) => [label, logicalId, name].includes(asked));
  }

  /** Runs a schedule as if due at a time, and waits for its function. */
  async run(schedule: ScheduleModel, at: Date): Promise<ScheduledCall> {
    const { label, logicalId } = schedule.function;
    const pool = this.pools.get(logicalId);
    if (!schedule.permitted || pool === undefined) {
      const answer = `the role of the schedule may not do lambda:InvokeFunction on ${label}.`;
      this.terminal.problem(`The schedule ${schedule.label} runs nothing: ${answer}`);
      return { function: label, failed: true, answer };
    }
    const { failed, payload } = await pool.invoke(inputOf(schedule, at));
    return { function: label, failed, answer: payload };
  }

  private arm(schedule: ScheduleModel, dueAt: number): void {
    this.dueAt.set(schedule.logicalId, dueAt);
    const wait = Math.min(Math.max(0, dueAt - Date.now()), longestWaitMilliseconds);
    const timer = setTimeout(() => {
      const now = Date.now();
      if (now < dueAt) return this.arm(schedule, dueAt);
      this.arm(schedule, readSchedule(schedule.expression).next(now));
      void this.run(schedule, new Date(dueAt));
    }, wait);
    this.timers.set(schedule.logicalId, timer);
  }
}

/** https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-schedule-context-attributes.html; times are whole seconds. */
function inputOf({ arn, input }: ScheduleModel, at: Date): unknown {
  const attributes: Readonly<Record<string, string>> = {
    'schedule-arn': arn,
    'scheduled-time': at.toISOString().replace(/\.\d+Z$/, 'Z'),
    'execution-id': randomUUID(),
    'attempt-number': '1',
  };
  return parseJson(
    input.replaceAll(/<aws\.scheduler\.([a-z-]+)>/g, (written, name: string) => attributes[name] ?? written),
  );
}
