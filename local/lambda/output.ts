import { join } from 'node:path';
import type { Readable } from 'node:stream';
import type { DataFolder } from '../data-folder/open';
import { AppendedFile } from './appended-file';
import type { MetricLog, MetricRecord } from './metric-log';

/** A function has at most twice this on disk, plus the latest write. */
const rotateAtBytes = 10 * 1024 * 1024;

/** The output of functions: each line goes to the function's file, and metric lines also to the metric log. */
export class FunctionOutput {
  private readonly files = new Map<string, AppendedFile>();

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

  /** Writes a line of Lambda itself, such as a timeout, which the function cannot write. */
  note(label: string, line: string): void {
    this.write(label, [`${new Date().toISOString()}\t${line}`]);
  }

  /** Records a failed invocation: a line of Lambda, and its metric `Errors`. */
  fail(label: string, line: string): void {
    this.note(label, line);
    this.metrics.takeLine(label, invocationError(label, Date.now()));
  }

  /** Returns the newest metric records, after writing all output so far to the files. */
  since(time: number): MetricRecord[] {
    this.flush();
    return this.metrics.since(time);
  }

  get resumedAt(): number | undefined {
    return this.metrics.resumedAt;
  }

  /** Writes the buffered lines to disk. */
  flush(): void {
    for (const file of this.files.values()) file.flush();
    this.metrics.flush();
  }

  private write(label: string, lines: readonly string[]): void {
    let file = this.files.get(label);
    if (file === undefined) this.files.set(label, (file = new AppendedFile(this.logFile(label), rotateAtBytes)));
    for (const line of lines) {
      if (line === '') continue;
      file.append(line);
      this.metrics.takeLine(label, line);
    }
  }
}

/** Formats Lambda's metric of a failed invocation like the functions' metrics. */
function invocationError(label: string, timestamp: number): string {
  const metrics = [{ Namespace: 'AWS/Lambda', Dimensions: [['FunctionName']], Metrics: [{ Name: 'Errors' }] }];
  return JSON.stringify({ _aws: { Timestamp: timestamp, CloudWatchMetrics: metrics }, FunctionName: label, Errors: 1 });
}
