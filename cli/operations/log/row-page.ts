import { style } from '../../terminal/style';
import { fieldList } from '../../terminal/table';
import type { Conversion, LogRow } from '../../../operator/answers';
import { browserText } from '../../../operator/log/browser-text';
import { queryFields, loggedRequest } from '../../../operator/log/raw-request';
import { moneyText, resultText } from './row-text';

/** Shows all data of one postback on one page. */
export function rowPage(row: LogRow, conversions: readonly Conversion[]): string {
  const sections: readonly (readonly [title: string, text: string])[] = [
    ['Verdict', verdictText(row)],
    ['Request', requestText(row)],
    ['Answer, as its JSON', answerText(row)],
    ['Conversions of the click now', conversions.map(conversionLine).join('\n')],
    ['Next', nextText(row)],
  ];
  return sections
    .filter(([, text]) => text !== '')
    .map(([title, text]) => `${style.heading(title)}\n${indented(text)}`)
    .join('\n\n');
}

type Field = readonly [name: string, value: string | undefined];

function fields(...all: readonly Field[]): string {
  return fieldList(all.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])));
}

function verdictText(row: LogRow): string {
  const { result, reason, httpStatus, message, warnings, attempts } = row;
  return fields(
    ['result', `${resultText(result)} ${reason}, HTTP ${httpStatus}`],
    ['message', message],
    ...warnings.map(({ code, message: text }): Field => ['warning', style.warning(`${code}: ${text}`)]),
    [
      'judged',
      attempts === 1 ? 'once, when it came' : `${attempts} times: this is the newest verdict, its sender got the first`,
    ],
  );
}

function requestText(row: LogRow): string {
  const { requestId, receivedAt, method, path, integration, campaign, clickId, keyId, authenticated, letPass } = row;
  const { query, body, cut } = loggedRequest(row);
  const known = fields(
    ['request', requestId],
    ['received', receivedAt],
    ['integration', integration],
    ['campaign', campaign],
    ['click', clickId],
    ['after the click', row.clickToPostbackSeconds === undefined ? undefined : `${row.clickToPostbackSeconds} s`],
    ['batch', row.batchId],
    ['rows', row.rows === undefined ? undefined : String(row.rows)],
    ['identified by', keyId],
    ['authenticated', authenticated === true ? 'yes' : letPass === true ? 'no, let pass' : undefined],
    ['browser', browserText(row)],
    ['network', row.ipPrefix],
    ['user agent', row.userAgent],
  );
  if (row.erased === true) return `${known}\n\nIts click was erased, with all personal data.`;
  return [
    known,
    '',
    `${method} ${path}`,
    indented(fieldList(queryFields(query))),
    body === '' ? '' : indented(body),
    cut ? 'The log keeps only the beginning of this request.' : '',
  ]
    .filter((line, at) => line !== '' || at === 1)
    .join('\n');
}

function answerText({ result, reason, message, requestId, conversion, warnings }: LogRow): string {
  return JSON.stringify({ result, reason, message, requestId, conversion, warnings }, null, 2);
}

function conversionLine(conversion: Conversion): string {
  const { event, transactionId, status, test, version, changedAt } = conversion;
  const key = transactionId === undefined ? event : `${event} ${transactionId}`;
  return `${key}: ${status}, ${moneyText(conversion)}, version ${version} of ${changedAt}${test ? ', a test' : ''}`;
}

function nextText({ requestId, result }: LogRow): string {
  const explain = `tracker postbacks explain ${requestId}`;
  return result === 'rejected' || result === 'error'
    ? `${explain}\ntracker replay --request ${requestId} --dry-run`
    : explain;
}

function indented(text: string): string {
  return text
    .split('\n')
    .map((line) => (line === '' ? line : `  ${line}`))
    .join('\n');
}
