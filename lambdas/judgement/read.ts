import type { Claim } from '../domain/request/claim';
import { detailsOf } from '../domain/conversion/click-details';
import type { ConversionSubject } from '../domain/conversion/conversion';
import { fieldNamesOf } from '../domain/request/field-names';
import { selectWords } from '../domain/request/field-values';
import { readFields, saysIgnore } from '../domain/request/reading';
import { presetOf } from '../domain/presets';
import { isMarkedTest } from '../domain/request/preset-variants';
import { readTarget } from '../domain/routing/target';
import { retryHoursOf } from './retry-hours';
import { rejected, type Step } from './step';
import type { JudgedFacts, Submission } from './submission';

/** The fourth step: reads what the sender claims, by the rules of its integration and the payouts of the campaign. */
export function readClaim(facts: JudgedFacts, { request }: Submission): Step {
  const { integration, values } = required(facts);
  const preset = presetOf(integration.preset);
  const reading = readFields(values, {
    integration,
    preset,
    campaign: facts.campaign,
    receivedAt: request.receivedAt,
    path: `/${readTarget(request.path, '').segments.join('/').toLowerCase()}`,
  });
  if (!reading.ok) return rejected(facts, reading.rejection);
  return {
    ok: true,
    facts: {
      ...facts,
      test: facts.test || isMarkedTest(preset, facts.parameters ?? []),
      reading: reading.value,
      warnings: [...facts.warnings, ...reading.value.warnings],
    },
  };
}

/**
 * Whether a postback that cannot be read is one of those that its integration ignores, such as a connection test without a click or
 * with a macro in its amount: it is understood all the same.
 */
export function isIgnored({ integration, parameters, campaign, trust }: JudgedFacts, { request }: Submission): boolean {
  if (integration === undefined || parameters === undefined || trust === 'none') return false;
  const preset = presetOf(integration.preset);
  const words = selectWords(parameters, fieldNamesOf(integration));
  return saysIgnore(words, { integration, preset, campaign, receivedAt: request.receivedAt });
}

/** The claim of a postback that was read, and the conversion that it is about. */
export function claimOf(facts: JudgedFacts, submission: Submission): { subject: ConversionSubject; claim: Claim } {
  const { integration, integrationId, clickId, authenticated } = required(facts);
  const { reading } = facts;
  if (reading === undefined) throw new Error('a claim is made of what was read');
  const { request, requestId, batchId, row, part, recordedAs } = submission;
  const { currency } = integration;
  const { event, transactionId } = recordedAs ?? reading;
  const isSignedTime = !reading.claim.timeGiven && authenticated.signedAt !== undefined;
  const { click } = facts;
  return {
    subject: {
      clickId,
      event,
      ...(transactionId !== undefined && { transactionId }),
      ...(recordedAs?.repeatOf !== undefined && { repeatOf: recordedAs.repeatOf }),
      campaign: facts.campaignId ?? '',
      integration: integrationId,
      ...(click?.source !== undefined && { source: click.source }),
      ...(click !== undefined && { click: detailsOf(click) }),
      test: facts.test,
    },
    claim: {
      ...reading.claim,
      ...(isSignedTime && { eventTime: Math.min(authenticated.signedAt ?? request.receivedAt, request.receivedAt) }),
      requestId,
      receivedAt: request.receivedAt,
      statement: part === undefined ? authenticated.statement : `${authenticated.statement}.${part}`,
      retryHours: retryHoursOf(integration),
      ...(facts.parts !== undefined && { sequence: { batch: authenticated.statement, row: part ?? 1 } }),
      ...(batchId !== undefined && row !== undefined && { sequence: { batch: batchId, row } }),
      ...(currency !== undefined && { homeCurrency: currency }),
    },
  };
}

/** Returns the facts of the steps before; a postback without them did not come this far. */
function required(facts: JudgedFacts) {
  const { integration, integrationId, clickId, values, authenticated } = facts;
  if (integration === undefined || integrationId === undefined || clickId === undefined || values === undefined) {
    throw new Error('a postback is read after its integration and its click are known');
  }
  if (authenticated === undefined) throw new Error('a postback is read after its sender is authenticated');
  return { integration, integrationId, clickId, values, authenticated };
}
