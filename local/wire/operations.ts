import { isObject, listOf } from '../json';
import type { Service } from './message';

/** Calls of one operation on one table, queue or secret by a function, and their price in DynamoDB units. */
export interface OperationCount {
  readonly function: string;
  readonly service: Service;
  readonly operation: string;
  readonly target: string;
  readonly count: number;
  /** Responses of 400 and above, denials and injected faults included. */
  readonly failed: number;
  readonly readUnits: number;
  readonly writeUnits: number;
}

const reads = ['GetItem', 'BatchGetItem', 'TransactGetItems', 'Query', 'Scan'];

type CountKey = Pick<OperationCount, 'function' | 'service' | 'operation' | 'target'>;
type Tally = { -readonly [Field in keyof OperationCount]: OperationCount[Field] };

/** Counts wire operations, so that a test can compare "one write, no read" with the actual calls. */
export class OperationCounter {
  private readonly tallies = new Map<string, Tally>();

  record(key: CountKey, failed: boolean, capacityUnits: number): void {
    const id = `${key.function}\n${key.service}\n${key.operation}\n${key.target}`;
    const tally = this.tallies.get(id) ?? { ...key, count: 0, failed: 0, readUnits: 0, writeUnits: 0 };
    tally.count += 1;
    if (failed) tally.failed += 1;
    if (reads.includes(key.operation)) tally.readUnits += capacityUnits;
    else tally.writeUnits += capacityUnits;
    this.tallies.set(id, tally);
  }

  list(): OperationCount[] {
    return [...this.tallies.values()];
  }

  reset(): void {
    this.tallies.clear();
  }
}

/** Returns the capacity units in a response of DynamoDB: one figure, or one per table of a batch or transaction. */
export function capacityUnitsOf(consumedCapacity: unknown): number {
  return listOf(consumedCapacity)
    .filter(isObject)
    .reduce((sum, { CapacityUnits: units }) => sum + (typeof units === 'number' ? units : 0), 0);
}
