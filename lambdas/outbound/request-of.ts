import type { Deadline } from '../adapters/deadline';
import type { Conversion } from '../domain/conversion/conversion';
import type { ClickId } from '../domain/click/click-id';
import type { Delivery, HoldReason, SkipReason } from '../domain/outbound/delivery';
import type { Postback } from '../domain/configuration/outbound-postback';
import { expiresAt, needsClickParameters, patternOf, renderRequest } from '../domain/outbound/render';
import type { Rendering, Secrets } from '../domain/outbound/request';
import type { SourceTemplate, TokenExchange } from '../domain/outbound/sources/template';
import type { AccessTokens } from './access-tokens';

/** Where a request gets its facts from. */
export interface RequestStores {
  templateOf(id: string): SourceTemplate | undefined;
  conversionOf(delivery: Delivery, deadline: Deadline): Promise<Conversion | undefined>;
  /** The parameters of a click beside its subs; `undefined` where the click is gone. */
  parametersOf(clickId: ClickId, deadline: Deadline): Promise<Readonly<Record<string, string>> | undefined>;
  secretsOf(sourceId: string, deadline: Deadline): Promise<Secrets>;
  readonly accessTokens: AccessTokens;
  now(): number;
}

/** A request that can be sent, with what its answer is judged by. */
export type Prepared =
  | (Extract<Rendering, { readonly ok: true }> & {
      /** Whether a secret is in it. */
      readonly isSecret: boolean;
      readonly secrets: Secrets;
      readonly template: SourceTemplate | undefined;
      /** When the source takes it no longer. */
      readonly expiresAt: number | undefined;
    })
  | { readonly ok: false; readonly state: 'skipped'; readonly reason: SkipReason; readonly detail: string }
  | { readonly ok: false; readonly state: 'held'; readonly reason: HoldReason; readonly detail: string };

/** Makes the request of a delivery. Clicks and secrets are read where the postback names something of theirs. */
export async function deliveryRequest(
  delivery: Delivery,
  postback: Postback,
  stores: RequestStores,
  deadline: Deadline,
): Promise<Prepared> {
  const template = postback.template === undefined ? undefined : stores.templateOf(postback.template);
  const conversion = await stores.conversionOf(delivery, deadline);
  if (conversion === undefined) {
    return { ok: false, state: 'skipped', reason: 'REQUEST_INVALID', detail: 'the conversion is gone' };
  }
  const parameters = needsClickParameters(postback, template)
    ? await stores.parametersOf(delivery.clickId, deadline)
    : undefined;
  const known = namesSecret(postback, template) ? await stores.secretsOf(delivery.sourceId, deadline) : {};
  const exchanged = await withToken(known, template?.exchange, stores.accessTokens);
  if ('detail' in exchanged) return { ok: false, state: 'held', reason: 'SECRET_MISSING', detail: exchanged.detail };
  const { secrets } = exchanged;
  const rendering = renderRequest(postback, template, { delivery, conversion, parameters }, secrets, stores.now());
  if (!rendering.ok) return rendering;
  const isSecret = JSON.stringify(rendering.request) !== JSON.stringify(rendering.masked);
  return { ...rendering, isSecret, secrets, template, expiresAt: expiresAt(template, conversion) };
}

/** The secrets of a source with the token that one of them gives, or why there is none. */
async function withToken(
  secrets: Secrets,
  exchange: TokenExchange | undefined,
  tokens: AccessTokens,
): Promise<{ readonly secrets: Secrets } | { readonly detail: string }> {
  if (exchange === undefined) return { secrets };
  const key = secrets[exchange.secret];
  if (key === undefined) return { detail: `{secret:${exchange.secret}}` };
  const exchanged = await tokens.of(exchange, key);
  return exchanged.ok ? { secrets: { ...secrets, [exchange.as]: exchanged.token } } : { detail: exchanged.detail };
}

function namesSecret(postback: Postback, template: SourceTemplate | undefined): boolean {
  return JSON.stringify(patternOf(postback, template) ?? {}).includes('{secret:');
}
