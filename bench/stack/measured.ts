import type { CountRate } from './count-rate';
import type { HandlerCost } from './handler-cost';
import type { ImportTime } from './import-time';
import type { Measurement } from './load';
import type { ReportTime } from './report-time';

/** Everything that a run of the bench found, as `bench/measured.json` keeps it. */
export interface BenchResults {
  /** `2026-11-23` */
  readonly date: string;
  readonly machine: {
    readonly cpu: string;
    readonly cores: number;
    readonly memoryGigabytes: number;
    readonly system: string;
  };
  readonly node: string;
  readonly stage: string;
  readonly connections: number;
  readonly fresh: readonly Measurement[];
  readonly aged: { readonly clicks: number; readonly postbacks: number; readonly measurements: readonly Measurement[] };
  /** Memory of the whole stack half a minute after the load, in MB. */
  readonly memoryAtRest?: number;
  readonly handlers: readonly HandlerCost[];
  readonly imports: readonly ImportTime[];
  readonly reports: readonly ReportTime[];
  readonly counting?: CountRate;
}
