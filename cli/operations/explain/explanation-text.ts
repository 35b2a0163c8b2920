import { style } from '../../terminal/style';
import { fieldList, table } from '../../terminal/table';
import { reasons } from '../../../lambdas/domain/values/reasons';
import { isTaken, knownReason } from '../../../operator/answers';
import { resultText } from '../log/row-text';
import type { ExplainedField } from '../../../operator/explain/fields';
import type { Explanation } from '../../../operator/explain/explanation';

const names: Readonly<Record<ExplainedField['field'], string>> = {
  clickId: 'click ID',
  amount: 'amount',
  transactionId: 'transaction ID',
  event: 'event',
  status: 'status',
  currency: 'currency',
  timestamp: 'time',
};

export function explanationText(explanation: Explanation): string {
  const { fields, unread, remarks } = explanation;
  const sections = [
    fieldList(verdictFields(explanation)),
    fields.length === 0 ? '' : table(['field', 'parameter', 'sent', 'read as', ''], fields.map(fieldCells)),
    unread.length === 0 ? '' : `Nothing here reads ${unread.join(', ')}.`,
    remarks.join('\n'),
  ];
  return sections.filter((section) => section !== '').join('\n\n');
}

function verdictFields({ logged, today, advice }: Explanation): readonly (readonly [string, string])[] {
  const lines: (readonly [string, string])[] = [];
  if (logged !== undefined) {
    lines.push(
      ['at', logged.receivedAt],
      ['verdict', `${resultText(logged.result)} ${logged.reason}`],
      ['', logged.message],
    );
  }
  if (today !== undefined) {
    const verdict = `it would be ${resultOf(today.reason)}: ${today.reason}`;
    lines.push([
      logged === undefined ? 'verdict' : 'sent today',
      isTaken(today.reason) ? style.good(verdict) : style.bad(verdict),
    ]);
    if (today.message !== logged?.message) lines.push(['', today.message]);
  }
  for (const { code, message } of today?.warnings ?? logged?.warnings ?? []) {
    lines.push(['warning', style.warning(`${code}: ${message}`)]);
  }
  if (advice !== undefined) {
    lines.push(['to do', advice.who === 'nobody' ? advice.what : `${capitalized(advice.who)}: ${advice.what}`]);
  }
  return lines;
}

function resultOf(reason: string): string {
  const known = knownReason(reason);
  return known === undefined ? 'judged' : reasons[known].result;
}

function fieldCells({ field, parameter, sent, readAs, assumed, wrong }: ExplainedField): readonly string[] {
  return [
    names[field],
    parameter ?? style.quiet('not sent'),
    sent === undefined ? '' : sent.slice(0, 60),
    readAs ?? '',
    markOf({ sent, readAs, assumed, wrong }),
  ];
}

function markOf({
  sent,
  readAs,
  assumed,
  wrong,
}: Pick<ExplainedField, 'sent' | 'readAs' | 'assumed' | 'wrong'>): string {
  if (wrong) return style.bad('✗ wrong');
  if (assumed) return style.quiet('the default');
  if (readAs !== undefined) return style.good('✓');
  return sent === undefined ? '' : style.quiet('not judged yet');
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
