import type { Version } from '../domain/configuration/document';
import type { Refusal } from '../domain/values/refusal';
import { message } from '../domain/verdict/messages';
import type { Facts } from './submission';

/** A step that judgement passed, with what it learned, or that it ended at. */
export type Step =
  | { readonly ok: true; readonly facts: Facts }
  | { readonly ok: false; readonly facts: Facts; readonly refusal: Refusal };

export const passed = (facts: Facts): Step => ({ ok: true, facts });

export const rejected = (facts: Facts, refusal: Refusal): Step => ({ ok: false, facts, refusal });

export function unknownIntegration(facts: Facts, id: string): Step {
  return rejected(facts, { reason: 'INTEGRATION_UNKNOWN', message: message.integrationUnknown(id) });
}

export function withIntegration(facts: Facts, { id, document, version }: Version<'integration'>): Facts {
  return { ...facts, integrationId: id, integration: document, integrationVersion: version };
}
