import * as v from 'valibot';
import type { AdminApi } from '../api/admin-api';
import { Failure } from '../failure';

const texts = v.record(v.string(), v.string());

/** A click, as `GET /clicks/{clickId}` returns it. */
const storedClick = v.looseObject({
  campaign: v.string(),
  integration: v.string(),
  offer: v.string(),
  source: v.optional(v.string()),
  subs: texts,
  externalId: v.optional(v.string()),
  cost: v.optional(v.string()),
  parameters: texts,
  truncated: v.boolean(),
  unreplaced: v.optional(v.array(v.string()), []),
  test: v.boolean(),
  bot: v.boolean(),
  userAgent: v.optional(v.string()),
  ipPrefix: v.optional(v.string()),
  expiresAt: v.string(),
});
type StoredClick = v.InferOutput<typeof storedClick>;

/** Finds the row of a click; throws the API's message if there is none. */
export async function findClick(
  api: AdminApi,
  clickId: string,
): Promise<{ readonly click: StoredClick } | { readonly missing: string }> {
  try {
    return { click: await api.call('GET', ['clicks', clickId], storedClick) };
  } catch (error) {
    if (error instanceof Failure && error.kind === 'notFound') return { missing: error.message };
    throw error;
  }
}

type Field = readonly [name: string, value: string];

/** Lists the fields of a click for a person, without empty ones. */
export function storedFields(click: StoredClick): readonly Field[] {
  const flags = [
    click.test ? 'a test' : '',
    click.bot ? 'a bot, by its user agent' : '',
    click.truncated ? 'parameters cut for their size' : '',
    click.unreplaced.length > 0 ? `macros that the source did not replace: ${click.unreplaced.join(', ')}` : '',
  ].filter((flag) => flag !== '');
  const fields: readonly (readonly [string, string | undefined])[] = [
    ['campaign', click.campaign],
    ['integration', click.integration],
    ['offer', click.offer],
    ['source', click.source],
    ...Object.entries(click.subs),
    ['external_id', click.externalId],
    ['cost', click.cost],
    ...Object.entries(click.parameters),
    ['user agent', click.userAgent],
    ['address', click.ipPrefix],
    ['flags', flags.length === 0 ? undefined : flags.join('; ')],
    ['kept until', click.expiresAt],
  ];
  return fields.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
}
