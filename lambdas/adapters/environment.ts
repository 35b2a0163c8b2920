import { environmentVariable } from '../contract';

type Name = keyof typeof environmentVariable;

/** Reads a variable that the template sets; the error says which one it forgot. */
export function requireEnvironment(name: Name): string {
  const value = process.env[environmentVariable[name]];
  if (value === undefined || value === '')
    throw new Error(`the environment variable ${environmentVariable[name]} is not set`);
  return value;
}

/** A variable that may be empty. */
export function optionalEnvironment(name: Name): string | undefined {
  const value = process.env[environmentVariable[name]];
  return value === '' ? undefined : value;
}

/** The same as `requireEnvironment` for a count of something, 0 included. */
export function requireEnvironmentNumber(name: Name): number {
  const text = requireEnvironment(name);
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0) {
    throw new Error(`the environment variable ${environmentVariable[name]} must be a whole number, not "${text}"`);
  }
  return value;
}
