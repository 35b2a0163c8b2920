import type { ClicksTable } from '../adapters/clicks-table';
import type { ConfigurationTable } from '../adapters/configuration-table';
import type { ConversionDraft } from '../adapters/conversions-table';
import type { Deadline } from '../adapters/deadline';
import type { MasterSecret } from '../adapters/master-secret';
import { isOn } from '../domain/click/click-parameters';
import type { Claim } from '../domain/conversion/history';
import { findClickId } from '../domain/postback/click-id-reading';
import { fieldNamesOf } from '../domain/postback/field-names';
import { fingerprintOf } from '../domain/postback/fingerprint';
import { message } from '../domain/postback/messages';
import { readParameters, type Parameter } from '../domain/postback/parameters';
import { readFields } from '../domain/postback/reading';
import { checkWindow } from '../domain/postback/window';
import type { Refusal } from '../domain/postback/refusal';
import { presetOf } from '../domain/presets';
import { clickIdKeys } from '../domain/trust/keys';
import { admit, believe, withIntegration, type Step } from './admit';
import type { Facts, Submission } from './submission';

/** Where judgement reads. Each read throws where storage does not answer in time. */
export interface Sources {
  readonly configuration: ConfigurationTable;
  readonly clicks: ClicksTable;
  readonly masterSecret: MasterSecret;
}

/** What a postback comes to before anything is written. */
export type Assessment = { readonly facts: Facts } & (
  | { readonly outcome: 'refused'; readonly refusal: Refusal }
  /** The click ID is genuine and its row is not there. */
  | { readonly outcome: 'unmatched' }
  | { readonly outcome: 'claim'; readonly draft: ConversionDraft; readonly claim: Claim }
);

/**
 * Judges a postback up to the write, cheapest check first: size, shape, macros, authentication, the click ID's MAC, the click's row,
 * window, content. Where the path names no integration the MAC comes before authentication: it costs no read, and the click
 * names the integration.
 */
export async function assess(submission: Submission, sources: Sources, deadline: Deadline): Promise<Assessment> {
  const { request } = submission;
  const parsed = readParameters(request);
  if (!parsed.ok) return { outcome: 'refused', refusal: parsed, facts: { test: false, dryRun: false, warnings: [] } };
  const { parameters, warnings } = parsed;
  const unread: Facts = { test: isAsked('test', parameters), dryRun: isAsked('dry_run', parameters), warnings };

  const master = await sources.masterSecret.read();
  const named =
    request.integration === undefined
      ? undefined
      : await sources.configuration.find('integration', request.integration, deadline);
  if (request.integration !== undefined && named === undefined) {
    return unknownIntegration(unread, request.integration);
  }

  const found = findClickId(parameters, fieldNamesOf(named?.document), clickIdKeys(master));
  if (!found.ok) {
    // What is not in order is told first; whether its sender is to be believed is kept with it, for a replay.
    const facts =
      named === undefined ? unread : withIntegration(unread, named, believe(named, submission, parameters, master));
    return { outcome: 'refused', refusal: found.refusal, facts };
  }
  const { parameter, text, outcome } = found.value;
  const clickIdValue = { parameter, text };
  let step: Step = {
    ok: true,
    facts: {
      ...unread,
      clickIdValue,
      ...(outcome.genuine && { clickId: outcome.clickId }),
      warnings: [...warnings, ...found.value.warnings],
    },
  };
  if (named !== undefined) step = admit(step.facts, named, submission, parameters, parameter, master);
  if (!step.ok) return { outcome: 'refused', ...step };
  if (!outcome.genuine) return { outcome: 'refused', refusal: outcome.refusal, facts: step.facts };

  const { facts } = step;
  const click = await sources.clicks.find(outcome.clickId, request.receivedAt, deadline);
  if (click === undefined) return { outcome: 'unmatched', facts };
  if (click === 'erased') {
    const refusal: Refusal = { reason: 'CLICK_NOT_FOUND', message: message.clickNotFound };
    return { outcome: 'refused', refusal, facts: { ...facts, erased: true } };
  }
  const campaign = await sources.configuration.find('campaign', click.campaign, deadline);
  const matched: Facts = {
    ...facts,
    click,
    campaignId: click.campaign,
    ...(campaign !== undefined && { campaign: campaign.document }),
    test: facts.test || click.test,
  };

  const owner = campaign?.document.integration ?? click.integration;
  if (named !== undefined) {
    if (named.id === owner) return claim(matched, submission);
    const refusal: Refusal = { reason: 'INTEGRATION_MISMATCH', message: message.mismatch(named.id) };
    return { outcome: 'refused', refusal, facts: matched };
  }
  const integration = await sources.configuration.find('integration', owner, deadline);
  if (integration === undefined) return unknownIntegration(matched, owner);
  step = admit(matched, integration, submission, parameters, parameter, master);
  return step.ok ? claim(step.facts, submission) : { outcome: 'refused', ...step };
}

function isAsked(name: string, parameters: readonly Parameter[]): boolean {
  return parameters.some((parameter) => parameter.name.toLowerCase() === name && isOn(parameter.value));
}

function unknownIntegration(facts: Facts, id: string): Assessment {
  const refusal: Refusal = { reason: 'INTEGRATION_UNKNOWN', message: message.integrationUnknown(id) };
  return { outcome: 'refused', refusal, facts };
}

/** Reads what the postback says by the rules of its integration and campaign. */
function claim(facts: Facts, { request, requestId }: Submission): Assessment {
  const { integration, integrationId, campaign, click, values } = facts;
  if (integration === undefined || integrationId === undefined || click === undefined || values === undefined) {
    throw new Error('a postback is read after its integration and its click');
  }
  const reading = readFields(values, {
    integration,
    preset: presetOf(integration.preset),
    campaign,
    receivedAt: request.receivedAt,
  });
  if (!reading.ok) return { outcome: 'refused', refusal: reading.refusal, facts };
  const { event, transactionId, ignored } = reading.value;
  if (ignored === true) {
    const refusal: Refusal = { reason: 'OK_IGNORED', message: message.ignored };
    return { outcome: 'refused', refusal, facts: { ...facts, reading: reading.value } };
  }
  const window = checkWindow(reading.value.claim, click, campaign);
  if (!window.ok) return { outcome: 'refused', refusal: window.refusal, facts };
  const warnings = [...reading.value.warnings, ...window.value];
  return {
    outcome: 'claim',
    facts: { ...facts, reading: reading.value, warnings: [...facts.warnings, ...warnings] },
    draft: {
      clickId: click.clickId,
      event,
      ...(transactionId !== undefined && { transactionId }),
      campaign: click.campaign,
      integration: integrationId,
      ...(click.source !== undefined && { source: click.source }),
      test: facts.test,
    },
    claim: {
      ...reading.value.claim,
      requestId,
      receivedAt: request.receivedAt,
      fingerprint: fingerprintOf(request),
    },
  };
}
