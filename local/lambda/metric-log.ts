import { existsSync } from 'node:fs';
import { isObject, type JsonObject, objectOrEmpty, parseJson } from '../json';
import { AppendedFile } from './appended-file';

export interface MetricRecord {
  /** Time of reading in Unix milliseconds. */
  readonly at: number;
  readonly function: string;
  readonly record: JsonObject;
}

interface MetricLine {
  readonly at: number;
  readonly function: string;
  readonly line: string;
}

const keptInMemory = 5000;
const rotateAtBytes = 20 * 1024 * 1024;

/**
 * Metrics in CloudWatch's embedded format, which CloudWatch extracts from the log.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export class MetricLog {
  private lines: MetricLine[] = [];
  private readonly file: AppendedFile;
  /** Set where an earlier start counted, too: what was before is on disk alone. */
  readonly resumedAt: number | undefined;

  constructor(path: string) {
    this.resumedAt = existsSync(path) ? Date.now() : undefined;
    this.file = new AppendedFile(path, rotateAtBytes);
  }

  /** Keeps a log line that looks like a metric record; it is parsed only on a query. */
  takeLine(functionId: string, line: string): void {
    if (!line.startsWith('{') || !line.includes('"_aws"') || !line.includes('"CloudWatchMetrics"')) return;
    this.lines.push({ at: Date.now(), function: functionId, line });
    if (this.lines.length >= 2 * keptInMemory) this.lines = this.lines.slice(-keptInMemory);
    this.file.append(line);
  }

  /** The newest records, at most 5,000. */
  since(time: number): MetricRecord[] {
    return this.lines.slice(-keptInMemory).flatMap(({ at, function: functionId, line }) => {
      if (at < time) return [];
      const record = parseJson(line);
      return isMetricRecord(record) ? [{ at, function: functionId, record }] : [];
    });
  }

  /** Writes the buffered records to disk. */
  flush(): void {
    this.file.flush();
  }
}

function isMetricRecord(record: unknown): record is JsonObject {
  return isObject(record) && Array.isArray(objectOrEmpty(record['_aws'])['CloudWatchMetrics']);
}
