import type { ClicksTable } from '../adapters/clicks-table';
import type { ConfigurationTable } from '../adapters/configuration-table';
import type { ServedKind } from '../domain/configuration/served-document';
import type { ConversionsTable } from '../adapters/conversions-table';
import type { Deadline } from '../adapters/deadline';
import type { MasterSecret } from '../adapters/master-secret';
import type { Click } from '../domain/click/click';
import type { GoneClicks } from '../domain/click/gone-clicks';
import type { Version } from '../domain/configuration/document';
import type { ClickId } from '../domain/click/click-id';
import { findClickId } from '../domain/request/click-id-reading';
import { fieldNamesOf } from '../domain/request/field-names';
import type { Parameter } from '../domain/text/query';
import type { Rejection } from '../domain/values/rejection';
import { giveUpMilliseconds } from '../domain/queue/backoff';
import { presetOfPath } from '../domain/routing/drop-in';
import { clickIdKeys, type Master } from '../domain/trust/keys';
import { isAsked } from './receive';
import type { JudgedFacts, Submission } from './submission';

/** The sources of judgement. Each read throws where storage does not answer in time. */
export interface Sources {
  readonly configuration: ConfigurationTable<ServedKind>;
  readonly clicks: ClicksTable;
  readonly conversions: ConversionsTable;
  readonly masterSecret: MasterSecret;
  /** Absent where each click is looked up again. */
  readonly goneClicks?: GoneClicks;
}

/** A click ID that was found. `forged` is the reason why it is none of ours: the sender gets it once it is authenticated. */
export type Identified =
  | { readonly ok: true; readonly facts: JudgedFacts; readonly forged?: Rejection }
  | { readonly ok: false; readonly facts: JudgedFacts; readonly rejection: Rejection };

/** The second step: finds the click ID among the parameters, by the names of the integration, else of the path. */
export function identifyClick(facts: JudgedFacts, master: Master): Identified {
  const names = fieldNamesOf(facts.integration, presetOfPath(facts.covered.path));
  const found = findClickId(facts.parameters ?? [], names, clickIdKeys(master));
  if (!found.ok) return { ok: false, facts, rejection: found.rejection };
  const { parameter, text, outcome, within, warnings } = found.value;
  const identified = {
    ...facts,
    ...(within.length > 0 && withSiblings(facts, within)),
    clickIdValue: { parameter, text },
    warnings: [...facts.warnings, ...warnings],
  };
  return outcome.genuine
    ? { ok: true, facts: { ...identified, clickId: outcome.clickId, mintedAt: outcome.mintedAt } }
    : { ok: true, facts: identified, forged: outcome.rejection };
}

/** Values encoded into the click ID count as if they had come beside it. */
function withSiblings(
  facts: JudgedFacts,
  within: readonly Parameter[],
): Pick<JudgedFacts, 'parameters' | 'test' | 'dryRun'> {
  return {
    parameters: [...(facts.parameters ?? []), ...within],
    test: facts.test || isAsked('test', within),
    dryRun: facts.dryRun || isAsked('dry_run', within),
  };
}

/** The integration that the path names, or that the request was authenticated as: in the version that it was received under. */
export async function findIntegration(
  { request, authenticated }: Submission,
  { configuration }: Sources,
  deadline: Deadline,
): Promise<Version<'integration'> | undefined> {
  const id = authenticated?.integration ?? request.integration ?? '';
  const version = authenticated?.version;
  const received =
    version === undefined ? undefined : await configuration.findVersion('integration', id, version, deadline);
  return received ?? configuration.find('integration', id, deadline);
}

/** Whose a click is: the click where its row is there, and the integrations that may speak about it, the likeliest first. */
export interface Owners {
  readonly click: Click | 'erased' | undefined;
  readonly integrations: readonly string[];
}

/**
 * Finds the owners of a click: the integration that it was made under, then the one that its campaign names now. For a missing row, a
 * conversion of it names them; without one either, that result is remembered for a while.
 */
export async function findOwners(
  { clickId, mintedAt }: { readonly clickId: ClickId; readonly mintedAt: number },
  receivedAt: number,
  { clicks, conversions, configuration, goneClicks }: Sources,
  deadline: Deadline,
): Promise<Owners> {
  const gone = goneClicks?.find(clickId);
  if (gone !== undefined) return { click: gone === 'erased' ? gone : undefined, integrations: [] };
  const click = await clicks.find(clickId, receivedAt, deadline);
  // A click this young is still on the way: nothing was recorded of it.
  if (click === undefined && receivedAt - mintedAt < giveUpMilliseconds) return { click, integrations: [] };
  if (click === undefined || click === 'erased') {
    const recordedBy = await conversions.integrationOf(clickId, deadline);
    if (recordedBy !== undefined) return { click, integrations: [recordedBy] };
    goneClicks?.add(clickId, click ?? 'absent');
    return { click, integrations: [] };
  }
  const campaign = await configuration.find('campaign', click.campaign, deadline);
  const present = campaign?.document.integration ?? click.integration;
  return { click, integrations: [...new Set([click.integration, present])] };
}
