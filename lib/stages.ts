import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { StageSettings } from './stage-settings';
import { builtInAlarms } from './stage/alarm-settings';

/** The two built-in stages. A team adds stages, or changes these, in bin/stages.ts or by `-c stages='{…}'`. */
export const builtInStages = {
  /** Costs next to nothing, shows a change of configuration immediately, and leaves nothing behind when destroyed. */
  dev: {
    removal: 'destroy',
    deletionProtection: false,
    pointInTimeRecovery: false,
    logRetentionDays: RetentionDays.ONE_WEEK,
    logLevel: 'DEBUG',
    memoryMegabytes: 256,
    throttle: { rate: 100, burst: 200, batch: { rate: 5, burst: 10 }, admin: { rate: 20, burst: 40 } },
    routeMetrics: false,
    hotKeyInsights: false,
    configCacheSeconds: 0,
    postbackLogRetentionDays: 90,
    retryMaxConcurrency: 2,
    functions: { compact: { memoryMegabytes: 1024 }, admin: { memoryMegabytes: 1024 } },
    reports: { windowSeconds: 1, scanLimitMegabytes: 1_000 },
    release: 'all-at-once',
    executeApi: true,
    alarms: builtInAlarms.dev,
  },
  /** Keeps every row through a mistaken `cdk destroy`, and pages when money is being lost. */
  prod: {
    removal: 'retain',
    deletionProtection: true,
    pointInTimeRecovery: true,
    logRetentionDays: RetentionDays.ONE_MONTH,
    logLevel: 'INFO',
    memoryMegabytes: 256,
    throttle: { rate: 2000, burst: 4000, batch: { rate: 20, burst: 40 }, admin: { rate: 50, burst: 100 } },
    routeMetrics: true,
    hotKeyInsights: false,
    configCacheSeconds: 60,
    postbackLogRetentionDays: 90,
    retryMaxConcurrency: 10,
    functions: { compact: { memoryMegabytes: 1024 }, admin: { memoryMegabytes: 1024 } },
    reports: { windowSeconds: 60, scanLimitMegabytes: 20_000 },
    release: 'canary-15-minutes',
    executeApi: true,
    alarms: builtInAlarms.prod,
  },
} satisfies Record<'dev' | 'prod', StageSettings>;
