import type { Secrets } from './request';

/** Stands for a secret wherever people read. */
export const mask = '***';

/** A text without the secrets that a source may have sent back in it, however they are encoded. */
export function maskSecrets(text: string, secrets: Secrets): string {
  return Object.values(secrets)
    .filter((secret) => secret !== '')
    .sort((left, right) => right.length - left.length)
    .reduce((masked, secret) => masked.replace(anyFormOf(secret), mask), text);
}

/** Matches a secret of which each letter may be written in its own way, or all of it in Base64. */
function anyFormOf(secret: string): RegExp {
  const letters = Array.from(secret, (letter) => `(?:${formsOf(letter).join('|')})`).join('');
  const base64 = Buffer.from(secret).toString('base64').replace(/=+$/, '');
  return new RegExp(`${letters}|${Array.from(base64, base64Form).join('')}={0,2}`, 'g');
}

const names: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** The ways in which URLs, forms, JSON and HTML write a letter, as parts of a pattern: the longer ones first. */
function formsOf(letter: string): readonly string[] {
  const bytes = [...Buffer.from(letter)].map((byte) => `%${inAnyCase(byte.toString(16).padStart(2, '0'))}`);
  const units = Array.from({ length: letter.length }, (_, at) => inJson(letter.charCodeAt(at)));
  const short = JSON.stringify(letter).slice(1, -1);
  const name = names[letter];
  const number = letter.codePointAt(0) ?? 0;
  return [
    bytes.join(''),
    units.join(''),
    `&#(?:0*${number}|[xX]0*${inAnyCase(number.toString(16))});`,
    ...(name === undefined ? [] : [name]),
    ...(letter === '/' ? ['\\\\/'] : []),
    ...(short === letter ? [] : [literally(short)]),
    ...(letter === ' ' ? ['\\+'] : []),
    literally(letter),
  ];
}

const inJson = (unit: number): string => `\\\\u${inAnyCase(unit.toString(16).padStart(4, '0'))}`;

/** Base64 of URLs has two other letters. */
const base64Form = (letter: string): string => ({ '+': '[+-]', '/': '[/_]' })[letter] ?? letter;

const inAnyCase = (digits: string): string =>
  digits.replace(/[a-f]/g, (letter) => `[${letter}${letter.toUpperCase()}]`);

const literally = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`);
