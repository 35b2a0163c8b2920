import type { FieldProblem } from '../configuration/reserved-names';
import { destinationProblem, type UrlRules } from './address-rules';
import { foreignTokenProblem, parseMacros } from './macro';
import { macrosOf, readBodyPattern, textsOf, type PatternText } from './pattern-texts';
import type { Postback, RequestPattern } from '../configuration/outbound-postback';
import { patternOf } from './render';
import { sourceTemplateIds, templateOf } from './sources';
import type { SourceTemplate } from './sources/template';
import type { DocumentOf, DocumentKind } from '../configuration/document';

/** Returns the problems that prevent writing a document, though a stored one is read with them. */
export function problemsOfWriting(document: DocumentOf[DocumentKind], rules: UrlRules = {}): readonly FieldProblem[] {
  if (!('postbacks' in document || 'postback' in document)) return [];
  const { postback, postbacks = [] } = document;
  const old =
    postback === undefined
      ? []
      : [{ path: 'postback', problem: 'is now a list: move it into "postbacks", with an "id" and "when"' }];
  return [...old, ...postbackProblems(postbacks, rules)];
}

/** Headers that belong to the connection, and not to the request that a person writes. */
const ownHeaders =
  /^(?:host|content-length|transfer-encoding|connection|keep-alive|te|trailer|upgrade|expect|proxy-.*|accept-encoding)$/i;

/**
 * Returns the problems of a source's postbacks beyond the shape of the document, by the path of the field. A document is checked when it is
 * written: a stored one stays readable.
 */
export function postbackProblems(postbacks: readonly Postback[], rules: UrlRules = {}): readonly FieldProblem[] {
  return postbacks.flatMap((postback, index) =>
    problemsOf(postback, rules, postbacks.slice(0, index)).map(({ path, problem }) => ({
      path: ['postbacks', index, ...path].join('.'),
      problem,
    })),
  );
}

interface Problem {
  readonly path: readonly string[];
  readonly problem: string;
}

function problemsOf(postback: Postback, rules: UrlRules, others: readonly Postback[]): readonly Problem[] {
  const repeated: readonly Problem[] = others.some(({ id }) => id === postback.id)
    ? [{ path: ['id'], problem: 'must not repeat the ID of another postback' }]
    : [];
  const template = templateOf(postback.template);
  if (postback.template !== undefined && template === undefined) {
    return [...repeated, { path: ['template'], problem: `must be one of ${sourceTemplateIds.join(', ')}` }];
  }
  const pattern = patternOf(postback, template);
  if (pattern === undefined) return [...repeated, { path: ['url'], problem: 'must be given, or a template' }];
  return [
    ...repeated,
    // The texts of a template need no check.
    ...textsOf(pattern)
      .filter(({ path }) => isOwn(postback, path))
      .flatMap(textProblems),
    ...destinationProblems(postback, pattern, rules),
    ...headerProblems(postback),
    ...bodyProblems(pattern),
    ...accountProblems(postback, template, pattern),
    ...currencyProblems(postback, template),
  ];
}

function isOwn(postback: Postback, [field, name]: readonly string[]): boolean {
  if (field === 'headers') return Object.hasOwn(postback.headers ?? {}, name ?? '');
  return (field === 'url' ? postback.url : postback.body) !== undefined;
}

function textProblems({ path, text, place }: PatternText): readonly Problem[] {
  const { segments, problems } = parseMacros(text);
  const literals = segments.filter((segment) => typeof segment === 'string');
  const foreign = literals.flatMap((literal) => partsOf(literal, place)).map(foreignTokenProblem);
  const numbers = segments.filter((segment) => typeof segment !== 'string' && segment.filters.includes('number'));
  const found = [
    ...problems,
    ...foreign.filter((problem) => problem !== undefined),
    ...(place === 'url' && foreign.every((problem) => problem === undefined) ? fragmentProblem(literals) : []),
    ...(numbers.length > 0 && (place !== 'json' || segments.length > 1)
      ? ['The filter number is for a macro that is a whole value of JSON.']
      : []),
  ];
  return [...new Set(found)].map((problem) => ({ path, problem }));
}

