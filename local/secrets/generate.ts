import { randomInt } from 'node:crypto';
import { type JsonObject, isObject, numberOr, parseJson, textOf } from '../json';

const lowercase = 'abcdefghijklmnopqrstuvwxyz';
const uppercase = lowercase.toUpperCase();
const numbers = '0123456789';
// https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetRandomPassword.html
const punctuation = '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~';

/** A secret's first value, as CloudFormation's `GenerateSecretString` describes it. */
export function generateSecretString(rules: JsonObject): string {
  const password = generatePassword(rules);
  const key = rules['GenerateStringKey'];
  if (typeof key !== 'string') return password;
  const template = parseJson(textOf(rules['SecretStringTemplate'] ?? '{}'));
  return JSON.stringify({ ...(isObject(template) ? template : {}), [key]: password });
}

function generatePassword(rules: JsonObject): string {
  const excluded = new Set(textOf(rules['ExcludeCharacters'] ?? ''));
  const kinds = [
    rules['ExcludeLowercase'] === true ? '' : lowercase,
    rules['ExcludeUppercase'] === true ? '' : uppercase,
    rules['ExcludeNumbers'] === true ? '' : numbers,
    rules['ExcludePunctuation'] === true ? '' : punctuation,
    rules['IncludeSpace'] === true ? ' ' : '',
  ]
    .map((characters) => Array.from(characters).filter((character) => !excluded.has(character)))
    .filter((characters) => characters.length > 0);
  const all = kinds.flat();
  const length = numberOr(rules['PasswordLength'], 32);
  const required = rules['RequireEachIncludedType'] === false ? [] : kinds.map(pick);
  const rest = Array.from({ length: Math.max(0, length - required.length) }, () => pick(all));
  return shuffle([...required, ...rest]).join('');
}

function pick(characters: readonly string[]): string {
  return characters[randomInt(characters.length)] ?? '';
}

function shuffle(characters: string[]): string[] {
  for (let index = characters.length - 1; index > 0; index -= 1) {
    const other = randomInt(index + 1);
    [characters[index], characters[other]] = [characters[other] ?? '', characters[index] ?? ''];
  }
  return characters;
}
