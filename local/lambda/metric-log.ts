import { appendFileSync, renameSync, statSync } from 'node:fs';
import { isObject, type JsonObject, objectOrEmpty, parseJson } from '../json';

export interface MetricRecord {
  /** When it was read, in Unix milliseconds. */
  readonly at: number;
  readonly function: string;
  readonly record: JsonObject;
}

const keptInMemory = 5000;
const rotateAtBytes = 20 * 1024 * 1024;

/**
 * Metrics in CloudWatch's embedded format, which CloudWatch would take out of the log.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export class MetricLog {
  private readonly records: MetricRecord[] = [];
  private size: number;

  constructor(private readonly file: string) {
    this.size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  }

  /** Keeps a log line if it is a metric record. */
  takeLine(functionId: string, line: string): void {
    if (!line.includes('"_aws"') || !line.startsWith('{')) return;
    const record = parseJson(line);
    if (!isObject(record) || !Array.isArray(objectOrEmpty(record['_aws'])['CloudWatchMetrics'])) return;
    this.records.push({ at: Date.now(), function: functionId, record });
    if (this.records.length > keptInMemory) this.records.splice(0, this.records.length - keptInMemory);
    this.append(`${line}\n`);
  }

  since(time: number): MetricRecord[] {
    return this.records.filter(({ at }) => at >= time);
  }

  private append(text: string): void {
    try {
      if (this.size > rotateAtBytes) {
        renameSync(this.file, `${this.file}.1`);
        this.size = 0;
      }
      appendFileSync(this.file, text);
      this.size += Buffer.byteLength(text);
    } catch {
      // As for logs: a full disk must not end the stack.
    }
  }
}
