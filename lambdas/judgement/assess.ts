import type { ClicksTable } from '../adapters/clicks-table';
import type { ConfigurationTable } from '../adapters/configuration-table';
import type { ConversionDraft } from '../adapters/conversions-table';
import type { Deadline } from '../adapters/deadline';
import type { MasterSecret } from '../adapters/master-secret';
import { isOn } from '../domain/click/click-parameters';
import type { Version } from '../domain/configuration/document';
import type { Claim } from '../domain/conversion/history';
import { findClickId } from '../domain/postback/click-id-reading';
import { fieldNamesOf } from '../domain/postback/field-names';
import { selectValues } from '../domain/postback/field-values';
import { fingerprintOf } from '../domain/postback/fingerprint';
import { message } from '../domain/postback/messages';
import { readParameters, type Parameter } from '../domain/postback/parameters';
import { readFields } from '../domain/postback/reading';
import { read, type Refusal } from '../domain/postback/refusal';
import { presetOf } from '../domain/presets';
import { authenticate, type Authentication } from '../domain/trust/authentication';
import { acceptedCredentials, clickIdKeys, firstKeys, type Master } from '../domain/trust/keys';
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

/** A step that judgement passed, with what it learnt, or that it ended at. */
type Step =
  | { readonly ok: true; readonly facts: Facts }
  | { readonly ok: false; readonly facts: Facts; readonly refusal: Refusal };

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
  if (!found.ok) return { outcome: 'refused', refusal: found.refusal, facts: withIntegration(unread, named) };
  const { parameter, text, outcome } = found.value;
  const clickIdValue = { parameter, text };
  let step: Step = {
    ok: true,
    facts: { ...unread, clickIdValue, warnings: [...warnings, ...found.value.warnings] },
  };
  if (named !== undefined) step = admit(step.facts, named, submission, parameters, parameter, master);
  if (!step.ok) return { outcome: 'refused', ...step };
  if (!outcome.genuine) return { outcome: 'refused', refusal: outcome.refusal, facts: step.facts };

  const facts: Facts = { ...step.facts, clickId: outcome.clickId };
  const click = await sources.clicks.find(outcome.clickId, request.receivedAt, deadline);
  if (click === undefined) return { outcome: 'unmatched', facts };
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

function withIntegration(facts: Facts, version: Version<'integration'> | undefined): Facts {
  return version === undefined ? facts : { ...facts, integrationId: version.id, integration: version.document };
}

/** Checks what an integration asks of a request before anything is read for it: its shape, then whether to believe its sender. */
function admit(
  before: Facts,
  version: Version<'integration'>,
  { request, authenticated }: Submission,
  parameters: readonly Parameter[],
  clickIdParameter: string,
  master: Master,
): Step {
  const facts = withIntegration(before, version);
  const selected = selectValues(parameters, fieldNamesOf(version.document), clickIdParameter);
  if (!selected.ok) return { ok: false, facts, refusal: selected.refusal };
  const credentials = acceptedCredentials(master, version.id, version.keys ?? firstKeys);
  const trusted =
    authenticated === true
      ? read<Authentication>({ warnings: [] })
      : authenticate(request, parameters, version.document, credentials);
  if (!trusted.ok) return { ok: false, facts, refusal: trusted.refusal };
  const { keyId, warnings } = trusted.value;
  return {
    ok: true,
    facts: {
      ...facts,
      values: selected.value.values,
      ...(keyId !== undefined && { keyId }),
      warnings: [...facts.warnings, ...selected.value.warnings, ...warnings],
    },
  };
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
    click,
    receivedAt: request.receivedAt,
  });
  if (!reading.ok) return { outcome: 'refused', refusal: reading.refusal, facts };
  const { event, transactionId, warnings } = reading.value;
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
