import type { ReportServices } from '../../../../lambdas/admin/http/services';
import type { AnswerRow } from '../../../../lambdas/domain/reports/tally';
import type { FactStore } from '../../domain/reports/support/duckdb';

/** Reports of some facts, by DuckDB in the place of Athena. Until `finish` is called a query that is `slow` goes on running. */
export interface ReportFacts {
  readonly services: ReportServices;
  readonly counted: { version: string; countedThrough: number | undefined };
  readonly asked: string[];
  slow: boolean;
}

export function reportFacts(store: FactStore): ReportFacts {
  const running = new Map<string, string>();
  const files = new Map<string, readonly AnswerRow[]>();
  const facts: ReportFacts = {
    counted: { version: 'v1', countedThrough: Date.parse('2026-11-29T11:59:30Z') },
    asked: [],
    slow: false,
    services: {
      readManifest: async () => ({ ...facts.counted, objects: store.objects }),
      engine: {
        base: store.base,
        async ask(sql, deadline, onRow) {
          facts.asked.push(sql);
          const id = `query-${running.size + 1}`;
          running.set(id, sql);
          return facts.services.engine.resume(id, deadline, onRow);
        },
        async resume(id, _deadline, onRow) {
          const sql = running.get(id);
          if (sql === undefined) return { state: 'unknown' };
          if (facts.slow) return { state: 'running', id };
          for (const row of await store.ask(sql)) onRow(row);
          return { state: 'done' };
        },
        async start(sql) {
          facts.asked.push(sql);
          const id = `query-${running.size + 1}`;
          running.set(id, sql);
          return id;
        },
        async readFrom(id, at, _deadline, onRow) {
          const sql = running.get(id);
          if (sql === undefined) return { state: 'unknown' };
          if (facts.slow) return { state: 'running', id };
          // As if each row were one byte of its file, which is written once.
          const rows = files.get(id) ?? (await store.ask(sql));
          files.set(id, rows);
          for (let index = at; index < rows.length; index++) {
            if (!onRow(rows[index] ?? [], index + 1)) break;
          }
          return { state: 'done' };
        },
      },
    },
  };
  return facts;
}
