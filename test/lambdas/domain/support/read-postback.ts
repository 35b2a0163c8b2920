import { conversionsIn } from '../../../../lambdas/domain/request/conversions-in';
import { findClickId } from '../../../../lambdas/domain/request/click-id-reading';
import { fieldNamesOf } from '../../../../lambdas/domain/request/field-names';
import { selectValues } from '../../../../lambdas/domain/request/field-values';
import { readParameters } from '../../../../lambdas/domain/request/parameters';
import { readFields, type Reading } from '../../../../lambdas/domain/request/reading';
import type { PostbackRequest } from '../../../../lambdas/domain/text/postback-request';
import { presetOf } from '../../../../lambdas/domain/presets';
import { clickIdKeys } from '../../../../lambdas/domain/trust/keys';
import { campaign, integration, master } from './factories';

export interface Given {
  /** Beside `currency: "USD"`. */
  readonly integration?: Readonly<Record<string, unknown>>;
  readonly campaign?: Readonly<Record<string, unknown>>;
}

/** One conversion of a request: what was read of it, with the codes of all its warnings. */
export interface ReadConversion {
  readonly reading: Reading;
  readonly clickId: string | undefined;
  readonly warnings: readonly string[];
}

/** Reads a request as judgement does, as far as its claims; the reason and its message where it is rejected. */
export function readPostback(sent: PostbackRequest, given: Given = {}): readonly ReadConversion[] | string {
  const document = integration({ currency: 'USD', ...given.integration });
  const names = fieldNamesOf(document);
  const parsed = readParameters(sent);
  if (!parsed.ok) return `${parsed.reason}: ${parsed.message}`;
  const split = conversionsIn(parsed.parameters, sent, clickIdKeys(master));
  if (!split.ok) return `${split.rejection.reason}: ${split.rejection.message}`;
  const read: ReadConversion[] = [];
  for (const parameters of split.value) {
    const found = findClickId(parameters, names, clickIdKeys(master));
    if (!found.ok) return `${found.rejection.reason}: ${found.rejection.message}`;
    const { outcome, parameter, within } = found.value;
    if (!outcome.genuine) return `${outcome.rejection.reason}: ${outcome.rejection.message}`;
    const selected = selectValues([...parameters, ...within], names, parameter);
    if (!selected.ok) return `${selected.rejection.reason}: ${selected.rejection.message}`;
    const reading = readFields(selected.value.values, {
      integration: document,
      preset: presetOf(document.preset),
      campaign: campaign(given.campaign),
      receivedAt: sent.receivedAt,
    });
    if (!reading.ok) return `${reading.rejection.reason}: ${reading.rejection.message}`;
    const warnings = [parsed, found.value, selected.value, reading.value].flatMap((step) => step.warnings);
    read.push({ reading: reading.value, clickId: outcome.clickId, warnings: warnings.map(({ code }) => code) });
  }
  return read;
}

/** The same in few words, for comparing: the claim's fields, and the codes of the warnings. */
export function claimsOf(sent: PostbackRequest, given: Given = {}): unknown {
  const read = readPostback(sent, given);
  if (typeof read === 'string') return read.split(':')[0];
  return read.map(({ reading: { event, transactionId, ignored, claim }, warnings }) => ({
    event,
    ...(transactionId !== undefined && { transactionId }),
    ...(ignored !== undefined && { ignored }),
    ...(claim.status !== undefined && { status: claim.status }),
    ...(claim.amount !== undefined && { amount: claim.amount }),
    ...(claim.currency !== undefined && { currency: claim.currency }),
    ...(claim.reversal !== undefined && { reversal: claim.reversal }),
    warnings,
  }));
}
