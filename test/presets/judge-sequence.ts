import { readDocument } from '../../lambdas/domain/configuration/document';
import type { Integration } from '../../lambdas/domain/configuration/integration';
import type { Claim } from '../../lambdas/domain/request/claim';
import type { Conversion } from '../../lambdas/domain/conversion/conversion';
import { payableOf } from '../../lambdas/domain/conversion/payable';
import { settleAmong } from '../../lambdas/domain/conversion/settlement';
import { mintClickId } from '../../lambdas/domain/click/signed-click-id';
import { mintRequestId } from '../../lambdas/domain/values/request-id';
import { findClickId } from '../../lambdas/domain/request/click-id-reading';
import { conversionsIn } from '../../lambdas/domain/request/conversions-in';
import { fieldNamesOf } from '../../lambdas/domain/request/field-names';
import { selectValues } from '../../lambdas/domain/request/field-values';
import { readParameters } from '../../lambdas/domain/request/parameters';
import type { Parameter } from '../../lambdas/domain/text/query';
import { isMarkedTest } from '../../lambdas/domain/request/preset-variants';
import { readFields } from '../../lambdas/domain/request/reading';
import type { PostbackRequest } from '../../lambdas/domain/text/postback-request';
import type { Warning } from '../../lambdas/domain/values/reasons';
import { checkWindow } from '../../lambdas/domain/request/window';
import { presetOf } from '../../lambdas/domain/presets';
import { unsignedStatement } from '../../lambdas/domain/trust/statement';
import { clickIdKeys, type Master } from '../../lambdas/domain/trust/keys';
import type { JudgedSequence, JudgeSequence, Sent, Sequence } from './sequence-runner';

const master: Master = { currentNumber: 1, current: 'the master of the sequences, long enough' };
const keys = clickIdKeys(master);
const start = Date.UTC(2026, 10, 23, 12);
const clickedAt = start - 3_600_000;

/** Judges by the pure rules alone: what is stored is a map of keys. */
export const judgeSequence: JudgeSequence = (preset, sequence) => {
  const integration = integrationOf(preset, sequence);
  const clickId = mintClickId(keys[0], clickedAt, new Uint8Array(8).fill(7));
  const stored = new Map<string, Conversion>();
  let receivedAt = start;
  const answers = sequence.sent.map((sent, index) => {
    if (index > 0) receivedAt += (sent.afterMinutes ?? 1) * 60_000;
    return judgeOne(requestOf(sent, clickId, receivedAt), index, integration, stored);
  });
  const conversions = [...stored.values()]
    .filter(({ metBy, test }) => metBy === undefined && !test)
    .map((conversion) => ({
      status: conversion.status,
      payable: Object.values(payableOf(conversion))[0] ?? '0',
      currency: conversion.currency ?? '',
    }));
  return { answers, conversions };
};

function integrationOf(preset: string, { integration }: Sequence): Integration {
  const auth = { token: 'off', hmac: 'off', ip: 'off' };
  const reading = readDocument('integration', { name: preset, preset, currency: 'USD', auth, ...integration });
  if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
  return reading.document;
}

function requestOf(
  { query = '', body, path = '/postback/sequence' }: Sent,
  clickId: string,
  receivedAt: number,
): PostbackRequest {
  const type = body?.startsWith('{') === true ? 'application/json' : 'application/x-www-form-urlencoded';
  return {
    method: body === undefined ? 'GET' : 'POST',
    path,
    rawQuery: query.replaceAll('CLICKID', clickId),
    body: Buffer.from((body ?? '').replaceAll('CLICKID', clickId)),
    headers: { 'user-agent': 'sequence', ...(body !== undefined && { 'content-type': type }) },
    sourceIp: '203.0.113.7',
    receivedAt,
  };
}

type Answer = JudgedSequence['answers'][number];

const answer = (reason: string, ...warnings: readonly (readonly Warning[])[]): Answer => ({
  reason,
  warnings: warnings.flat().map(({ code }) => code),
});

/** A request that lists several conversions is answered with what became of the first. */
function judgeOne(
  request: PostbackRequest,
  index: number,
  integration: Integration,
  stored: Map<string, Conversion>,
): Answer {
  const parsed = readParameters(request);
  if (!parsed.ok) return answer(parsed.reason);
  const listed = conversionsIn(parsed.parameters, request, keys);
  if (!listed.ok) return answer(listed.rejection.reason);
  const [first] = listed.value.map((parameters, part) =>
    judgePart(parameters, part, parsed.warnings, request, index, integration, stored),
  );
  return first ?? answer('none');
}

function judgePart(
  parameters: readonly Parameter[],
  part: number,
  before: readonly Warning[],
  request: PostbackRequest,
  index: number,
  integration: Integration,
  stored: Map<string, Conversion>,
): Answer {
  const names = fieldNamesOf(integration);
  const found = findClickId(parameters, names, keys);
  const selected = selectValues(parameters, names, found.ok ? found.value.parameter : undefined);
  if (!selected.ok) return answer((found.ok ? selected : found).rejection.reason);
  const reading = readFields(selected.value.values, {
    integration,
    preset: presetOf(integration.preset),
    campaign: undefined,
    receivedAt: request.receivedAt,
    path: request.path,
  });
  // What is ignored needs no click.
  if (reading.ok && reading.value.ignored === true) return answer('OK_IGNORED');
  if (!found.ok) return answer(found.rejection.reason);
  if (!found.value.outcome.genuine) return answer(found.value.outcome.rejection.reason);
  if (!reading.ok) return answer(reading.rejection.reason);
  const { event, transactionId } = reading.value;
  const subject = {
    clickId: found.value.outcome.clickId,
    event,
    ...(transactionId !== undefined && { transactionId }),
    campaign: 'spring',
    integration: 'sequence',
    test: isMarkedTest(presetOf(integration.preset), parameters),
  };
  const { retryWindow = 48, currency } = integration;
  const claim: Claim = {
    ...reading.value.claim,
    requestId: mintRequestId(request.receivedAt, new Uint8Array(9).fill(index * 10 + part + 1)),
    receivedAt: request.receivedAt,
    statement: `${unsignedStatement(request)}.${part}`,
    retryHours: retryWindow,
    ...(currency !== undefined && { homeCurrency: currency }),
  };
  const window = claim.reversal === undefined ? checkWindow(claim, { clickedAt }, undefined) : { ok: true as const };
  const settled = settleAmong([...stored.values()], subject, claim, window.ok);
  if (settled.outcome !== 'settled') return answer(window.ok ? settled.outcome : window.rejection.reason);
  for (const row of settled.writes) stored.set(row.conversionKey, row);
  const noted = settled.notes.map(({ code }) => ({ code, message: '' }));
  const warnings = [before, found.value.warnings, selected.value.warnings, reading.value.warnings, noted];
  return answer(settled.reason, ...warnings);
}
