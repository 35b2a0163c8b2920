import type { Version } from '../domain/configuration/document';
import { fieldNamesOf } from '../domain/postback/field-names';
import { selectValues } from '../domain/postback/field-values';
import type { Parameter } from '../domain/postback/parameters';
import type { Refusal } from '../domain/postback/refusal';
import { authenticate, type Authentication } from '../domain/trust/authentication';
import { acceptedCredentials, firstKeys, type Master } from '../domain/trust/keys';
import { unsignedStatement } from '../domain/trust/statement';
import type { Facts, Submission } from './submission';

/** A step that judgement passed, with what it learnt, or that it ended at. */
export type Step =
  | { readonly ok: true; readonly facts: Facts }
  | { readonly ok: false; readonly facts: Facts; readonly refusal: Refusal };

/** What is known with the integration, also of a postback that is refused for its shape. */
export function withIntegration(facts: Facts, version: Version<'integration'>, trusted: Authentication): Facts {
  const keyId = trusted.ok ? trusted.keyId : undefined;
  return {
    ...facts,
    integrationId: version.id,
    integration: version.document,
    ...(trusted.ok && { authenticated: true, trust: trusted.trust, statement: trusted.statement }),
    ...(keyId !== undefined && { keyId }),
  };
}

/** Whether to believe the sender: for itself, or since the same integration's rules believed it before. */
export function believe(
  version: Version<'integration'>,
  { request, authenticated }: Submission,
  master: Master,
): Authentication {
  if (authenticated === version.id) {
    return { ok: true, trust: 'proven', covered: request, statement: unsignedStatement(request), warnings: [] };
  }
  const credentials = acceptedCredentials(master, version.id, version.keys ?? firstKeys);
  return authenticate(request, version.document, credentials);
}

/** Checks what an integration asks of a request before anything is read for it: its shape, then whether to believe its sender. */
export function admit(
  before: Facts,
  version: Version<'integration'>,
  submission: Submission,
  parameters: readonly Parameter[],
  clickIdParameter: string,
  master: Master,
): Step {
  const trusted = believe(version, submission, master);
  const facts = withIntegration(before, version, trusted);
  const selected = selectValues(parameters, fieldNamesOf(version.document), clickIdParameter);
  if (!selected.ok) return { ok: false, facts, refusal: selected.refusal };
  if (!trusted.ok) return { ok: false, facts, refusal: trusted.refusal };
  return {
    ok: true,
    facts: {
      ...facts,
      values: selected.value.values,
      warnings: [...facts.warnings, ...selected.value.warnings, ...trusted.warnings],
    },
  };
}
