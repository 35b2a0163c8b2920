import { deadlineAt } from '../../../../lambdas/adapters/deadline';
import type { KeyUse } from '../../../../lambdas/adapters/key-use-table';
import type { Click } from '../../../../lambdas/domain/click/click';
import type { DocumentKind, Version } from '../../../../lambdas/domain/configuration/document';
import { conversionKeyOf, type Conversion } from '../../../../lambdas/domain/conversion/conversion';
import { mayChangeRow } from '../../../../lambdas/domain/conversion/changed-row';
import { settleAmong, settleByKey, type Settlement } from '../../../../lambdas/domain/conversion/settlement';
import type { ClickId } from '../../../../lambdas/domain/click/click-id';
import type { LogRow } from '../../../../lambdas/domain/log/log-row';
import { judge, type Judged, type JudgementStores } from '../../../../lambdas/judgement/judge';
import type { Submission } from '../../../../lambdas/judgement/submission';
import { campaign, clickId, integration, master, now, request, requestId } from '../../domain/support/factories';

export const day = 24 * 60 * 60 * 1000;
/** Storage in memory answers at once. */
export const noHurry = deadlineAt(Number.MAX_SAFE_INTEGER);

/** Judgement on tables that are maps: what is stored, what the log holds, and which calls were made. */
export class World {
  readonly clicks = new Map<ClickId, Click>();
  readonly conversions = new Map<string, Conversion>();
  readonly log = new Map<string, LogRow>();
  readonly keysUsed: KeyUse[] = [];
  readonly calls: string[] = [];
  readonly stores: JudgementStores;
  private readonly documents = new Map<string, Version<DocumentKind>>();
  private sent = 0;

  constructor() {
    const settle: JudgementStores['conversions']['record'] = async (subject, claim, { mayCreate, amongClick }) => {
      const existing = this.conversions.get(keyOf(subject.clickId, conversionKeyOf(subject)));
      return amongClick || mayChangeRow(existing, claim)
        ? settleAmong(this.rowsOf(subject.clickId), subject, claim, mayCreate)
        : settleByKey(existing, subject, claim, mayCreate);
    };
    this.stores = {
      configuration: {
        find: async (kind, id) => this.documents.get(`${kind}/${id}`) as never,
        findVersion: async (kind, id, version) => this.documents.get(`${kind}/${id}@${version}`) as never,
      },
      clicks: {
        put: async (click) => (this.clicks.set(click.clickId, click), undefined),
        find: async (id) => (this.calls.push('find click'), this.clicks.get(id)),
        probe: async () => undefined,
      },
      conversions: {
        record: async (subject, claim, rules, deadline) => {
          this.calls.push('record');
          return this.written(await settle(subject, claim, rules, deadline));
        },
        foresee: settle,
        integrationOf: async (id) => this.rowsOf(id)[0]?.integration,
      },
      postbackLog: {
        put: async (row) => void this.log.set(row.requestId, row),
        putExpected: async (row) => (this.calls.push('log'), this.log.set(row.requestId, row), true),
      },
      keyUse: { note: async (use) => void this.keysUsed.push(use) },
      reversalMarks: {
        mark: async (id) => {
          this.calls.push('mark');
          const click = this.clicks.get(id);
          if (click !== undefined) this.clicks.set(id, { ...click, reversalWaiting: true });
        },
      },
      masterSecret: { read: async () => master },
      logRetentionDays: 90,
    };
    this.configure('acme');
    this.assign('spring', 'acme');
  }

  /** Saves a version of an integration; a later one is in force, and the one before can still be found. */
  configure(id: string, fields: Readonly<Record<string, unknown>> = {}): void {
    const auth = { token: 'off', hmac: 'off', ip: 'off' };
    this.save({ kind: 'integration', id, document: integration({ currency: 'USD', auth, ...fields }) });
  }

  assign(id: string, owner: string, fields: Readonly<Record<string, unknown>> = {}): void {
    this.save({ kind: 'campaign', id, document: campaign({ integration: owner, ...fields }) });
  }

  /** A click of a minute ago. */
  click(seed = 1, fields: Partial<Click> = {}): ClickId {
    const clickedAt = fields.clickedAt ?? now - 60_000;
    const id = clickId(seed, clickedAt);
    this.clicks.set(id, {
      clickId: id,
      campaign: 'spring',
      integration: 'acme',
      offer: 'main',
      subs: {},
      parameters: {},
      truncated: false,
      test: false,
      bot: false,
      clickedAt,
      expiresAt: Math.floor(clickedAt / 1000) + 120 * 86_400,
      ...fields,
    });
    return id;
  }

  submission(query: string, fields: Partial<Submission['request']> = {}): Submission {
    this.sent += 1;
    const sent = request(query, { body: '', ...fields });
    return { request: sent, requestId: requestId(this.sent, sent.receivedAt), attempts: 1 };
  }

  judge(submission: Submission): Promise<Judged> {
    return judge(submission, this.stores, noHurry);
  }

  send(query: string, fields: Partial<Submission['request']> = {}): Promise<Judged> {
    return this.judge(this.submission(query, fields));
  }

  rowsOf(id: ClickId): readonly Conversion[] {
    return [...this.conversions.values()].filter((row) => row.clickId === id);
  }

  private written(settlement: Settlement): Settlement {
    if (settlement.outcome !== 'settled') return settlement;
    for (const row of settlement.writes) {
      const key = keyOf(row.clickId, row.conversionKey);
      if (row.version !== (this.conversions.get(key)?.version ?? 0) + 1) throw new Error(`${key} was changed`);
      this.conversions.set(key, row);
    }
    return settlement;
  }

  private save(saved: Pick<Version<DocumentKind>, 'kind' | 'id' | 'document'>): void {
    const key = `${saved.kind}/${saved.id}`;
    const version = (this.documents.get(key)?.version ?? 0) + 1;
    const row = { ...saved, version, changedAt: now, author: 'test' } as Version<DocumentKind>;
    this.documents.set(key, row);
    this.documents.set(`${key}@${version}`, row);
  }
}

const keyOf = (id: ClickId, conversionKey: string): string => `${id}/${conversionKey}`;
