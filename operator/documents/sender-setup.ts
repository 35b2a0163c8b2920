import { readDocument } from '../../lambdas/domain/configuration/document';
import type { Integration } from '../../lambdas/domain/configuration/integration';
import { presetOf } from '../../lambdas/domain/presets';
import { guideOf } from '../../lambdas/domain/presets/guides';
import type { AdminApi } from '../api/admin-api';
import { Failure } from '../failure';
import { liveKeysOf, type LiveKey } from './credentials';
import { contentOf, getDocument } from './stored-document';

/** The setup of a sender without secrets. */
export interface SenderSetup {
  readonly integration: string;
  readonly pasteInto: string;
  readonly auth: Integration['auth'];
  readonly keys: readonly LiveKey[];
  readonly expectedAnswer?: string;
  readonly notes: readonly string[];
}

export async function senderSetupOf(api: AdminApi, id: string): Promise<SenderSetup> {
  const { preset, auth } = await integrationOf(api, id);
  const { expectedAnswer } = presetOf(preset);
  const { pasteInto, notes = [] } = guideOf(preset);
  const keys = await liveKeysOf(api, id);
  return { integration: id, pasteInto, auth, keys, ...(expectedAnswer !== undefined && { expectedAnswer }), notes };
}

/** Parses an integration by the schema of this version. */
export async function integrationOf(api: AdminApi, id: string): Promise<Integration> {
  const reading = readDocument('integration', contentOf(await getDocument(api, 'integration', id)));
  if (reading.ok) return reading.document;
  throw new Failure('unreachable', `This command cannot read the integration ${id}.`, {
    hint: 'Check that the tracker has the same version as this command.',
  });
}
