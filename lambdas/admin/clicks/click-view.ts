import * as v from 'valibot';
import { storageCall } from '../../adapters/storage-failure';
import type { Click } from '../../domain/click/click';
import { hasClickIdShape, canonicalClickId } from '../../domain/click/click-id';
import { readClickId } from '../../domain/click/signed-click-id';
import { maskMailAndKeys } from '../../domain/log/masking';
import { clickIdKeys } from '../../domain/trust/keys';
import { adminJson, notFound, fieldsError, type Answer } from '../http/answer';
import { field, type Shown } from '../http/answer-schema';
import { noParameters, readQueryParameters } from '../http/query-parameters';
import type { RoutedRequest } from '../http/request';
import type { Services } from '../http/services';

const texts = v.record(v.string(), v.string());

/** A click as it is stored; mail addresses in what the visitor brought along are masked, as in the log. */
export const clickAnswer = v.strictObject({
  clickId: v.string(),
  campaign: v.string(),
  integration: v.pipe(v.string(), v.description('The one that the campaign named when the click came')),
  offer: v.string(),
  source: v.optional(v.string()),
  subs: texts,
  externalId: v.optional(v.string()),
  cost: v.optional(v.pipe(v.string(), v.description('As the source sent it'))),
  parameters: v.pipe(texts, v.description('Every other parameter')),
  truncated: v.pipe(v.boolean(), v.description('Whether a parameter was dropped or cut for its size or number')),
  unreplaced: v.optional(v.array(v.string())),
  test: v.boolean(),
  bot: v.boolean(),
  userAgent: v.optional(v.string()),
  ipPrefix: v.optional(v.pipe(v.string(), v.description('The /24 of an IPv4 address, the /48 of an IPv6 one'))),
  country: v.optional(v.pipe(v.string(), v.description('ISO 3166-1 alpha-2, where the edge named it'))),
  clickedAt: field.time,
  expiresAt: v.pipe(field.time, v.description('When the row goes; its conversions stay')),
});

/** Shows the click of an ID. An erased one is as absent as one that never came, and the message says which. */
export async function getClick(request: RoutedRequest, services: Services): Promise<Answer> {
  readQueryParameters(request, noParameters);
  const text = canonicalClickId(request.id);
  if (!hasClickIdShape(text)) {
    throw fieldsError('ID_INVALID', 'The ID in the path is wrong', [
      { path: 'clickId', problem: 'must be a click ID: 32 letters and digits' },
    ]);
  }
  const master = await storageCall('reading the master secret', () => services.master.read());
  const reading = readClickId(text, clickIdKeys(master));
  if (reading.outcome !== 'genuine') throw notFound(`This tracker never made the click ID ${text}.`);
  const click = await storageCall('reading a click', () =>
    services.clicks.find(reading.clickId, request.now, request.deadline),
  );
  if (click === 'erased') throw notFound(`The click ${text} was erased.`);
  if (click === undefined) {
    throw notFound(`The click ${text} is not stored: its time is over, or it still waits in the retry queue.`);
  }
  return adminJson(200, clickView(click));
}

function clickView(click: Click): Shown<typeof clickAnswer> {
  const { clickId, campaign, integration, offer, source, subs, externalId, cost, parameters, unreplaced } = click;
  const { truncated, test, bot, userAgent, ipPrefix, country, clickedAt, expiresAt } = click;
  return {
    clickId,
    campaign,
    integration,
    offer,
    ...(source !== undefined && { source }),
    subs: masked(subs),
    ...(externalId !== undefined && { externalId: maskMailAndKeys(externalId) }),
    ...(cost !== undefined && { cost }),
    parameters: masked(parameters),
    truncated,
    ...(unreplaced !== undefined && { unreplaced }),
    test,
    bot,
    ...(userAgent !== undefined && { userAgent: maskMailAndKeys(userAgent) }),
    ...(ipPrefix !== undefined && { ipPrefix }),
    ...(country !== undefined && { country }),
    clickedAt: new Date(clickedAt).toISOString(),
    expiresAt: new Date(expiresAt * 1000).toISOString(),
  };
}

function masked(values: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, maskMailAndKeys(value)]));
}