function fragmentProblem(literals: readonly string[]): readonly string[] {
  return literals.some((literal) => literal.includes('#')) ? ['What follows "#" is not sent. Write it as %23.'] : [];
}

/** Distinguishes tokens without braces from plain text: such a token is the whole of a value. */
function partsOf(literal: string, place: PatternText['place']): readonly string[] {
  if (place === 'json' || place === 'header') return [literal];
  return literal.replace(/^https?:\/\/[^/?]*/i, '').split(/[?&=/]/);
}

function destinationProblems(
  { url, template }: Postback,
  pattern: RequestPattern,
  rules: UrlRules,
): readonly Problem[] {
  const isSecret = macrosOf(pattern).some(({ name }) => name === 'secret');
  // Macros are blanks to a URL's host and port, and come after both.
  const problem = destinationProblem(pattern.url.replace(/\{[^{}]*\}/g, 'x'), { ...rules, isSecret });
  return problem === undefined
    ? []
    : [{ path: [url === undefined && template !== undefined ? 'template' : 'url'], problem }];
}

function headerProblems({ headers = {} }: Postback): readonly Problem[] {
  return Object.keys(headers).flatMap((name) => {
    const path = ['headers', name];
    if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name)) return [{ path, problem: 'is no name of a header' }];
    return ownHeaders.test(name) ? [{ path, problem: 'is set by the connection itself' }] : [];
  });
}

function bodyProblems({ method, body, headers = {} }: RequestPattern): readonly Problem[] {
  if (body === undefined) return [];
  if (method === 'GET') return [{ path: ['method'], problem: 'must be POST or PUT where there is a body' }];
  const type = Object.entries(headers).find(([name]) => name.toLowerCase() === 'content-type')?.[1];
  const read = readBodyPattern(body);
  const isJson = type === undefined ? undefined : /[/+]json\b/i.test(type);
  if (isJson === false && !/form-urlencoded/i.test(type ?? '')) {
    return [
      {
        path: ['headers'],
        problem: 'must name JSON or a form (application/x-www-form-urlencoded) as the content type',
      },
    ];
  }
  if ('form' in read) {
    const looksLikeJson = isJson === true || /^\s*[[{]\s*["{[\]}]/.test(read.form);
    return looksLikeJson ? [{ path: ['body'], problem: 'must be JSON: quote each macro that is a text' }] : [];
  }
  if (isJson === false) return [{ path: ['body'], problem: 'must be a form, as its content type says' }];
  return namesIn(read.json).some((name) => /[{}]/.test(name))
    ? [{ path: ['body'], problem: 'must not hold macros in the names of its members' }]
    : [];
}

function namesIn(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  const inner = Object.values(value).flatMap(namesIn);
  return Array.isArray(value) ? inner : [...Object.keys(value), ...inner];
}

function accountProblems(
  { account = {} }: Postback,
  template: SourceTemplate | undefined,
  pattern: RequestPattern,
): readonly Problem[] {
  const asked = macrosOf(pattern).filter(({ name }) => name === 'account');
  const missing = asked
    .filter(({ argument = '', isRequired }) => isRequired && !Object.hasOwn(account, argument))
    .map(({ argument = '' }) => argument);
  const unused = Object.keys(account).filter((name) => !asked.some(({ argument }) => argument === name));
  const names = [...new Set(asked.map(({ argument }) => argument))].join(', ');
  return [
    ...[...new Set(missing)].map((name) => {
      const where = template?.account?.[name];
      return { path: ['account', name], problem: `must be given${where === undefined ? '' : `. ${where}`}` };
    }),
    ...unused.map((name) => ({
      path: ['account', name],
      problem:
        names === '' ? 'is not used: the request has no {account:…}' : `is not used: the request asks for ${names}`,
    })),
  ];
}

function currencyProblems({ currency }: Postback, template: SourceTemplate | undefined): readonly Problem[] {
  if (currency === undefined || template === undefined || typeof template.currency === 'string') return [];
  return template.currency.includes(currency)
    ? []
    : [{ path: ['currency'], problem: `must be ${template.currency.join(' or ')}, which ${template.name} takes` }];
}
