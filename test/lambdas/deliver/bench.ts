import { randomUUID } from 'node:crypto';
import { deliveriesTable, type DeliveriesTable } from '../../../lambdas/adapters/deliveries-table';
import type { QueuedDelivery } from '../../../lambdas/adapters/delivery-queue';
import type { StoredDelivery } from '../../../lambdas/adapters/delivery-item';
import { heldReleases, type HeldReleases } from '../../../lambdas/adapters/held-releases';
import { releaseRequests } from '../../../lambdas/adapters/release-request';
import { sourceHealthTable, type SourceHealthTable } from '../../../lambdas/adapters/source-health-table';
import { writeConversion } from '../../../lambdas/adapters/conversion-item';
import { deliverBatch, type BatchStores, type DeliveryMessage } from '../../../lambdas/deliver/batch';
import { deliver, type Delivered, type DeliverStores } from '../../../lambdas/deliver/deliver';
import { dispatch } from '../../../lambdas/dispatch/dispatch';
import type { Dispatched } from '../../../lambdas/dispatch/dispatched';
import { releaseHeldDeliveries } from '../../../lambdas/dispatch/release';
import { queueDueDeliveries } from '../../../lambdas/dispatch/sweep';
import { deliverySourceAttribute } from '../../../lambdas/contract';
import { templateOf } from '../../../lambdas/domain/outbound/sources';
import { readDocument, type Version } from '../../../lambdas/domain/configuration/document';
import type { Conversion } from '../../../lambdas/domain/conversion/conversion';
import type { DeliveryId } from '../../../lambdas/domain/outbound/delivery-id';
import type { Attempt } from '../../../lambdas/domain/outbound/judge';
import type { OutboundRequest, Secrets } from '../../../lambdas/domain/outbound/request';
import { tableNames } from '../../storage/local-dynamodb';
import { noHurry, type Storage } from '../adapters/support/storage';
import { now } from '../domain/support/factories';

export const accepted: Attempt = { httpStatus: 200, text: 'OK' };
export const down: Attempt = { httpStatus: 503, text: 'come back later' };

/** The functions that dispatch and deliver over real tables, with a queue, a clock and a source of its own. */
export class Bench {
  now = now;
  answer: Attempt = accepted;
  /** May throw: the function dies after the request went out. */
  answerTo: (request: OutboundRequest) => Attempt | Promise<Attempt> = () => this.answer;
  secrets: Secrets = {};
  rejects = false;
  readonly sent: OutboundRequest[] = [];
  readonly queued: DeliveryId[] = [];
  /** Seconds of each message that was hidden. */
  readonly hidden: number[] = [];
  readonly deliveries: DeliveriesTable;
  readonly health: SourceHealthTable;
  readonly releases: HeldReleases;
  private readonly conversions = new Map<string, Conversion>();
  private source: Version<'source'> | undefined;
  private readonly stores: DeliverStores;

  /** @param sourceId one that no other bench of the same storage has */
  constructor(
    storage: Storage,
    readonly sourceId: string,
  ) {
    this.deliveries = deliveriesTable(storage.client, tableNames.deliveries);
    this.health = sourceHealthTable(storage.client, tableNames.deliveries);
    this.releases = heldReleases(storage.client, tableNames.deliveries);
    this.stores = {
      configuration: { find: async () => this.source as never },
      deliveries: this.deliveries,
      health: this.health,
      releases: releaseRequests(storage.client, tableNames.deliveries),
      templateOf,
      conversionOf: async ({ clickId, conversionKey }) => this.conversions.get(`${clickId} ${conversionKey}`),
      parametersOf: async () => ({}),
      secretsOf: async () => this.secrets,
      accessTokens: { of: async () => ({ ok: true, token: 'token' }) },
      send: async (request) => {
        this.sent.push(request);
        return this.answerTo(request);
      },
      now: () => this.now,
      random: () => 0.5,
      newToken: randomUUID,
    };
  }

  configure(...postbacks: readonly Readonly<Record<string, unknown>>[]): void {
    const reading = readDocument('source', {
      name: 'News',
      postbacks: postbacks.map((fields) => ({ id: 'main', when: 'first', url: 'https://news.example/pb', ...fields })),
    });
    if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
    const { document } = reading;
    this.source = { kind: 'source', id: this.sourceId, version: 1, changedAt: this.now, author: 'test', document };
  }

  change(before: Conversion | undefined, after: Conversion, times = 1): Promise<Dispatched> {
    return this.changes(Array.from({ length: times }, () => [before, after] as const));
  }

  /** Changes that the stream brings in one batch. */
  changes(all: readonly (readonly [before: Conversion | undefined, after: Conversion])[]): Promise<Dispatched> {
    const records = all.map(([before, after], at) => {
      this.conversions.set(`${after.clickId} ${after.conversionKey}`, after);
      const item = writeConversion(after);
      const { clickId = { S: '' }, conversionKey = { S: '' } } = item;
      return {
        sequence: String(at + 1),
        at: this.now,
        keys: { clickId, conversionKey },
        before: before && writeConversion(before),
        after: item,
      };
    });
    return dispatch(records, { ...this.stores, deliveries: this.deliveries, queue: this.queue }, noHurry);
  }

  /** Works off what is queued, a repeated message too. */
  async work(): Promise<readonly Delivered[]> {
    const done: Delivered[] = [];
    for (const id of this.queued.splice(0)) done.push(await this.deliver(id));
    return done;
  }

  deliver(id: DeliveryId): Promise<Delivered> {
    return deliver(id, this.stores, noHurry);
  }

  /** Works a batch of messages, each received so often; answers those that come back. */
  batch(ids: readonly DeliveryId[], receives = 1): Promise<readonly string[]> {
    const messages = ids.map((id): DeliveryMessage => ({
      body: id,
      messageId: id,
      receiptHandle: `handle of ${id}`,
      attributes: { ApproximateReceiveCount: String(receives) },
      messageAttributes: { [deliverySourceAttribute]: { dataType: 'String', stringValue: this.sourceId } },
    }));
    const hide: BatchStores['hide'] = async (hidden) => void this.hidden.push(...hidden.map(({ seconds }) => seconds));
    return deliverBatch(messages, { ...this.stores, hide, report: () => undefined }, noHurry);
  }

  /** Lets time pass, sweeps and works. */
  async after(milliseconds: number): Promise<readonly Delivered[]> {
    this.now += milliseconds;
    await this.sweep();
    return this.work();
  }

  /** What the schedule does each minute. */
  async sweep(): Promise<void> {
    await releaseHeldDeliveries({ releases: this.releases }, this.now, noHurry);
    await queueDueDeliveries({ deliveries: this.deliveries, queue: this.queue }, this.now, noHurry);
  }

  async row(id: DeliveryId): Promise<StoredDelivery> {
    const all = await this.deliveries.ofGroup(id, noHurry);
    const found = all.find((one) => one.id === id);
    if (found === undefined) throw new Error(`there is no delivery ${id}`);
    return found;
  }

  /** Every delivery of the one conversion and postback that this one is of. */
  rowsBeside(id: DeliveryId): Promise<readonly StoredDelivery[]> {
    return this.deliveries.ofGroup(id, noHurry);
  }

  private readonly queue = async (due: readonly QueuedDelivery[]): Promise<readonly number[]> => {
    if (this.rejects) return due.map((_, index) => index);
    this.queued.push(...due.map(({ id }) => id));
    return [];
  };
}
