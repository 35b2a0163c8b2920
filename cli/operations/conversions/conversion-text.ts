import { style } from '../../terminal/style';
import { fieldList, table } from '../../terminal/table';
import type { Conversion } from '../../../operator/answers';
import { moneyText } from '../log/row-text';

export function conversionRows(conversions: readonly Conversion[]): string {
  return table(
    ['changed', 'click', 'event', 'transaction', 'status', 'amount', 'campaign', 'source'],
    conversions.map((conversion) => [
      conversion.changedAt,
      conversion.clickId,
      conversion.test ? `${conversion.event} (test)` : conversion.event,
      conversion.transactionId ?? '',
      conversion.status,
      moneyText(conversion),
      conversion.campaign,
      conversion.source ?? '',
    ]),
  );
}

/** One conversion with its whole history, in the order of arrival. */
export function conversionPage(conversion: Conversion): string {
  const { event, transactionId, status, campaign, integration, source, test, repeated, version } = conversion;
  const title = transactionId === undefined ? event : `${event} ${transactionId}`;
  const marks = [test ? 'a test' : '', repeated ? 'a repeat, counted apart' : ''].filter((mark) => mark !== '');
  const about = fieldList([
    ['status', status],
    ['amount', moneyText(conversion)],
    ['campaign', campaign],
    ['integration', integration],
    ...(source === undefined ? [] : [['source', source] as const]),
    ['recorded', conversion.recordedAt],
    ['changed', `${conversion.changedAt}, version ${version}`],
    ...(marks.length === 0 ? [] : [['it is', marks.join('; ')] as const]),
  ]);
  const history = table(
    ['received', 'event time', 'status', 'amount', 'verdict', 'payable', 'request'],
    conversion.history.map((entry) => [
      entry.receivedAt,
      entry.eventTime,
      entry.status ?? '',
      entry.amount ?? '',
      entry.reason,
      deltaText(entry.deltas),
      entry.requestId,
    ]),
  );
  return `${style.heading(title)}\n${about}\n\n${history}`;
}

function deltaText(deltas: Readonly<Record<string, string>>): string {
  return Object.entries(deltas)
    .map(([currency, delta]) => `${delta.startsWith('-') ? '' : '+'}${delta} ${currency}`)
    .join(', ');
}
