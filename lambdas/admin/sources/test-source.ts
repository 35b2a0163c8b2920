import * as v from 'valibot';
import type { Conversion } from '../../domain/conversion/conversion';
import { readAmount } from '../../domain/values/amount';
import { readCurrency } from '../../domain/values/currency';
import { conversionStatuses } from '../../domain/values/status';
import { deliveryReasons } from '../../domain/outbound/delivery';
import { sampleConversion, sampleDelivery, sampleParameters } from '../../domain/outbound/sample';
import { judgeAnswer } from '../../domain/outbound/judge';
import { httpMethods } from '../../domain/configuration/outbound-postback';
import { maskSecrets } from '../../domain/outbound/mask-secrets';
import { storageCall } from '../../adapters/storage-failure';
import { deliveryRequest } from '../../outbound/request-of';
import { adminJson, fieldsError, type Answer } from '../http/answer';
import type { Shown } from '../http/answer-schema';
import { readBodyFields } from '../http/body';
import { noParameters, readQueryParameters } from '../http/query-parameters';
import type { RoutedRequest } from '../http/request';
import type { Services } from '../http/services';
import { sourceOf } from './source-of';
import { answerOfSource } from '../deliveries/view';

const text = v.pipe(v.string('must be a text'), v.maxLength(200, 'must not be longer than 200 characters'));

const parameterName = v.pipe(v.string(), v.maxLength(64, 'must not be longer than 64 characters'));

export const sourceTestSchema = v.strictObject({
  postback: v.optional(text),
  externalId: v.optional(text, 'test-click'),
  event: v.optional(text, 'sale'),
  status: v.optional(v.picklist(conversionStatuses, `must be one of ${conversionStatuses.join(', ')}`), 'approved'),
  amount: v.optional(text, '1.23'),
  currency: v.optional(text, 'USD'),
  /** Parameters of the click, by name; those that the request needs and nobody names are test-NAME. */
  parameters: v.optional(v.record(parameterName, text), {}),
});

export const sourceTestAnswer = v.strictObject({
  postback: v.string(),
  outcome: v.picklist(['delivered', 'retry', 'failed', 'skipped', 'held']),
  reason: v.picklist(deliveryReasons),
  detail: v.optional(v.string()),
  request: v.optional(
    v.strictObject({
      method: v.picklist(httpMethods),
      url: v.string(),
      headers: v.record(v.string(), v.string()),
      body: v.optional(v.string()),
    }),
  ),
  answer: v.optional(answerOfSource),
});

type Asked = v.InferOutput<typeof sourceTestSchema>;

const longestText = 2000;

/** Sends an example conversion to a source, really and immediately, and shows the request and the answer. Nothing is stored of it. */
export async function testSource(request: RoutedRequest, services: Services): Promise<Answer> {
  readQueryParameters(request, noParameters);
  const what = '{"postback"?, "externalId"?, "event"?, "status"?, "amount"?, "currency"?, "parameters"?}';
  const sample = readBodyFields(what, request.body, sourceTestSchema);
  const { document } = await sourceOf(request, services);
  const postbacks = document.postbacks ?? [];
  const postback = postbacks.find(({ id }) => sample.postback === undefined || id === sample.postback);
  if (postback === undefined) {
    const ids = postbacks.map(({ id }) => id).join(', ');
    throw wrong('postback', ids === '' ? 'is not there: the source has none' : `must be one of ${ids}`);
  }
  const { id: sourceId, now, deadline } = request;
  const conversion = conversionOf(sourceId, sample, now);
  const delivery = sampleDelivery(conversion, sourceId, postback.id, now);
  const outbound = services.outbound();
  const prepared = await deliveryRequest(
    delivery,
    postback,
    {
      templateOf: outbound.templateOf,
      conversionOf: async () => conversion,
      parametersOf: async () =>
        sampleParameters(postback, outbound.templateOf(postback.template ?? ''), sample.parameters),
      secretsOf: async () => {
        const master = await storageCall('reading the master secret', () => services.master.read());
        return outbound.secrets.of(sourceId, master, deadline);
      },
      accessTokens: outbound.accessTokens,
      now: () => now,
    },
    deadline,
  );
  if (!prepared.ok) {
    const { state: outcome, reason, detail } = prepared;
    return answered({ postback: postback.id, outcome, reason, detail });
  }
  const attempt = await outbound.send(prepared.request, prepared.isSecret);
  const { outcome, reason, detail } = judgeAnswer(prepared.template?.success, attempt, now);
  const shown = (said: string): string => maskSecrets(said, prepared.secrets).slice(0, longestText).toWellFormed();
  return answered({
    postback: postback.id,
    outcome,
    reason,
    ...(detail !== undefined && { detail: shown(detail) }),
    request: prepared.masked,
    ...('httpStatus' in attempt && { answer: { httpStatus: attempt.httpStatus, text: shown(attempt.text) } }),
  });
}

function answered(shown: Shown<typeof sourceTestAnswer>): Answer {
  return adminJson(200, shown);
}

function conversionOf(source: string, asked: Asked, now: number): Conversion {
  const { amount: amountText, currency: currencyText, externalId, event, status } = asked;
  const amount = readAmount(amountText, { negative: true });
  if (!amount.ok) throw wrong('amount', 'must be a decimal such as "1.23"');
  const currency = readCurrency(currencyText);
  if (currency === undefined) throw wrong('currency', 'must be an ISO 4217 code such as USD');
  return sampleConversion({ source, externalId, event, status, amount: amount.amount, currency }, now);
}

function wrong(path: string, problem: string): Error {
  return fieldsError('BODY_INVALID', 'The body is wrong', [{ path, problem }]);
}
