import type { DeliverySettlement } from '../../../lambdas/adapters/deliveries-table';
import type { StoredDelivery } from '../../../lambdas/adapters/delivery-item';
import type { KnownHealth } from '../../../lambdas/adapters/source-health-table';
import { deliverBatch, type BatchStores, type DeliveryMessage } from '../../../lambdas/deliver/batch';
import { deliverySourceAttribute } from '../../../lambdas/contract';
import { readDocument, type Version } from '../../../lambdas/domain/configuration/document';
import { healthy } from '../../../lambdas/domain/outbound/breaker';
import { deliveryIdOf, type DeliveryId } from '../../../lambdas/domain/outbound/delivery-id';
import { newClickId } from '../adapters/support/claims';
import { noHurry } from '../adapters/support/storage';
import { conversionOf } from '../domain/outbound/support';

/** Time that passes only where everybody waits for it. */
export class SimulatedTime {
  now = 0;
  private readonly timers: { readonly at: number; readonly wake: () => void }[] = [];

  sleep(milliseconds: number): Promise<void> {
    return new Promise((wake) => this.timers.push({ at: this.now + milliseconds, wake }));
  }

  async runUntil(end: number): Promise<void> {
    for (;;) {
      await new Promise((resolve) => setImmediate(resolve));
      const next = this.timers.reduce((first, { at }) => Math.min(first, at), Infinity);
      if (next > end) return;
      this.now = next;
      for (const timer of this.timers.splice(0)) {
        if (timer.at <= next) timer.wake();
        else this.timers.push(timer);
      }
    }
  }
}

interface Queued {
  readonly id: DeliveryId;
  readonly source: string | undefined;
  visibleAt: number;
  receives: number;
}

const storageMilliseconds = 5;
const visibilityMilliseconds = 360_000;
const sweptMilliseconds = 60_000;
const runs = 10;
const batchSize = 10;

/** Ten runs of `deliver` that work off a queue first in, first out, over rows in memory. A fair queue would only be kinder. */
export class SimulatedQueue {
  readonly rows = new Map<DeliveryId, StoredDelivery>();
  /** Requests to each source. */
  readonly calls = new Map<string, number>();
  /** From being queued to the source's answer. */
  readonly latencies = new Map<string, number[]>();
  private readonly messages: Queued[] = [];
  private readonly health = new Map<string, KnownHealth>();

  /** @param answerMilliseconds how long a source takes; `undefined` where it never answers */
  constructor(
    private readonly time: SimulatedTime,
    private readonly answerMilliseconds: (source: string) => number | undefined,
  ) {
    for (let run = 0; run < runs; run += 1) void this.poll();
    void this.sweep();
  }

  add(source: string): void {
    const conversion = conversionOf({ clickId: newClickId(), source });
    const { clickId, conversionKey, version, event, status } = conversion;
    const id = deliveryIdOf(conversion, source, 'main', 'first');
    const made = { state: 'due', attempts: 0, createdAt: this.time.now, when: 'first' } as const;
    const about = { id, sourceId: source, postbackId: 'main', clickId, conversionKey, conversionVersion: version };
    this.rows.set(id, { ...about, ...made, event, status });
    this.messages.push({ id, source, visibleAt: this.time.now, receives: 0 });
  }

  private async poll(): Promise<void> {
    for (;;) {
      const batch = this.messages.filter(({ visibleAt }) => visibleAt <= this.time.now).slice(0, batchSize);
      if (batch.length === 0) await this.time.sleep(20);
      for (const message of batch) {
        message.visibleAt = this.time.now + visibilityMilliseconds;
        message.receives += 1;
      }
      const back = await deliverBatch(batch.map(messageOf), this.stores(), noHurry);
      for (const message of batch) {
        if (!back.includes(message.id)) this.messages.splice(this.messages.indexOf(message), 1);
      }
    }
  }

  /** What is due is queued once more each minute, without its source. */
  private async sweep(): Promise<void> {
    for (;;) {
      await this.time.sleep(sweptMilliseconds);
      for (const { id, dueAt } of this.rows.values()) {
        const isQueued = this.messages.some((message) => message.id === id);
        if (dueAt === undefined || dueAt > this.time.now || isQueued) continue;
        this.messages.push({ id, source: undefined, visibleAt: this.time.now, receives: 0 });
      }
    }
  }

