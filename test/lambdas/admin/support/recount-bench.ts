import { DeleteItemCommand, type AttributeValue, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { readClick } from '../../../../lambdas/adapters/clicks-table';
import { readConversion } from '../../../../lambdas/adapters/conversion-item';
import { isErased } from '../../../../lambdas/adapters/erased';
import { factsCompaction } from '../../../../lambdas/adapters/facts-compaction';
import { factsTable } from '../../../../lambdas/adapters/facts-table';
import { readManifest } from '../../../../lambdas/adapters/manifest';
import { generationOf } from '../../../../lambdas/adapters/fact-rows';
import { recountTable } from '../../../../lambdas/adapters/recount-table';
import { settleRecount } from '../../../../lambdas/adapters/recount-settlement';
import { transactionIndex } from '../../../../lambdas/adapters/transaction-index';
import type { RecountServices } from '../../../../lambdas/admin/http/recount-services';
import { compact, type CompactionStores } from '../../../../lambdas/compact/compact';
import { count, type CountResult } from '../../../../lambdas/count/count';
import { tableKey } from '../../../../lambdas/contract';
import { cellOfClick, cellOfConversion } from '../../../../lambdas/domain/facts/audit';
import { Cells, driftBetween } from '../../../../lambdas/domain/facts/audit-cells';
import { factSets, type FactSet } from '../../../../lambdas/domain/facts/columns';
import type { FactRow } from '../../../../lambdas/domain/facts/rows';
import { tableNames } from '../../../storage/local-dynamodb';
import { FilesInMemory } from '../../adapters/support/files-in-memory';
import { noHurry } from '../../adapters/support/storage';
import { Shard } from '../../count/shard';
import { lookups } from '../../domain/facts/support';
import { campaignDocument, integrationDocument } from './admin-stack';
import type { Reply } from './admin-caller';
import { startTracker, type Tracker } from './tracker';

type Row = Record<string, AttributeValue>;

/** What a recount works with, on the table of facts and objects in memory. */
export function recountInMemory(client: DynamoDBClient, files: FilesInMemory, newId: () => string): RecountServices {
  const table = tableNames.facts;
  return {
    recounts: recountTable(client, table),
    files,
    readManifest: (deadline) => readManifest(client, table, deadline),
    readGeneration: async (deadline) => (await generationOf(client, table, deadline)).value,
    settle: (deadline) => settleRecount(client, table, deadline),
    lookupsFor: async () => lookups,
    newId,
  };
}

/** A tracker whose reports can be counted wrongly and anew; its objects are in memory. */
export class RecountBench {
  readonly files = new FilesInMemory();
  tracker!: Tracker;
  services!: RecountServices;
  private ids = 0;
  private readonly clock = jest.spyOn(Date, 'now');

  async start(): Promise<void> {
    this.ahead(0);
    this.tracker = await startTracker({ recounting: () => this.services });
    await this.tracker.put('integrations', 'acme', { ...integrationDocument, currency: 'USD', auth: { token: 'off' } });
    await this.tracker.put('campaigns', 'spring', campaignDocument('acme'));
    this.reset();
  }

  /** Moves the time of everything in this process. */
  ahead(milliseconds: number): void {
    const base = performance.timeOrigin;
    this.clock.mockImplementation(() => Math.round(base + performance.now()) + milliseconds);
  }

  reset(): void {
    this.files.beforeWrite = () => undefined;
    this.services = recountInMemory(this.tracker.client, this.files, () => this.newId());
  }

  async clear(): Promise<void> {
    for (const table of ['facts', 'clicks', 'conversions'] as const) {
      const names: readonly string[] = Object.entries(tableKey[table]).flatMap(([name, key]) =>
        name === 'timeToLive' ? [] : [key],
      );
      for (const item of await this.tracker.items(table)) {
        const Key = Object.fromEntries(Object.entries(item).filter(([name]) => names.includes(name)));
        await this.tracker.client.send(new DeleteItemCommand({ TableName: tableNames[table], Key }));
      }
    }
  }

  newId(): string {
    return `object-${String((this.ids += 1)).padStart(6, '0')}`;
  }

  private get stores(): CompactionStores {
    return {
      facts: factsCompaction(this.tracker.client, tableNames.facts),
      files: this.files,
      newId: () => this.newId(),
      now: () => Date.now(),
    };
  }

  compact() {
    return compact(this.stores, noHurry, () => false);
  }

  /** Counts rows as their inserts in a shard of their own, an object for each set. */
  async count(rows: { readonly clicks?: readonly Row[]; readonly conversions?: readonly Row[] }): Promise<void> {
    for (const set of factSets) {
      const of = rows[set] ?? [];
      if (of.length === 0) continue;
      const shard = this.shard(set);
      for (const row of of) this.change(shard, set, undefined, row);
      await this.countShard(set, shard);
    }
  }

  /** A shard whose changes are written from a moment on. */
  shard(set: FactSet, begunAt = Date.now()): Shard {
    return new Shard(set === 'clicks' ? 'Clicks' : 'Conversions', this.newId(), begunAt);
  }

  change(shard: Shard, set: FactSet, before: Row | undefined, after: Row | undefined): void {
    const keys = {
      clickId: (after ?? before)?.['clickId']?.S ?? '',
      conversionKey: (after ?? before)?.['conversionKey']?.S ?? '',
    };
    shard.change(set === 'clicks' ? { clickId: keys.clickId } : keys, before, after);
  }

  async countShard(set: FactSet, shard: Shard): Promise<CountResult> {
    const { client } = this.tracker;
    const counting = {
      facts: factsTable(client, tableNames.facts),
      transactions: transactionIndex(client, tableNames.facts),
      files: this.files,
      lookupsFor: async () => lookups,
      newId: () => this.newId(),
      now: () => Date.now(),
    };
    return count(set, shard.batch(), counting, noHurry);
  }

  manifest() {
    return readManifest(this.tracker.client, tableNames.facts, noHurry);
  }

  async countedRows(set: FactSet): Promise<readonly FactRow[]> {
    const { objects } = await this.manifest();
    const own = objects.filter((object) => object.set === set);
    return (await Promise.all(own.map(({ key }) => this.files.read(key, set, noHurry)))).flat();
  }

  /** Cells in which reports say something else than the tables, each as a text; without erased clicks, as in an audit. */
  async drift(): Promise<readonly string[]> {
    const [stored, counted] = [new Cells(), new Cells()];
    const clicks = await this.tracker.items('clicks');
    const erased = new Set(clicks.filter(isErased).map((item) => item['clickId']?.S));
    for (const item of clicks) if (!isErased(item)) stored.add(cellOfClick(readClick(item)));
    for (const item of await this.tracker.items('conversions')) {
      const cell = cellOfConversion(readConversion(item));
      if (cell !== undefined) stored.add(cell);
    }
    for (const set of factSets) {
      for (const row of await this.countedRows(set)) {
        const isClick = set === 'clicks';
        if (isClick && (row['click_id'] === '' || erased.has(String(row['click_id'])))) continue;
        counted.add({
          set,
          campaign: String(row['campaign']),
          quarter: Number(row['click_quarter']),
          event: isClick ? null : String(row['event']),
          status: isClick ? null : String(row['status']),
          currency: isClick ? null : (row['currency'] as string | null),
          count: isClick ? 1n : (row['count'] as bigint),
          amount: isClick ? 0n : ((row['amount'] ?? 0n) as bigint),
        });
      }
    }
    return driftBetween(stored, counted).map(
      ({ set, status, stored: is, counted: shown }) =>
        `${set} ${status ?? ''}: ${is.count}/${is.amount} ${shown.count}/${shown.amount}`,
    );
  }

  /** Begins a recount, or goes on with one, until it is ready. */
  async prepare(body: object, author?: string): Promise<Readonly<Record<string, unknown>>> {
    const named = author === undefined ? {} : { author };
    let reply: Reply = await this.tracker.call('POST', '/reports/recount', { body, ...named });
    for (let calls = 0; reply.status < 300 && reply.body['phase'] !== 'ready'; calls++) {
      if (calls > 50) throw new Error('it never ends');
      reply = await this.step(reply.body['id']);
    }
    if (reply.status >= 300) throw new Error(`${reply.status} ${reply.text}`);
    return reply.body;
  }

  step(id: unknown): Promise<Reply> {
    return this.tracker.call('POST', '/reports/recount/step', { body: { id } });
  }

  take(id: unknown): Promise<Reply> {
    return this.tracker.call('POST', '/reports/recount/take', { body: { id } });
  }

  async stop(): Promise<void> {
    await this.tracker.stop();
    this.clock.mockRestore();
  }
}
