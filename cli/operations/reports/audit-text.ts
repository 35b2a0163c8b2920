import type { Drift } from '../../../lambdas/domain/facts/audit-cells';
import { quarterMilliseconds } from '../../../lambdas/domain/facts/columns';
import { fromMillionths } from '../../../lambdas/domain/values/amount';
import type { AuditResult } from '../../../operator/audit/audit';
import { counted } from '../../../operator/counted';
import { style } from '../../terminal/style';
import { table } from '../../terminal/table';

const timeOf = ({ quarter }: Pick<Drift, 'quarter'>): string => new Date(quarter * quarterMilliseconds).toISOString();

/** Formats an audit for programs. */
export function auditView({ drift, ...result }: AuditResult): object {
  const sum = ({ count, amount }: Drift['stored']) => ({ count: Number(count), amount: fromMillionths(amount) });
  const cells = drift.map(({ stored, counted: shown, ...name }) => ({
    ...name,
    quarter: timeOf(name),
    stored: sum(stored),
    counted: sum(shown),
  }));
  return { ...result, drift: cells };
}

export function auditText({ drift, cells, scanned, since, until, version }: AuditResult): string {
  const where = `clicks from ${since} to ${until}: ${counted(cells, 'cell')}, ${counted(scanned, 'row')} read, facts ${version}`;
  if (drift.length === 0) return `${style.good('✓')} 0 drift. ${where}`;
  const sum = ({ count, amount }: Drift['stored']): string => `${count} / ${fromMillionths(amount)}`;
  const rows = drift.map((one) => [
    one.campaign,
    timeOf(one),
    [one.set, one.event, one.status, one.currency].filter((word) => word !== null).join(' '),
    sum(one.stored),
    sum(one.counted),
  ]);
  return [
    `${style.bad('✗')} ${counted(drift.length, 'cell')} differ. ${where}`,
    table(['campaign', 'quarter hour', 'what', 'stored', 'counted'], rows),
  ].join('\n');
}
