import * as v from 'valibot';
import { httpMethods } from '../../domain/configuration/outbound-postback';
import { macrosOf } from '../../domain/outbound/pattern-texts';
import { acceptedCurrencies } from '../../domain/outbound/payout';
import { sourceTemplates } from '../../domain/outbound/sources';
import { linkTokens } from '../../domain/outbound/sources/link-tokens';
import { confidences, type SourceTemplate } from '../../domain/outbound/sources/template';
import { list, type Answer } from '../http/answer';
import { field, type Shown } from '../http/answer-schema';
import { noParameters, readQueryParameters } from '../http/query-parameters';
import type { RoutedRequest } from '../http/request';

const asked = v.strictObject({
  name: v.string(),
  where: v.pipe(v.string(), v.description('Where a person finds it')),
  required: v.boolean(),
});

/** A traffic source that is known, and what a person sets here and there. */
export const sourceTemplateAnswer = v.strictObject({
  id: v.pipe(v.string(), v.description('The `template` of a postback')),
  name: v.string(),
  kind: v.picklist(['network', 'conversion-api']),
  method: v.picklist(httpMethods),
  url: v.pipe(v.string(), v.description('Where its requests go, with macros')),
  link: v.pipe(
    v.record(v.string(), v.string()),
    v.description('What the link of an ad carries: its tokens, by parameter of the click URL'),
  ),
  clickParameter: v.pipe(
    v.optional(v.string()),
    v.description('The parameter by which it adds its click ID to a link by itself'),
  ),
  account: v.pipe(v.array(asked), v.description('What `account` of the postback must hold')),
  secrets: v.pipe(v.array(asked), v.description('What must be set by `PUT /sources/{id}/secrets/{secretName}`')),
  currencies: v.pipe(
    v.optional(v.array(v.string())),
    v.description('The currencies that it takes; absent where a request names its currency'),
  ),
  maxAgeDays: v.pipe(v.optional(field.count), v.description('How long after a conversion it is still taken')),
  requiresConsent: v.pipe(
    v.boolean(),
    v.description('Whether only clicks with `ad_user_data=granted` are reported to it'),
  ),
  confidence: v.picklist(confidences),
  notes: v.pipe(v.array(v.string()), v.description('What a person ought to know before connecting it')),
});

/** Every template, in one page: they are part of the code. */
export async function getSourceTemplates(request: RoutedRequest): Promise<Answer> {
  readQueryParameters(request, noParameters);
  return list(sourceTemplates.map(templateView));
}

function templateView(template: SourceTemplate): Shown<typeof sourceTemplateAnswer> {
  const { id, name, kind, method, url, click, account = {}, secrets = {}, maxAgeDays, confidence, notes } = template;
  const currencies = acceptedCurrencies({}, template);
  const required = new Set(
    macrosOf(template).flatMap(({ argument, isRequired }) => (isRequired && argument !== undefined ? [argument] : [])),
  );
  const askedOf = (fields: Readonly<Record<string, string>>) =>
    Object.entries(fields).map(([one, where]) => ({ name: one, where, required: required.has(one) }));
  return {
    id,
    name,
    kind,
    method,
    url,
    link: linkTokens(template),
    ...(click.token === undefined && click.parameter !== undefined && { clickParameter: click.parameter }),
    account: askedOf(account),
    secrets: Object.entries(secrets).map(([one, where]) => ({ name: one, where, required: true })),
    ...(currencies !== undefined && { currencies: [...currencies] }),
    ...(maxAgeDays !== undefined && { maxAgeDays }),
    requiresConsent: template.requiresConsent === true,
    confidence,
    notes: [...(notes ?? [])],
  };
}
