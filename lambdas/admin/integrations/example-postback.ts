import type { Integration } from '../../domain/configuration/integration';
import { amountFormatOf } from '../../domain/request/money-reading';
import { presetOf, type PostbackField } from '../../domain/presets';
import { generic } from '../../domain/presets/generic';
import { parameterName, withQuery } from './postback-url';

/** The values of an example, in the order in which it is written. */
export type ExampleValues = Partial<Record<PostbackField, string>>;

export const exampleClickId = 'CLICK_ID_FROM_THE_LANDING_PAGE';

/** Values as this integration's sender would write them: its own words, its decimal mark, its unit. */
export function exampleValues(integration: Integration): ExampleValues {
  const { preset: id, currency = 'USD', statuses = {}, events = {}, strictEvents } = integration;
  const preset = presetOf(id);
  const [event] = Object.keys(strictEvents === true ? events : { ...events, ...preset.events, sale: 'sale' });
  const format = amountFormatOf(integration, preset);
  const amount = format === 'minor' ? '1250' : format === '1.234,56' ? '12,50' : '12.50';
  return {
    clickId: exampleClickId,
    amount,
    currency,
    transactionId: 'ORDER-1001',
    ...(event !== undefined && { event }),
    // The generic preset knows the words of many senders; ours serve them all.
    status:
      approvedWord(statuses) ?? (preset.id === generic.id ? undefined : approvedWord(preset.statuses)) ?? 'approved',
  };
}

function approvedWord(statuses: Readonly<Record<string, string>>): string | undefined {
  return Object.keys(statuses).find((word) => statuses[word] === 'approved');
}

/** A postback as the sender would send it, every macro replaced. */
export function examplePostbackUrl(
  baseUrl: string,
  id: string,
  integration: Integration,
  values: ExampleValues,
  token: string | undefined,
): string {
  const pairs = exampleFields(integration, values).map(
    ([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`,
  );
  return withQuery(`${baseUrl}/postback/${id}`, token === undefined ? pairs : [...pairs, `token=${token}`]);
}

const writtenOrder = ['clickId', 'amount', 'currency', 'transactionId', 'event', 'status'] as const;

/** The same as names and values: the names are those that this integration reads first. */
export function exampleFields(integration: Integration, values: ExampleValues): readonly (readonly [string, string])[] {
  return writtenOrder.flatMap((field) => {
    const value = values[field];
    return value === undefined ? [] : [[parameterName(integration, field), value] as const];
  });
}
