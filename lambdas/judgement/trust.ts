import type { Version } from '../domain/configuration/document';
import type { Rejection } from '../domain/values/rejection';
import { authenticate } from '../domain/trust/authentication';
import { acceptedCredentials, clickIdKeys, firstKeys, type Master } from '../domain/trust/keys';
import { isTokenName } from '../domain/trust/token-taking';
import { identifyClick } from './identify';
import { receive } from './receive';
import { withIntegration } from './step';
import type { JudgedFacts, Submission } from './submission';

/** The result of authentication. Where it failed, the whole request may be read, to report what is wrong with it. */
export interface Trusted {
  readonly facts: JudgedFacts;
  readonly rejection?: Rejection;
}

/** The third step: authenticates a request for an integration, once. Only the part that authentication covered is read afterwards. */
export function authenticateFor(
  before: JudgedFacts,
  version: Version<'integration'>,
  submission: Submission,
  master: Master,
): Trusted {
  const facts = withIntegration(before, version);
  const { request, authenticated } = submission;
  if (authenticated?.integration === version.id) {
    return { facts: { ...facts, trust: authenticated.trust, authenticated, covered: request } };
  }
  const credentials = acceptedCredentials(master, version.id, version.keys ?? firstKeys);
  const found = authenticate(request, version.document, credentials, 'postback', () =>
    readTokens(facts, submission, master),
  );
  if (!found.ok) return { facts: { ...facts, covered: request }, rejection: found.rejection };
  const { trust, covered, statement, signedAt, keyId, warnings } = found;
  return {
    facts: {
      ...facts,
      trust,
      covered,
      authenticated: {
        integration: version.id,
        version: version.version,
        trust,
        statement,
        ...(keyId !== undefined && { keyId }),
        ...(signedAt !== undefined && { signedAt }),
      },
      warnings: [...facts.warnings, ...warnings],
    },
  };
}

/**
 * The tokens that only reading finds: in a compressed body, between other separators, or encoded with the click ID. One counts among the
 * outermost names and beside the click ID; deeper down it belongs to something else.
 */
function readTokens(facts: JudgedFacts, { request, part }: Submission, master: Master): readonly string[] {
  const received = receive(facts, request, clickIdKeys(master), part);
  if (!received.ok) return [];
  const { parameters = [], clickIdValue } = identifyClick(received.facts, master).facts;
  const beside = clickIdValue?.parameter.slice(0, clickIdValue.parameter.lastIndexOf('.') + 1) ?? '';
  return parameters
    .filter(({ name }) => isTokenName(name) || (name.startsWith(beside) && isTokenName(name.slice(beside.length))))
    .map(({ value }) => value)
    .filter((value) => value !== '');
}

/**
 * Chooses among several integrations that may report about a click: the one that the sender proves to be, else the first that lets it pass.
 */
export function chooseTrusted([first, ...others]: readonly [Trusted, ...Trusted[]]): Trusted {
  const all = [first, ...others];
  return (
    all.find(({ facts }) => facts.trust === 'proven') ?? all.find(({ facts }) => facts.trust === 'let-pass') ?? first
  );
}
