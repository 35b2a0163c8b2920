import type { environmentVariable } from '../lambdas/contract';

/** Environment variables that differ by function. Every function has STAGE; the edge's gate has other variables. */
export type VariableName = Exclude<keyof typeof environmentVariable, 'stage' | 'edgeSecretArn'>;

/** Resources that a function may access. */
export const resourceNames = [
  'config',
  'clicks',
  'conversions',
  'clicksStream',
  'conversionsStream',
  /** ListStreams has no narrower resource; it returns names alone. */
  'everyStream',
  'postbackLog',
  'visitorKeys',
  'facts',
  /** The objects of both sets of facts. */
  'factObjects',
  'reportResults',
  'factsBucket',
  'reportsWorkGroup',
  /** The catalog, the database and its tables. */
  'reportsCatalog',
  'retryQueue',
  'deadLetterQueue',
  'deliveries',
  'dueDeliveries',
  'deliveriesBySource',
  'deliveryQueue',
  'masterSecret',
] as const;
export type ResourceName = (typeof resourceNames)[number];

/** All settings of one function; its handler is `lambdas/NAME/handler.ts`. */
export interface FunctionEntry {
  readonly description: string;
  readonly timeoutSeconds: number;
  /** Maximum bundle size: INIT is billed, and a visitor waits for it. */
  readonly bundleKilobytes: number;
  /** The metric that shows its failures: its errors, the API's answers, or how late its work is. The dashboard has 50 metrics free. */
  readonly failuresShowAs: 'errors' | 'answers' | 'lateness';
  /**
   * Alarms that roll back a release of the function. An alarm that rings for hours, such as `RetriesStuck`, would block the release that
   * fixes its cause. A function without any is released in one step.
   */
  readonly rollbackAlarms?: readonly string[];
  /** Files beside its code by their names there, with the setting that names each. */
  readonly files?: Readonly<Record<string, 'countryFile'>>;
  /** Environment variables beside STAGE. */
  readonly environment: readonly VariableName[];
  /** Allowed actions by resource. */
  readonly actions: Readonly<Partial<Record<ResourceName, readonly string[]>>>;
}
