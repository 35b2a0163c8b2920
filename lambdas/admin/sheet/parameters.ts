import type { Integration } from '../../domain/configuration/integration';
import { fieldNamesOf } from '../../domain/request/field-names';
import { postbackFields, presetOf, type PostbackField } from '../../domain/presets';
import { exampleValues } from '../integrations/example-postback';
import { parameterName } from '../integrations/postback-url';
import type { SheetFacts } from './facts';
import { code, codes, section, markdownTable } from './markdown';

const meanings: Readonly<Record<PostbackField, string>> = {
  clickId: 'The ID that the visitor brought to the landing page: 32 letters and digits, unchanged',
  amount: 'Payout of the conversion',
  transactionId: 'Your number of the order or action: it separates two conversions of one click',
  event: 'Kind of conversion: a lead, a sale, …',
  status: 'State of the conversion',
  currency: 'ISO 4217 code of the amount',
  timestamp: 'Time of the conversion: Unix seconds or milliseconds, or ISO 8601 in UTC. Send it with late postbacks',
};

/** Each field in this integration's names. */
export function parametersSection({ integration }: Pick<SheetFacts, 'integration'>): string {
  const { names } = fieldNamesOf(integration);
  const examples = { ...exampleValues(integration), timestamp: '2026-11-23T14:00:00Z' };
  const rows = postbackFields.map((field) => {
    const name = parameterName(integration, field);
    const others = names[field].filter((other) => other !== name.toLowerCase());
    const example = examples[field];
    return [
      code(name),
      meanings[field],
      needOf(field, integration),
      example === undefined ? '' : code(example),
      codes(others),
    ];
  });
  return section(
    'Parameters',
    markdownTable(['Parameter', 'Meaning', 'Required', 'Example', 'Also understood as'], rows),
    'Names are read in upper and lower case. Percent-encode values as in every URL. Unknown parameters are kept in our log and change ' +
      'nothing. The same parameter with two different values is rejected.',
  );
}

function needOf(field: PostbackField, integration: Integration): string {
  switch (field) {
    case 'clickId':
      return '**yes**';
    case 'amount':
      return 'if it differs from the agreed payout of the event';
    case 'transactionId':
      return 'if a click can convert more than once';
    case 'event':
      return `no: default ${code('conversion')}`;
    case 'status':
      return `no: default ${code(presetOf(integration.preset).defaultStatus)}`;
    case 'currency':
      return integration.currency === undefined ? 'with every amount' : `no: default ${code(integration.currency)}`;
    case 'timestamp':
      return 'no: default the time of receipt';
  }
}
