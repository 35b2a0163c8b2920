import { maximumBatchBytes, maximumRows } from '../../domain/request/batch';
import { exampleFields, exampleValues } from '../integrations/example-postback';
import { withQuery } from '../integrations/postback-url';
import { tokenOf, type SheetFacts } from './facts';
import { block, bullets, code, section } from './markdown';

/** Many conversions in one request. */
export function batchSection(facts: SheetFacts): string {
  const { baseUrl, id, integration } = facts;
  const token = tokenOf(facts);
  const url = withQuery(`${baseUrl}/postbacks/${id}`, token === undefined ? [] : [`token=${token}`]);
  const values = exampleValues(integration);
  const rows = ['ORDER-1001', 'ORDER-1002'].map((transactionId) => {
    const fields = exampleFields(integration, { ...values, transactionId });
    return `  ${JSON.stringify(Object.fromEntries(fields))}`;
  });
  return section(
    'Batches',
    `Up to ${maximumRows.toLocaleString('en')} conversions and ${maximumBatchBytes / 1024 / 1024} MB in one ${code('POST')}: a JSON array of objects, one ` +
      'JSON object a line (NDJSON), or CSV with a line of names. The names are the same as above.',
    block('http', `POST ${url}\ncontent-type: application/json\n\n[\n${rows.join(',\n')}\n]`),
    bullets([
      `The answer is 202 with a ${code('batchId')}: all rows are kept, and are judged one by one. ${code('rows')} lists rows that cannot count.`,
      `Ask us for the result of each row by ${code('batchId')}. Send the batch again only after another answer than 202.`,
      'Send the time of each conversion: it decides the order of rows that wait.',
    ]),
  );
}
