import type { Integration } from '../../domain/configuration/integration';
import { fieldNamesOf } from '../../domain/request/field-names';
import { postbackFields, presetOf, type PostbackField } from '../../domain/presets';
import { exampleValues } from '../integrations/example-postback';
import { parameterName } from '../integrations/postback-url';
import type { SheetFacts } from './facts';
import { code, codes, section, markdownTable } from './markdown';

const meanings: Readonly<Record<PostbackField, string>> = {
  clickId: 'The ID that came to the landing page with the visitor: 32 letters and digits, passed on uncut',
  amount: 'What the conversion pays',
  transactionId: 'Your own number of the order or action: with it, two conversions of one click are two',
  event: 'What happened: a lead, a sale, …',
  status: 'Where the conversion stands',
  currency: 'ISO 4217 code of the amount',
  timestamp: 'When it happened: Unix seconds or milliseconds, or ISO 8601 in UTC. Send it with whatever you send late',
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
    'Names are read in any case. Values are percent-encoded as in every URL. What we do not know is kept in our log and changes ' +
      'nothing. The same parameter with two different values is refused.',
  );
}

function needOf(field: PostbackField, integration: Integration): string {
  switch (field) {
    case 'clickId':
      return '**yes**';
    case 'amount':
      return 'where it differs from the payout agreed for the event';
    case 'transactionId':
      return 'where a click can convert more than once';
    case 'event':
      return `no: ${code('conversion')} where it is absent`;
    case 'status':
      return `no: ${code(presetOf(integration.preset).defaultStatus)} where it is absent`;
    case 'currency':
      return integration.currency === undefined
        ? 'with every amount'
        : `no: ${code(integration.currency)} where it is absent`;
    case 'timestamp':
      return 'no: the time of receipt where it is absent';
  }
}
