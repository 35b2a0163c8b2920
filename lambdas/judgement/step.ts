import type { Version } from '../domain/configuration/document';
import type { Rejection } from '../domain/values/rejection';
import { message } from '../domain/verdict/messages';
import type { JudgedFacts } from './submission';

/** A step that judgement passed, with what it learned, or that it ended at. */
export type Step =
  | { readonly ok: true; readonly facts: JudgedFacts }
  | { readonly ok: false; readonly facts: JudgedFacts; readonly rejection: Rejection };

export const stepPassed = (facts: JudgedFacts): Step => ({ ok: true, facts });

export const rejected = (facts: JudgedFacts, rejection: Rejection): Step => ({ ok: false, facts, rejection });

export function unknownIntegration(facts: JudgedFacts, id: string): Step {
  return rejected(facts, { reason: 'INTEGRATION_UNKNOWN', message: message.integrationUnknown(id) });
}

export function withIntegration(facts: JudgedFacts, { id, document, version }: Version<'integration'>): JudgedFacts {
  return { ...facts, integrationId: id, integration: document, integrationVersion: version };
}
