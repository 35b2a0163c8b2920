import { environmentVariable } from '../contract';

type Name = keyof typeof environmentVariable;

/** Reads a variable that the template sets; the error names a missing one. */
export function requireEnvironment(name: Name): string {
  const value = process.env[environmentVariable[name]];
  if (value === undefined || value === '')
    throw new Error(`the environment variable ${environmentVariable[name]} is not set`);
  return value;
}

/** Reads a variable that may be empty. */
export function optionalEnvironment(name: Name): string | undefined {
  const value = process.env[environmentVariable[name]];
  return value === '' ? undefined : value;
}

/** Reads a count, 0 included. */
export function requireEnvironmentNumber(name: Name): number {
  const text = requireEnvironment(name);
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0) {
    throw new Error(`the environment variable ${environmentVariable[name]} must be a whole number, not "${text}"`);
  }
  return value;
}
