import { newConversion } from '../../lambdas/adapters/conversions-table';
import { readDocument } from '../../lambdas/domain/configuration/document';
import type { Integration } from '../../lambdas/domain/configuration/integration';
import { conversionKeyOf, type Conversion } from '../../lambdas/domain/conversion/conversion';
import { decide, withRepeat } from '../../lambdas/domain/conversion/decision';
import { payableOf, type Claim } from '../../lambdas/domain/conversion/history';
import { mintClickId } from '../../lambdas/domain/identifiers/click-id';
import { mintRequestId } from '../../lambdas/domain/identifiers/request-id';
import { findClickId } from '../../lambdas/domain/postback/click-id-reading';
import { fieldNamesOf } from '../../lambdas/domain/postback/field-names';
import { selectValues } from '../../lambdas/domain/postback/field-values';
import { fingerprintOf } from '../../lambdas/domain/postback/fingerprint';
import { readParameters } from '../../lambdas/domain/postback/parameters';
import { readFields } from '../../lambdas/domain/postback/reading';
import type { PostbackRequest } from '../../lambdas/domain/postback/request';
import type { Warning } from '../../lambdas/domain/postback/verdict';
import { presetOf } from '../../lambdas/domain/presets';
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
  const conversions = [...stored.values()].map((conversion) => ({
    status: conversion.status,
    payable: payableOf(conversion),
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

function requestOf({ query = '', body }: Sent, clickId: string, receivedAt: number): PostbackRequest {
  const type = body?.startsWith('{') === true ? 'application/json' : 'application/x-www-form-urlencoded';
  return {
    method: body === undefined ? 'GET' : 'POST',
    path: '/postback/sequence',
    rawQuery: query.replaceAll('CLICKID', clickId),
    body: Buffer.from((body ?? '').replaceAll('CLICKID', clickId)),
    headers: { 'user-agent': 'sequence', ...(body !== undefined && { 'content-type': type }) },
    sourceIp: '203.0.113.7',
    receivedAt,
  };
}

function judgeOne(
  request: PostbackRequest,
  index: number,
  integration: Integration,
  stored: Map<string, Conversion>,
): JudgedSequence['answers'][number] {
  const answer = (reason: string, ...warnings: readonly (readonly Warning[])[]): JudgedSequence['answers'][number] => ({
    reason,
    warnings: warnings.flat().map(({ code }) => code),
  });
  const parsed = readParameters(request);
  if (!parsed.ok) return answer(parsed.reason);
  const found = findClickId(parsed.parameters, fieldNamesOf(integration), keys);
  if (!found.ok) return answer(found.refusal.reason);
  if (!found.value.outcome.genuine) return answer(found.value.outcome.refusal.reason);
  const selected = selectValues(parsed.parameters, fieldNamesOf(integration), found.value.parameter);
  if (!selected.ok) return answer(selected.refusal.reason);
  const reading = readFields(selected.value.values, {
    integration,
    preset: presetOf(integration.preset),
    campaign: undefined,
    click: { clickedAt },
    receivedAt: request.receivedAt,
  });
  if (!reading.ok) return answer(reading.refusal.reason);
  const { event, transactionId } = reading.value;
  const draft = {
    clickId: found.value.outcome.clickId,
    event,
    ...(transactionId !== undefined && { transactionId }),
    campaign: 'spring',
    integration: 'sequence',
    test: false,
  };
  const requestId = mintRequestId(request.receivedAt, new Uint8Array(9).fill(index + 1));
  const claim: Claim = {
    ...reading.value.claim,
    requestId,
    receivedAt: request.receivedAt,
    fingerprint: fingerprintOf(request),
  };
  const warnings = [...parsed.warnings, ...found.value.warnings, ...selected.value.warnings, ...reading.value.warnings];
  return answer(settle(stored, draft, claim), warnings);
}

/** Keeps what a claim makes of its key, and says by what reason. */
function settle(stored: Map<string, Conversion>, draft: Parameters<typeof newConversion>[0], claim: Claim): string {
  const key = conversionKeyOf(draft);
  const existing = stored.get(key);
  if (existing === undefined) {
    stored.set(key, newConversion(draft, claim));
    return 'OK';
  }
  const decision = decide(existing, claim);
  switch (decision.action) {
    case 'none':
      return decision.reason;
    case 'append':
      stored.set(key, { ...existing, ...decision.state, history: decision.history });
      return decision.entry.reason;
    case 'separate': {
      const repeat = newConversion(draft, claim, true);
      stored.set(repeat.conversionKey, repeat);
      stored.set(key, { ...existing, repeats: withRepeat(existing.repeats, claim) });
      return 'OK';
    }
  }
}
