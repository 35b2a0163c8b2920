import { appendFileSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import type { DataFolder } from '../data-folder/open';
import type { MetricLog } from './metric-log';

/** A log file is moved aside at this size, over the one moved aside before: a function has at most twice this on disk. */
const rotateAtBytes = 10 * 1024 * 1024;

/** What functions print: each line to the function's file, and metric lines to the metric log too. */
export class FunctionOutput {
  private readonly sizes = new Map<string, number>();

  constructor(
    private readonly data: DataFolder,
    private readonly metrics: MetricLog,
  ) {}

  logFile(label: string): string {
    return join(this.data.logs, `${label}.log`);
  }

  /** Follows a stream of one environment, line by line. */
  follow(label: string, stream: Readable): void {
    let rest = '';
    stream.setEncoding('utf8');
    stream.on('data', (chunk: string) => {
      const lines = (rest + chunk).split('\n');
      rest = lines.pop() ?? '';
      this.write(label, lines);
    });
    stream.on('end', () => rest !== '' && this.write(label, [rest]));
    stream.on('error', () => undefined);
  }

  /** A line of Lambda itself, such as a timeout, which the function cannot write. */
  note(label: string, line: string): void {
    this.write(label, [`${new Date().toISOString()}\t${line}`]);
  }

  private write(label: string, lines: readonly string[]): void {
    const kept = lines.filter((line) => line !== '');
    if (kept.length === 0) return;
    for (const line of kept) this.metrics.takeLine(label, line);
    const file = this.logFile(label);
    const text = `${kept.join('\n')}\n`;
    const size = (this.sizes.get(file) ?? sizeOf(file)) + Buffer.byteLength(text);
    try {
      if (size > rotateAtBytes) renameSync(file, `${file}.1`);
      appendFileSync(file, text);
      this.sizes.set(file, size > rotateAtBytes ? Buffer.byteLength(text) : size);
    } catch {
      // A full disk must not end the stack; the functions' answers matter more than their logs.
    }
  }
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}