  private stores(): BatchStores {
    const { time, rows } = this;
    const known = (source: string): KnownHealth => this.health.get(source) ?? { health: healthy, revision: 0 };
    const read = async (source: string): Promise<KnownHealth> => {
      await time.sleep(storageMilliseconds);
      return known(source);
    };
    return {
      configuration: { find: async (_, id) => sourceOf(id) as never },
      deliveries: {
        async claim(id, { token, until }, now) {
          await time.sleep(storageMilliseconds);
          const row = rows.get(id);
          if (row?.state !== 'due' || (row.dueAt ?? 0) > now) return undefined;
          if ((row.leasedUntil ?? 0) > now) return row.dueAt === undefined ? 'taken' : undefined;
          const claimed = { ...row, lease: token, leasedUntil: until };
          rows.set(id, claimed);
          return claimed;
        },
        ofGroup: async (id) => [...rows.values()].filter((row) => row.id === id),
        async settle(id, _, settlement) {
          await time.sleep(storageMilliseconds);
          const row = rows.get(id);
          if (row !== undefined) rows.set(id, settled(row, settlement));
          return row !== undefined;
        },
      },
      health: {
        of: read,
        glance: read,
        write: async (source, { revision }, health) => {
          await time.sleep(storageMilliseconds);
          if (known(source).revision !== revision) return false;
          this.health.set(source, { health, revision: revision + 1 });
          return true;
        },
      },
      releases: { begin: async () => undefined },
      templateOf: () => undefined,
      conversionOf: async ({ clickId, conversionKey, sourceId }) =>
        conversionOf({ clickId, conversionKey, source: sourceId }),
      parametersOf: async () => ({}),
      secretsOf: async () => ({}),
      accessTokens: { of: async () => ({ ok: true, token: 'token' }) },
      send: async ({ url }) => {
        const source = new URL(url).hostname.split('.')[0] ?? '';
        this.calls.set(source, (this.calls.get(source) ?? 0) + 1);
        const milliseconds = this.answerMilliseconds(source);
        await time.sleep(milliseconds ?? 5000);
        return milliseconds === undefined ? { failure: 'OUTCOME_UNKNOWN' } : { httpStatus: 200, text: 'OK' };
      },
      now: () => time.now,
      random: () => 0.5,
      newToken: () => String(Math.random()),
      hide: async (hidden) => {
        for (const { receiptHandle, seconds } of hidden) {
          const message = this.messages.find(({ id }) => id === receiptHandle);
          if (message !== undefined) message.visibleAt = time.now + seconds * 1000;
        }
      },
      report: (delivered) => {
        if (delivered.kind !== 'settled' || delivered.settlement.state !== 'delivered') return;
        const { sourceId, createdAt } = delivered.delivery;
        this.latencies.set(sourceId, [...(this.latencies.get(sourceId) ?? []), time.now - createdAt]);
      },
    };
  }
}

function settled(row: StoredDelivery, settlement: DeliverySettlement): StoredDelivery {
  const { lease: _, leasedUntil: __, dueAt: ___, ...kept } = row;
  return { ...kept, ...settlement };
}

function messageOf({ id, source, receives }: Queued): DeliveryMessage {
  return {
    body: id,
    messageId: id,
    receiptHandle: id,
    attributes: { ApproximateReceiveCount: String(receives) },
    messageAttributes:
      source === undefined ? {} : { [deliverySourceAttribute]: { dataType: 'String', stringValue: source } },
  };
}

const documents = new Map<string, Version<'source'>>();

function sourceOf(id: string): Version<'source'> {
  const known = documents.get(id);
  if (known !== undefined) return known;
  const url = `https://${id}.example.com/?id={external_id}`;
  const reading = readDocument('source', { name: id, postbacks: [{ id: 'main', when: 'first', url }] });
  if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
  const version = { kind: 'source', id, version: 1, changedAt: 0, author: 'test', document: reading.document } as const;
  documents.set(id, version);
  return version;
}
