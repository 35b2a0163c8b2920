import { Duration, Validations } from 'aws-cdk-lib';
import { EventSourceMapping, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { streamArn, type TrackingTables } from '../tracking-tables';

/** Props of `Counting`. */
export interface CountingProps {
  /** Seconds for which changes are collected before they are counted together. */
  readonly windowSeconds: number;
  readonly tables: TrackingTables;
  readonly count: IFunction;
}

/** Lambda's maximum; the payload limit of 6 MB also applies. */
const batchSize = 10_000;

/**
 * Sends every change of clicks and conversions to the count function, which needs the shard and one reader at a time: so the tumbling
 * window. A failed batch is retried until the stream drops it: a retry limit would skip changes silently.
 */
export class Counting extends Construct {
  readonly mappings: readonly EventSourceMapping[];

  constructor(scope: Construct, id: string, { windowSeconds, tables, count }: CountingProps) {
    super(scope, id);
    const window = Duration.seconds(windowSeconds);
    const read = (name: string, eventSourceArn: string): EventSourceMapping => {
      const mapping = new EventSourceMapping(this, name, {
        target: count,
        eventSourceArn,
        startingPosition: StartingPosition.TRIM_HORIZON,
        batchSize,
        maxBatchingWindow: window,
        tumblingWindow: window,
      });
      Validations.of(mapping).acknowledge({
        id: 'Serverless-LambdaEventSourceMappingDestination',
        reason: 'The stream repeats changes until they are counted, and an alarm rings long before they expire.',
      });
      return mapping;
    };
    this.mappings = [read('Clicks', streamArn(tables.clicks)), read('Conversions', streamArn(tables.conversions))];
  }
}
